import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Field } from './components/field.tsx'
import { appText } from './text/app-text.ts'
import { signInText } from './text/people-text.ts'

type Props = {
  title: string
  label: string
  help: string
  fault: string | undefined
  /** What happened to the session before. */
  message: ComponentChildren
  /** Other ways to sign in, above the key. */
  children: ComponentChildren
  onSignIn: (key: string) => void
}

/** Asks for the key. The first call of the app shows whether the key is valid. */
export function SignIn({ title, label, help, fault, message, children, onSignIn }: Props) {
  const [missing, setMissing] = useState<string>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const key = new FormData(event.currentTarget).get('key')
    if (typeof key === 'string' && key.trim() !== '') onSignIn(key.trim())
    else setMissing(appText.enterKey)
  }
  return (
    <main class="sign-in">
      <h1>{title}</h1>
      {message}
      {children}
      <form onSubmit={submit} noValidate class="card">
        <h2>{signInText.keyTitle}</h2>
        <Field label={label} name="key" type="password" autocomplete="off" help={help} fault={missing ?? fault} />
        <div class="actions">
          <button type="submit" class="button">
            {appText.signIn}
          </button>
        </div>
      </form>
    </main>
  )
}
