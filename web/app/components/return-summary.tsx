import type { LeadReturn } from '#shared/domain/aftercare/lead-return.ts'
import { formatMoney } from '../format.ts'
import { appText, returnText } from '../text/app-text.ts'
import { returnReasonLabels } from '../text/lead-labels.ts'
import { Badge } from './badge.tsx'
import { Instant } from './instant.tsx'
import { DetailList } from './timeline.tsx'

/** A credit request: its reason, the amount and the decision. */
export function ReturnSummary({ leadReturn }: { leadReturn: LeadReturn }) {
  const { reason, note, evidenceUrl, byStaff, state, requestedAt, requestedBy } = leadReturn
  const { decidedAt, decidedBy, answer, creditCents } = leadReturn
  const { label, meaning } = returnReasonLabels[reason]
  return (
    <>
      <p>
        <Badge kind="return" status={state} /> <strong>{label}</strong>: {meaning}
      </p>
      {note && <p>{appText.quote(note)}</p>}
      {evidenceUrl && (
        <p>
          {returnText.evidence}{' '}
          <a href={evidenceUrl} rel="noopener noreferrer nofollow" target="_blank">
            {evidenceUrl}
          </a>
        </p>
      )}
      {byStaff && <p class="help">{returnText.byStaff}</p>}
      <DetailList
        items={[
          [returnText.requested, !byStaff && <Instant key="requested" at={requestedAt} />],
          [returnText.requestedBy, requestedBy?.name],
          [returnText.credit[state], formatMoney(creditCents)],
          [returnText.decided, decidedAt && <Instant key="decided" at={decidedAt} />],
          [returnText.decidedBy, decidedBy?.name],
          [returnText.response, answer && appText.quote(answer)],
        ]}
      />
    </>
  )
}
