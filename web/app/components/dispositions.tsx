import '../story.css'
import {
  type Disposition,
  type DispositionWord,
  dispositions as meanings,
} from '#shared/domain/aftercare/disposition.ts'
import { Instant } from './format.tsx'

/** What became of a lead, as admissions call it. */
export const dispositionLabels: { readonly [word in DispositionWord]: string } = {
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
export function Dispositions({ dispositions, school }: { dispositions: readonly Disposition[]; school: string }) {
  if (dispositions.length === 0) return null
  return (
    <>
      <h3>What the school says</h3>
      <DispositionList dispositions={dispositions} label={`What ${school} says`} />
    </>
  )
}

export function DispositionList({ dispositions, label }: { dispositions: readonly Disposition[]; label: string }) {
  return (
    <ol class="attempts" aria-label={label}>
      {dispositions.map(({ dispositionId, disposition, at, note }) => (
        <li key={dispositionId}>
          <div class="head">
            <span>
              <strong>{dispositionLabels[disposition]}</strong>: {meanings[disposition]}
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
