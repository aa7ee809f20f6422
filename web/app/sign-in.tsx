import { useState } from 'preact/hooks'
import { Field } from './components/field.tsx'

type Props = { title: string; label: string; help: string; fault: string | undefined; onSignIn: (key: string) => void }

/** Asks for the key. Nothing is sent: the first call shows whether it is good. */
export function SignIn({ title, label, help, fault, onSignIn }: Props) {
  const [missing, setMissing] = useState<string>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const key = new FormData(event.currentTarget).get('key')
    if (typeof key === 'string' && key.trim() !== '') onSignIn(key.trim())
    else setMissing('Paste the key.')
  }
  return (
    <main class="sign-in">
      <h1>{title}</h1>
      <form onSubmit={submit} noValidate class="card">
        <Field label={label} name="key" type="password" autocomplete="off" help={help} fault={missing ?? fault} />
        <div class="actions">
          <button type="submit" class="button">
            Sign in
          </button>
        </div>
      </form>
    </main>
  )
}
