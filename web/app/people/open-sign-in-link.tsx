import { useState } from 'preact/hooks'
import { signIn } from '#shared/contract/access/sign-in.ts'
import type { SignInApp } from '#shared/domain/access/access-person.ts'
import { captureProblem, createBrowserClient } from '../browser-client.tsx'
import { Note } from '../components/note.tsx'
import { appText } from '../text/app-text.ts'
import { signInText as text } from '../text/people-text.ts'
import { type ApiProblem, describeProblem } from '../text/problem-text.ts'
import { describeDevice } from './describe-device.ts'
import { SignInForm } from './sign-in-form.tsx'

type Props = { title: string; app: SignInApp; token: string; onSignedIn: (app: SignInApp) => void }

/** Asks for a click before a sign-in link is used: mail scanners open links, but do not click buttons. */
export function OpenSignInLink({ title, app, token, onSignedIn }: Props) {
  const [isOpening, setOpening] = useState(false)
  const [fault, setFault] = useState<string>()
  const open = async () => {
    if (isOpening) return
    setOpening(true)
    const device = describeDevice(navigator.userAgent)
    const { body, problem } = await captureProblem(() =>
      createBrowserClient({ app })(signIn, { body: { token, ...(device && { device }) } }),
    )
    setOpening(false)
    if (body) onSignedIn(body.app)
    else setFault(describeLinkProblem(problem))
  }
  return (
    <main class="sign-in">
      <h1>{title}</h1>
      {fault === undefined ? (
        <div class="card">
          <p>{text.linkHelp}</p>
          <div class="actions">
            <button type="button" class="button" aria-disabled={isOpening} onClick={() => void open()}>
              {appText.signIn}
            </button>
          </div>
        </div>
      ) : (
        <>
          <Note kind="bad">{fault}</Note>
          <SignInForm app={app} />
        </>
      )}
    </main>
  )
}

function describeLinkProblem(problem: ApiProblem): string {
  if (problem.code === 'LINK_USED' || problem.code === 'INVALID_REQUEST') return text.linkUsed
  return problem.code === 'LINK_EXPIRED' ? text.linkExpired : describeProblem(problem)
}
