import { useState } from 'preact/hooks'
import { Note } from './components/note.tsx'

type Props = { title: string; open: () => Promise<void>; onUseKey: () => void }

/**
 * Asks whoever came by a link that works once to go on: a program that looks at all links of a mail, as many
 * mailboxes have one, does not press, and so does not use it up.
 */
export function OpenLink({ title, open, onUseKey }: Props) {
  const [state, setState] = useState<'asked' | 'opening' | { errorMessage: string }>('asked')
  const handlePress = () => {
    if (state === 'opening') return
    setState('opening')
    open().catch((error: Error) => setState({ errorMessage: error.message }))
  }
  return (
    <main class="sign-in">
      <h1>{title}</h1>
      <div class="card">
        {typeof state === 'object' ? (
          <Note kind="bad">
            <p>{state.errorMessage}</p>
          </Note>
        ) : (
          <p>This link signs you in. It works once: until then, keep it to yourself.</p>
        )}
        <div class="actions">
          {typeof state === 'string' && (
            <button type="button" class="button" aria-disabled={state === 'opening'} onClick={handlePress}>
              Sign in
            </button>
          )}
          <button type="button" class="plain" onClick={onUseKey}>
            Sign in with a key instead
          </button>
        </div>
      </div>
    </main>
  )
}
