import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { captureProblem } from './browser-client.tsx'
import { type Confirmation, ConfirmDialog } from './components/confirm-dialog.tsx'
import { Note, ProblemNote } from './components/note.tsx'
import type { ApiProblem } from './text/problem-text.ts'

type Outcome = { problem?: ApiProblem | undefined }
type Props = {
  children: ComponentChildren
  run: () => Promise<Outcome>
  onDone?: (outcome: Outcome) => void
  successMessage?: string
  /** Shown in a dialog before the action runs. Without it the action runs at once. */
  confirmation?: Confirmation
  kind?: 'second' | 'danger'
}

/** A button that runs an action once, however often it is pressed, and then shows the result. */
export function Action({ children, run, onDone, successMessage, confirmation, kind }: Props) {
  const [state, setState] = useState<'idle' | 'running' | 'done'>('idle')
  const [problem, setProblem] = useState<ApiProblem>()
  const [isAsking, setAsking] = useState(false)
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
        onClick={() => (confirmation ? setAsking(true) : void act())}
      >
        {children}
      </button>
      {confirmation && (
        <ConfirmDialog
          {...confirmation}
          isOpen={isAsking}
          kind={kind}
          onConfirm={() => void act()}
          onClose={() => setAsking(false)}
        />
      )}
      {problem && <ProblemNote problem={problem} />}
      {state === 'done' && successMessage && <Note kind="good">{successMessage}</Note>}
    </>
  )
}
