import { resendDelivery } from '#shared/contract/delivery/replays.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Attempts } from '../../app/components/attempts.tsx'
import { isReplayable } from '../../app/components/delivery-state-labels.ts'
import { Badge, Instant } from '../../app/components/format.tsx'
import { DetailList } from '../../app/components/timeline-entry.tsx'
import type { DeliveryLog } from '../capture/lead.tsx'
import { getEndpointAddress, type SchoolCampaign } from '../own-school.tsx'
import { deliveryLabels } from './delivery-labels.ts'

type Props = { log: DeliveryLog; campaign: SchoolCampaign | undefined; canResend: boolean; reload: () => void }

/** How the lead arrived, or did not yet, and a way to have it once more. */
export function LeadDelivery({ log, campaign, canResend, reload }: Props) {
  const { deliveryId, schoolName, state, dueAt, deliveredAt, attemptLog, replays, replayedAt } = log
  const { call } = useApi()
  return (
    <section class="card" aria-labelledby="delivery">
      <h2 id="delivery">Delivery</h2>
      <p aria-live="polite">
        <Badge text={state} /> {deliveryLabels[state].long}
      </p>
      {state === 'parked' && campaign?.open && (
        <p>
          You are open, so it is your system that does not take it. Have somebody look at{' '}
          <span class="id">{getEndpointAddress(campaign.endpoint)}</span>. You can call the person all the same.
        </p>
      )}
      <DetailList
        items={[
          ['Next attempt', dueAt && <Instant key="due" at={dueAt} />],
          ['First arrived', deliveredAt && <Instant key="taken" at={deliveredAt} />],
          [
            'Sent again',
            replays > 0 && (
              <span key="again">
                {replays === 1 ? 'once' : `${replays} times`}, last asked for <Instant at={replayedAt} />
              </span>
            ),
          ],
          [
            'webhook-id',
            <span key="id" class="id">
              {deliveryId}
            </span>,
          ],
        ]}
      />
      {canResend && isReplayable(state) && (
        <Action
          kind="second"
          run={() => call(resendDelivery, { params: { deliveryId } })}
          onDone={reload}
          successMessage="Asked for. What comes of it shows here."
          confirmation={{
            title: 'Send this lead once more?',
            text: 'Your system gets the same lead under the same webhook-id, so that it can tell it from a new one. It costs nothing.',
            confirmLabel: 'Send it again',
          }}
        >
          Send again …
        </Action>
      )}
      {attemptLog.length > 0 ? (
        <Attempts attempts={[...attemptLog].reverse()} schoolName={schoolName} />
      ) : (
        <p class="help">Nothing was tried yet.</p>
      )}
    </section>
  )
}
