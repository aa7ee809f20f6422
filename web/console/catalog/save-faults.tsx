import { useEffect, useRef } from 'preact/hooks'
import { getFieldLabel } from './record-labels.ts'
import type { RecordEditorState } from './use-record.ts'

/** Why a record was not saved, with a way to each field that is wrong. */
export function SaveFaults({ problem, reload }: { problem: RecordEditorState['problem']; reload: () => void }) {
  const summaryRef = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) summaryRef.current?.focus()
  }, [problem])
  if (!problem) return null
  const { title, detail, errors = [], code } = problem
  return (
    <div class="summary" role="alert" tabIndex={-1} ref={summaryRef}>
      <h3>Nothing was saved: {title}</h3>
      {errors.length === 0 && <p>{detail}</p>}
      <ul>
        {errors.map(({ pointer, detail: message }) => (
          <li key={`${pointer} ${message}`}>
            <button type="button" class="plain" onClick={() => focusField(pointer)}>
              {formatPointer(pointer)}
            </button>{' '}
            {message}
          </li>
        ))}
      </ul>
      {code === 'VERSION_CONFLICT' && (
        <button type="button" class="button second" onClick={reload}>
          Drop my changes and show what stands now
        </button>
      )}
    </div>
  )
}

/** The field at that place, or the nearest around it. */
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

/** `/caps/1/limit`: Caps 2, limit. */
function formatPointer(pointer: string): string {
  const words = pointer
    .split('/')
    .filter((step) => step !== '')
    .map((step) => step.replace(/^\{(.+)\}$/, '$1'))
    .map((step) => (/^\d+$/.test(step) ? String(Number(step) + 1) : getFieldLabel(step)))
  return words.join(', ') || 'The record'
}
