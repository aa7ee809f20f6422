import { Attempts } from '../../app/components/attempts.tsx'
import { isReplayable, stateDescriptions } from '../../app/components/delivery-state-labels.ts'
import { Dispositions } from '../../app/components/dispositions.tsx'
import { Badge, formatMoney, Instant } from '../../app/components/format.tsx'
import { ReturnSummary } from '../../app/components/return-summary.tsx'
import { DetailList, TimelineEntry } from '../../app/components/timeline-entry.tsx'
import { DecideReturn } from '../aftercare/decide-return.tsx'
import { ResendButton } from '../delivery/resend-button.tsx'
import type { Timeline } from './lead.tsx'

type Props = { delivery: Timeline['deliveries'][number]; reload: () => void }

/** How one school got the lead, or not yet. */
export function DeliveryEntry({ delivery, reload }: Props) {
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
          {schoolName} <Badge text={state} />
        </>
      }
      at={createdAt}
    >
      <p>{stateDescriptions[state]}</p>
      <DetailList
        items={[
          ['Next attempt', dueAt && <Instant key="due" at={dueAt} />],
          ['First taken', deliveredAt && <Instant key="taken" at={deliveredAt} />],
          [
            'Sent again',
            replays > 0 && (
              <span key="again">
                {replays} times, last asked for <Instant at={replayedAt} />
              </span>
            ),
          ],
          ['Price', formatMoney(delivery.priceCents)],
          ['Campaign', delivery.campaignId],
          ['Program', delivery.programId],
          [
            'webhook-id',
            <span key="id" class="id">
              {deliveryId}
            </span>,
          ],
        ]}
      />
      <Attempts attempts={attemptLog} schoolName={schoolName} />
      <Dispositions dispositions={dispositions} school={schoolName} />
      {delivery.return && (
        <>
          <h3>The school wants credit</h3>
          <ReturnSummary leadReturn={delivery.return} />
          {delivery.return.state === 'requested' && <DecideReturn leadReturn={delivery.return} onDone={reload} />}
        </>
      )}
      {isReplayable(state) && <ResendButton delivery={delivery} onDone={reload} />}
    </TimelineEntry>
  )
}
