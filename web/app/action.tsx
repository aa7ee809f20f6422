import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { captureProblem } from './browser-client.tsx'
import { Note, ProblemNote } from './components/note.tsx'
import { appText } from './text/app-text.ts'
import type { ApiProblem } from './text/problem-text.ts'

type Outcome = { problem?: ApiProblem | undefined }
type Props = {
  children: ComponentChildren
  run: () => Promise<Outcome>
  onDone?: (outcome: Outcome) => void
  successMessage?: string
  /** Shown in a dialog before the action runs. Without it the action runs at once. */
  confirmation?: { title: string; text: ComponentChildren; confirmLabel: string }
  kind?: 'second' | 'danger'
}

/** A button that runs an action once, however often it is pressed, and then shows the result. */
export function Action({ children, run, onDone, successMessage, confirmation, kind }: Props) {
  const [state, setState] = useState<'idle' | 'running' | 'done'>('idle')
  const [problem, setProblem] = useState<ApiProblem>()
  const dialog = useRef<HTMLDialogElement>(null)
  const act = async () => {
    if (state === 'running') return
    setState('running')
    const outcome = await captureProblem(run)
    setProblem(outcome.problem)
    setState(outcome.problem ? 'idle' : 'done')
    if (!outcome.problem) onDone?.(outcome)
  }
  return (
    <>
      <button
        type="button"
        class={`button ${kind ?? ''}`}
        // `disabled` would take the focus away from the button.
        aria-disabled={state === 'running'}
        onClick={() => (confirmation ? dialog.current?.showModal() : void act())}
      >
        {children}
      </button>
      {confirmation && (
        <dialog ref={dialog} aria-label={confirmation.title}>
          <form method="dialog" onSubmit={(event) => event.submitter?.getAttribute('value') === 'yes' && void act()}>
            <h2>{confirmation.title}</h2>
            <div>{confirmation.text}</div>
            <div class="actions">
              <button type="submit" value="yes" class={`button ${kind ?? ''}`}>
                {confirmation.confirmLabel}
              </button>
              <button type="submit" value="no" class="plain">
                {appText.cancel}
              </button>
            </div>
          </form>
        </dialog>
      )}
      {problem && <ProblemNote problem={problem} />}
      {state === 'done' && successMessage && <Note kind="good">{successMessage}</Note>}
    </>
  )
}
