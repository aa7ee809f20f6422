import { canResend } from '../../app/can-resend.ts'
import { Attempts } from '../../app/components/attempts.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { DispositionList } from '../../app/components/dispositions.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { ReturnSummary } from '../../app/components/return-summary.tsx'
import { DetailList, TimelineEntry } from '../../app/components/timeline.tsx'
import { formatMoney, formatNumber } from '../../app/format.ts'
import { DecideReturn } from '../aftercare/decide-return.tsx'
import { GrantCredit } from '../aftercare/grant-credit.tsx'
import { RecordOutcome } from '../aftercare/record-outcome.tsx'
import { formatName, type Names } from '../catalog/names.tsx'
import { ResendButton } from '../delivery/resend-button.tsx'
import { returnsText } from '../text/aftercare-text.ts'
import { deliveryEntryText } from '../text/capture-text.ts'
import { deliveryText } from '../text/delivery-text.ts'
import type { Timeline } from './timeline.ts'

type Props = { delivery: Timeline['deliveries'][number]; campaigns: Names; programs: Names; reload: () => void }

/** The delivery of the lead to one school. */
export function DeliveryEntry({ delivery, campaigns, programs, reload }: Props) {
  const {
    deliveryId,
    schoolName,
    createdAt,
    state,
    dueAt,
    deliveredAt,
    attemptLog,
    dispositions,
    replays,
    replayedAt,
  } = delivery
  return (
    <TimelineEntry
      title={
        <>
          {schoolName} <Badge kind="delivery" status={state} />
        </>
      }
      at={createdAt}
    >
      <p>{deliveryText.states[state]}</p>
      <DetailList
        items={[
          [deliveryEntryText.nextAttempt, dueAt && <Instant key="due" at={dueAt} />],
          [deliveryEntryText.delivered, deliveredAt && <Instant key="delivered" at={deliveredAt} />],
          [
            deliveryEntryText.resent,
            replays > 0 && (
              <span key="resent">
                {deliveryEntryText.resentTimes(formatNumber(replays))} <Instant at={replayedAt} />
              </span>
            ),
          ],
          [deliveryEntryText.price, formatMoney(delivery.priceCents)],
          [deliveryEntryText.campaign, formatName(campaigns, delivery.campaignId)],
          [deliveryEntryText.program, formatName(programs, delivery.programId)],
          [
            deliveryEntryText.webhookId,
            <span key="id" class="id">
              {deliveryId}
            </span>,
          ],
        ]}
      />
      <Attempts attempts={attemptLog} schoolName={schoolName} system={deliveryText.theSystem} />
      {dispositions.length > 0 && (
        <>
          <h3>{deliveryEntryText.statusHistory}</h3>
          <DispositionList dispositions={dispositions} label={deliveryEntryText.statusHistory} />
        </>
      )}
      {delivery.return && (
        <>
          <h3>{returnsText.heading}</h3>
          <ReturnSummary leadReturn={delivery.return} />
          {delivery.return.state === 'requested' && (
            <DecideReturn leadReturn={delivery.return} schoolName={delivery.schoolName} onDone={reload} />
          )}
        </>
      )}
      {deliveredAt !== undefined && delivery.returnedAt === undefined && !delivery.test && (
        <RecordOutcome deliveryId={deliveryId} onDone={reload} />
      )}
      {!delivery.return && deliveredAt !== undefined && !delivery.test && (
        <GrantCredit delivery={delivery} onDone={reload} />
      )}
      {canResend(state) && <ResendButton delivery={delivery} onDone={reload} />}
    </TimelineEntry>
  )
}
