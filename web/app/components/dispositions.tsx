import '../story.css'
import {
  type Disposition,
  type DispositionWord,
  dispositions as meanings,
} from '#shared/domain/aftercare/disposition.ts'
import { Instant } from './words.tsx'

/** What became of a lead, as admissions call it. */
export const dispositionWords: { readonly [word in DispositionWord]: string } = {
  'attempted-contact': 'Attempted contact',
  contacted: 'Contacted',
  'not-interested': 'Not interested',
  'bad-contact': 'Bad contact',
  interviewed: 'Interviewed',
  applied: 'Applied',
  enrolled: 'Enrolled',
  started: 'Started',
}

/** What a school says became of the lead, as it went on. */
export function Dispositions({ of: told, school }: { of: readonly Disposition[]; school: string }) {
  if (told.length === 0) return null
  return (
    <>
      <h3>What the school says</h3>
      <DispositionList of={told} label={`What ${school} says`} />
    </>
  )
}

export function DispositionList({ of: told, label }: { of: readonly Disposition[]; label: string }) {
  return (
    <ol class="attempts" aria-label={label}>
      {told.map(({ dispositionId, disposition, at, note }) => (
        <li key={dispositionId}>
          <div class="head">
            <span>
              <strong>{dispositionWords[disposition]}</strong>: {meanings[disposition]}
            </span>
            <span class="help">
              <Instant at={at} />
            </span>
          </div>
          {note && <p>“{note}”</p>}
        </li>
      ))}
    </ol>
  )
}
