import { useState } from 'preact/hooks'
import { captureProblem } from '../../browser-client.tsx'
import { Field } from '../../components/field.tsx'
import { secondFactorText as text } from '../../text/people-text.ts'
import { type ApiProblem, describeProblem } from '../../text/problem-text.ts'

type Props = {
  label: string
  help: string
  submitLabel: string
  /** Recovery codes have letters. */
  takesRecoveryCodes: boolean
  send: (code: string) => Promise<{ problem?: ApiProblem | undefined }>
}

/** Asks for a code of an authenticator app, and says why one is refused. */
export function CodeForm({ label, help, submitLabel, takesRecoveryCodes, send }: Props) {
  const [fault, setFault] = useState<string>()
  const [isSending, setSending] = useState(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.currentTarget
    if (isSending || !(form instanceof HTMLFormElement)) return
    const code = String(new FormData(form).get('code') ?? '').trim()
    if (code === '') return setFault(text.enterCode)
    setSending(true)
    const { problem } = await captureProblem(() => send(code))
    setSending(false)
    setFault(problem && describeProblem(problem))
    if (problem) form.querySelector('input')?.select()
  }
  return (
    <form class="card" onSubmit={(event) => void submit(event)} noValidate>
      <Field
        name="code"
        label={label}
        help={help}
        fault={fault}
        autocomplete="one-time-code"
        inputMode={takesRecoveryCodes ? 'text' : 'numeric'}
        autocapitalize="characters"
        spellcheck={false}
        maxLength={40}
      />
      <div class="actions">
        <button type="submit" class="button" aria-disabled={isSending}>
          {submitLabel}
        </button>
      </div>
    </form>
  )
}
