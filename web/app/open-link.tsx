import { useState } from 'preact/hooks'
import { Note } from './components/note.tsx'
import { appText } from './text/app-text.ts'

type Props = { title: string; open: () => Promise<void>; onUseKey: () => void }

/** Asks for a click before a single-use link is used: mail scanners open links, but do not click buttons. */
export function OpenLink({ title, open, onUseKey }: Props) {
  const [state, setState] = useState<'idle' | 'opening' | { errorMessage: string }>('idle')
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
          <p>{appText.signInLink}</p>
        )}
        <div class="actions">
          {typeof state === 'string' && (
            <button type="button" class="button" aria-disabled={state === 'opening'} onClick={handlePress}>
              {appText.signIn}
            </button>
          )}
          <button type="button" class="plain" onClick={onUseKey}>
            {appText.signInWithKey}
          </button>
        </div>
      </div>
    </main>
  )
}
