import { type LeadReturn, type ReturnReason, returnReasons } from '#shared/domain/aftercare/lead-return.ts'
import { Badge, formatMoney, Instant } from './format.tsx'
import { DetailList } from './timeline-entry.tsx'

/** Why a school wants credit, as admissions call it. */
export const returnReasonLabels: { readonly [reason in ReturnReason]: string } = {
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
export function ReturnSummary({ leadReturn }: { leadReturn: LeadReturn }) {
  const { reason, note, state, requestedAt, decidedAt, decidedBy, answer, creditCents } = leadReturn
  return (
    <>
      <p>
        <Badge text={state} /> <strong>{returnReasonLabels[reason]}</strong>: {returnReasons[reason]}
      </p>
      {note && <p>“{note}”</p>}
      <DetailList
        items={[
          ['Asked for', <Instant key="asked" at={requestedAt} />],
          [creditLabels[state], formatMoney(creditCents)],
          ['Decided', decidedAt && <Instant key="decided" at={decidedAt} />],
          ['Decided by', decidedBy?.name],
          ['Answer', answer && `“${answer}”`],
        ]}
      />
    </>
  )
}

const creditLabels = {
  requested: 'Credit, if accepted',
  accepted: 'Credit',
  refused: 'No credit of',
} as const
