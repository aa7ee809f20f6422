import { proveSecondFactor } from '#shared/contract/access/second-factor.ts'
import type { BrowserClient } from '../../browser-client.tsx'
import { secondFactorText as text } from '../../text/people-text.ts'
import { CodeForm } from './code-form.tsx'

type Props = { title: string; call: BrowserClient; onDone: () => void; onCancel: () => void }

/** The second step of a sign-in. */
export function EnterCode({ title, call, onDone, onCancel }: Props) {
  return (
    <main class="sign-in">
      <h1>{title}</h1>
      <CodeForm
        label={text.code}
        help={text.codeHelp}
        submitLabel={text.continue}
        takesRecoveryCodes
        send={async (code) => {
          const outcome = await call(proveSecondFactor, { body: { code } })
          if (!outcome.problem) onDone()
          return outcome
        }}
      />
      <div class="actions">
        <button type="button" class="plain" onClick={onCancel}>
          {text.otherPerson}
        </button>
      </div>
    </main>
  )
}
