import { Attempts } from '../../app/components/attempts.tsx'
import { isReplayable, stateWords } from '../../app/components/delivery-words.ts'
import { Dispositions } from '../../app/components/dispositions.tsx'
import { Facts, Moment } from '../../app/components/moment.tsx'
import { ReturnTold } from '../../app/components/returns.tsx'
import { Badge, Instant, money } from '../../app/components/words.tsx'
import { DecideReturn } from '../aftercare/decide-return.tsx'
import { SendAgain } from '../delivery/send-again.tsx'
import type { Story } from './lead.tsx'

type Props = { delivery: Story['deliveries'][number]; again: () => void }

/** How one school got the lead, or not yet. */
export function Delivered({ delivery, again }: Props) {
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
    <Moment
      title={
        <>
          {schoolName} <Badge word={state} />
        </>
      }
      at={createdAt}
    >
      <p>{stateWords[state]}</p>
      <Facts
        of={[
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
          ['Price', money(delivery.priceCents)],
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
      <Attempts of={attemptLog} at={schoolName} />
      <Dispositions of={dispositions} school={schoolName} />
      {delivery.return && (
        <>
          <h3>The school wants credit</h3>
          <ReturnTold of={delivery.return} />
          {delivery.return.state === 'requested' && <DecideReturn of={delivery.return} done={again} />}
        </>
      )}
      {isReplayable(state) && <SendAgain delivery={delivery} done={again} />}
    </Moment>
  )
}
