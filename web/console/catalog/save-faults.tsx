import { useEffect, useRef } from 'preact/hooks'
import { labelOf } from './record-words.ts'
import type { Editing } from './use-record.ts'

/** Why a record was not saved, with a way to each field that is wrong. */
export function SaveFaults({ problem, reload }: { problem: Editing['problem']; reload: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) place.current?.focus()
  }, [problem])
  if (!problem) return null
  const { title, detail, errors = [], code } = problem
  return (
    <div class="summary" role="alert" tabIndex={-1} ref={place}>
      <h3>Nothing was saved: {title}</h3>
      {errors.length === 0 && <p>{detail}</p>}
      <ul>
        {errors.map(({ pointer, detail: what }) => (
          <li key={`${pointer} ${what}`}>
            <button type="button" class="plain" onClick={() => focusAt(pointer)}>
              {placeWords(pointer)}
            </button>{' '}
            {what}
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
function focusAt(pointer: string): void {
  const steps = pointer.split('/')
  for (let kept = steps.length; kept > 0; kept--) {
    const found = document.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(steps.slice(0, kept).join('/'))}"]`)
    if (!found) continue
    found.scrollIntoView({ block: 'center' })
    found.focus()
    return
  }
}

/** `/caps/1/limit`: Caps 2, limit. */
function placeWords(pointer: string): string {
  const words = pointer
    .split('/')
    .filter((step) => step !== '')
    .map((step) => step.replace(/^\{(.+)\}$/, '$1'))
    .map((step) => (/^\d+$/.test(step) ? String(Number(step) + 1) : labelOf(step)))
  return words.join(', ') || 'The record'
}
