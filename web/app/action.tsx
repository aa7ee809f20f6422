import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Problem } from '#shared/contract/problems.ts'
import { outcomeOf } from './api.tsx'
import { Note } from './components/note.tsx'

type Outcome = { problem?: Pick<Problem, 'title' | 'detail'> | undefined }
type Props = {
  children: ComponentChildren
  run: () => Promise<Outcome>
  done?: (outcome: Outcome) => void
  /** Said when it is done. */
  said?: string
  /** Asked before; absent: done at once. */
  sure?: { title: string; text: ComponentChildren; yes: string }
  kind?: 'second' | 'danger'
}

/** A button that does something, once however often it is pressed, and says how that went. */
export function Action({ children, run, done, said, sure, kind }: Props) {
  const [state, setState] = useState<'idle' | 'running' | 'done'>('idle')
  const [problem, setProblem] = useState<Outcome['problem']>()
  const dialog = useRef<HTMLDialogElement>(null)
  const act = async () => {
    if (state === 'running') return
    setState('running')
    const outcome = await outcomeOf(run)
    setProblem(outcome.problem)
    setState(outcome.problem ? 'idle' : 'done')
    if (!outcome.problem) done?.(outcome)
  }
  return (
    <>
      <button
        type="button"
        class={`button ${kind ?? ''}`}
        // It keeps the focus, which `disabled` would take away.
        aria-disabled={state === 'running'}
        onClick={() => (sure ? dialog.current?.showModal() : void act())}
      >
        {children}
      </button>
      {sure && (
        <dialog ref={dialog} aria-label={sure.title}>
          <form method="dialog" onSubmit={(event) => event.submitter?.getAttribute('value') === 'yes' && void act()}>
            <h2>{sure.title}</h2>
            <div>{sure.text}</div>
            <div class="actions">
              <button type="submit" value="yes" class={`button ${kind ?? ''}`}>
                {sure.yes}
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
      {state === 'done' && said && <Note kind="good">{said}</Note>}
    </>
  )
}
