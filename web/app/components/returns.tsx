import { type LeadReturn, type ReturnReason, returnReasons } from '#shared/domain/aftercare/lead-return.ts'
import { Facts } from './moment.tsx'
import { Badge, Instant, money } from './words.tsx'

/** Why a school wants credit, as admissions call it. */
export const returnWords: { readonly [reason in ReturnReason]: string } = {
  'invalid-contact': 'Invalid contact',
  'wrong-person': 'Wrong person',
  duplicate: 'Duplicate',
  'outside-area': 'Outside our area',
  'not-eligible': 'Not eligible',
  'not-interested-in-education': 'Not interested in education',
  underage: 'Underage',
  'no-consent': 'No consent',
  fraud: 'Fraud',
}

/** A return as it stands: why, what it credits, and what was said to it. */
export function ReturnTold({ of: told }: { of: LeadReturn }) {
  const { reason, note, state, requestedAt, decidedAt, decidedBy, answer, creditCents } = told
  return (
    <>
      <p>
        <Badge word={state} /> <strong>{returnWords[reason]}</strong>: {returnReasons[reason]}
      </p>
      {note && <p>“{note}”</p>}
      <Facts
        of={[
          ['Asked for', <Instant key="asked" at={requestedAt} />],
          [credits[state], money(creditCents)],
          ['Decided', decidedAt && <Instant key="decided" at={decidedAt} />],
          ['Decided by', decidedBy?.name],
          ['Answer', answer && `“${answer}”`],
        ]}
      />
    </>
  )
}

const credits = {
  requested: 'Credit, if accepted',
  accepted: 'Credit',
  refused: 'No credit of',
} as const
