import { useState } from 'preact/hooks'
import { requestSignIn } from '#shared/contract/access/sign-in.ts'
import type { SignInApp } from '#shared/domain/access/access-person.ts'
import { captureProblem, createBrowserClient } from '../browser-client.tsx'
import { Field } from '../components/field.tsx'
import { Note } from '../components/note.tsx'
import { signInText as text } from '../text/people-text.ts'
import { describeProblem } from '../text/problem-text.ts'

type Props = { app: SignInApp }

/** Asks for an email address and sends a link to it. What it shows does not depend on whether the address has access. */
export function SignInForm({ app }: Props) {
  const [sent, setSent] = useState<{ email: string; minutes: number }>()
  const [fault, setFault] = useState<string>()
  const [isSending, setSending] = useState(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (isSending || !(event.currentTarget instanceof HTMLFormElement)) return
    const email = String(new FormData(event.currentTarget).get('email') ?? '').trim()
    if (email === '') return setFault(text.enterEmail)
    setSending(true)
    const { body, problem } = await captureProblem(() =>
      createBrowserClient({ app })(requestSignIn, { body: { app, email } }),
    )
    setSending(false)
    setFault(problem && (problem.code === 'INVALID_REQUEST' ? text.invalidEmail : describeProblem(problem)))
    if (body) setSent({ email, minutes: body.validMinutes })
  }
  if (sent)
    return (
      <div class="card">
        <h2>{text.sentTitle}</h2>
        <Note kind="good">{text.sent(sent.email, sent.minutes)}</Note>
        <div class="actions">
          <button type="button" class="plain" onClick={() => setSent(undefined)}>
            {text.otherEmail}
          </button>
        </div>
      </div>
    )
  return (
    <form onSubmit={(event) => void submit(event)} noValidate class="card">
      <Field label={text.email} name="email" type="email" autocomplete="email" fault={fault} />
      <div class="actions">
        <button type="submit" class="button" aria-disabled={isSending}>
          {text.send}
        </button>
      </div>
    </form>
  )
}
