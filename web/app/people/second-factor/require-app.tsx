import type { BrowserClient } from '../../browser-client.tsx'
import { secondFactorText as text } from '../../text/people-text.ts'
import { SetUpApp } from './set-up-app.tsx'

type Props = { title: string; call: BrowserClient; onDone: () => void; onCancel: () => void }

/** The page of a person whose role needs an authenticator app, before there is one. */
export function RequireApp({ title, call, onDone, onCancel }: Props) {
  return (
    <main class="sign-in">
      <h1>{title}</h1>
      <p>{text.required}</p>
      <SetUpApp call={call} isReplacement={false} onDone={onDone} />
      <div class="actions">
        <button type="button" class="plain" onClick={onCancel}>
          {text.otherPerson}
        </button>
      </div>
    </main>
  )
}
