import './story.css'
import { type Disposition, dispositions as words } from '#shared/domain/disposition.ts'
import { Instant } from './words.tsx'

/** What a school says became of the lead, as it went on. */
export function Dispositions({ of: told, school }: { of: readonly Disposition[]; school: string }) {
  if (told.length === 0) return null
  return (
    <>
      <h3>What the school says</h3>
      <ol class="attempts" aria-label={`What ${school} says`}>
        {told.map(({ dispositionId, disposition, at, note }) => (
          <li key={dispositionId}>
            <div class="head">
              <span>
                <strong>{disposition}</strong>: {words[disposition]}
              </span>
              <span class="help">
                <Instant at={at} />
              </span>
            </div>
            {note && <p>“{note}”</p>}
          </li>
        ))}
      </ol>
    </>
  )
}
