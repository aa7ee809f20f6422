import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Problem } from '#shared/contract/problems.ts'
import { captureProblem } from './browser-client.tsx'
import { Note } from './components/note.tsx'

type Outcome = { problem?: Pick<Problem, 'title' | 'detail'> | undefined }
type Props = {
  children: ComponentChildren
  run: () => Promise<Outcome>
  onDone?: (outcome: Outcome) => void
  /** Said when it is done. */
  successMessage?: string
  /** Asked before; absent: done at once. */
  confirmation?: { title: string; text: ComponentChildren; confirmLabel: string }
  kind?: 'second' | 'danger'
}

/** A button that does something, once however often it is pressed, and says how that went. */
export function Action({ children, run, onDone, successMessage, confirmation, kind }: Props) {
  const [state, setState] = useState<'idle' | 'running' | 'done'>('idle')
  const [problem, setProblem] = useState<Outcome['problem']>()
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
        // It keeps the focus, which `disabled` would take away.
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
                Cancel
              </button>
            </div>
          </form>
        </dialog>
      )}
      {problem && (
        <Note kind="bad">
          <strong>{problem.title}.</strong> {problem.detail}
        </Note>
      )}
      {state === 'done' && successMessage && <Note kind="good">{successMessage}</Note>}
    </>
  )
}
