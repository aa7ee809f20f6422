import { useEffect, useState } from 'preact/hooks'
import {
  completeProviderSignIn,
  readSignInOptions,
  startProviderSignIn,
} from '#shared/contract/access/provider-sign-in.ts'
import type { SignInApp } from '#shared/domain/access/access-person.ts'
import { captureProblem, createBrowserClient } from '../browser-client.tsx'
import { Loading, Note } from '../components/note.tsx'
import { signInText as text } from '../text/people-text.ts'
import { describeProblem } from '../text/problem-text.ts'
import { describeDevice } from './describe-device.ts'
import { SignInForm } from './sign-in-form.tsx'

/** A button that goes to the sign-in provider of staff, if there is one. */
export function ProviderButton() {
  const [name, setName] = useState<string>()
  const [fault, setFault] = useState<string>()
  const [isLeaving, setLeaving] = useState(false)
  useEffect(() => {
    void captureProblem(() => createBrowserClient()(readSignInOptions, {})).then(({ body }) =>
      setName(body?.provider?.name),
    )
  }, [])
  if (name === undefined) return null
  const leave = async () => {
    if (isLeaving) return
    setLeaving(true)
    const client = createBrowserClient({ app: 'console' })
    const { body, problem } = await captureProblem(() => client(startProviderSignIn, { body: {} }))
    if (body) return location.assign(body.url)
    setLeaving(false)
    setFault(describeProblem(problem))
  }
  return (
    <div class="card">
      {fault && <Note kind="bad">{fault}</Note>}
      <div class="actions">
        <button type="button" class="button" aria-disabled={isLeaving} onClick={() => void leave()}>
          {text.signInWith(name)}
        </button>
      </div>
    </div>
  )
}

/** Returns the query with which a sign-in provider sends the browser back, and removes it from the address. */
export function consumeProviderResponse({
  location,
  history,
}: Pick<Window, 'location' | 'history'>): string | undefined {
  const parameters = new URLSearchParams(location.search)
  if (!parameters.has('state') || !(parameters.has('code') || parameters.has('error'))) return undefined
  history.replaceState(null, '', `${location.pathname}#/`)
  return parameters.toString()
}

type Props = { title: string; parameters: string; onSignedIn: (app: SignInApp) => void }

/** Completes a sign-in after the provider has sent the browser back. */
export function OpenProviderResponse({ title, parameters, onSignedIn }: Props) {
  const [fault, setFault] = useState<string>()
  useEffect(() => {
    const device = describeDevice(navigator.userAgent)
    const client = createBrowserClient({ app: 'console' })
    const body = { parameters, ...(device && { device }) }
    void captureProblem(() => client(completeProviderSignIn, { body })).then(({ body: signedIn, problem }) => {
      if (signedIn) onSignedIn(signedIn.app)
      else setFault(describeProblem(problem))
    })
  }, [])
  return (
    <main class="sign-in">
      <h1>{title}</h1>
      {fault === undefined ? (
        <Loading />
      ) : (
        <>
          <Note kind="bad">{fault}</Note>
          <ProviderButton />
          <SignInForm app="console" />
        </>
      )}
    </main>
  )
}
