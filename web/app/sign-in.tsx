import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Field } from './components/field.tsx'
import { appText } from './text/app-text.ts'

type Props = {
  title: string
  label: string
  help: string
  fault: string | undefined
  /** What happened to the session before. */
  message: ComponentChildren
  onSignIn: (key: string) => void
}

/** Asks for the key. The first call of the app shows whether the key is valid. */
export function SignIn({ title, label, help, fault, message, onSignIn }: Props) {
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
      <form onSubmit={submit} noValidate class="card">
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
