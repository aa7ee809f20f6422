import { useEffect, useRef } from 'preact/hooks'
import { type ApiProblem, describeProblem } from '../../app/text/problem-text.ts'
import { editorText } from '../text/records/record-text.ts'
import { useEditor } from './editor-context.ts'
import { formatPointer, idPointer } from './field-faults.ts'

type Props = { problem: ApiProblem | undefined; idLabel: string; reload: () => void }

/** Says why a record was not saved, with a link to each field that must be corrected. */
export function SaveFaults({ problem, idLabel, reload }: Props) {
  const { faults, texts } = useEditor()
  const summaryRef = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) summaryRef.current?.focus()
  }, [problem])
  if (!problem) return null
  return (
    <div class="summary" role="alert" tabIndex={-1} ref={summaryRef}>
      <h3>{editorText.notSaved}</h3>
      <p>{faults.length > 0 ? editorText.correctFields : describeProblem(problem)}</p>
      <ul>
        {faults.map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`}>
            <button type="button" class="plain" onClick={() => focusField(pointer)}>
              {pointer === idPointer ? idLabel : formatPointer(pointer, texts)}
            </button>{' '}
            {message}
          </li>
        ))}
      </ul>
      {problem.code === 'VERSION_CONFLICT' && (
        <button type="button" class="button second" onClick={reload}>
          {editorText.discard}
        </button>
      )}
    </div>
  )
}

/** Focuses the field, or the closest group around it. */
function focusField(pointer: string): void {
  const steps = pointer.split('/')
  for (let depth = steps.length; depth > 0; depth--) {
    const field = document.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(steps.slice(0, depth).join('/'))}"]`)
    if (!field) continue
    field.scrollIntoView({ block: 'center' })
    field.focus()
    return
  }
}
