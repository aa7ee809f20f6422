import { resendDelivery } from '#shared/contract/delivery/replays.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/api.tsx'
import { Attempts } from '../../app/components/attempts.tsx'
import { isReplayable } from '../../app/components/delivery-words.ts'
import { Facts } from '../../app/components/moment.tsx'
import { Badge, Instant } from '../../app/components/words.tsx'
import type { Log } from '../capture/lead.tsx'
import { placeOf, type SchoolCampaign } from '../own-school.tsx'
import { deliveryWords } from './delivery-words.ts'

type Props = { log: Log; campaign: SchoolCampaign | undefined; mayResend: boolean; again: () => void }

/** How the lead arrived, or did not yet, and a way to have it once more. */
export function LeadDelivery({ log, campaign, mayResend, again }: Props) {
  const { deliveryId, schoolName, state, dueAt, deliveredAt, attemptLog, replays, replayedAt } = log
  const { call } = useApi()
  return (
    <section class="card" aria-labelledby="delivery">
      <h2 id="delivery">Delivery</h2>
      <p aria-live="polite">
        <Badge word={state} /> {deliveryWords[state].long}
      </p>
      {state === 'parked' && campaign?.open && (
        <p>
          You are open, so it is your system that does not take it. Have somebody look at{' '}
          <span class="id">{placeOf(campaign.endpoint)}</span>. You can call the person all the same.
        </p>
      )}
      <Facts
        of={[
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
      {mayResend && isReplayable(state) && (
        <Action
          kind="second"
          run={() => call(resendDelivery, { params: { deliveryId } })}
          done={again}
          said="Asked for. What comes of it shows here."
          sure={{
            title: 'Send this lead once more?',
            text: 'Your system gets the same lead under the same webhook-id, so that it can tell it from a new one. It costs nothing.',
            yes: 'Send it again',
          }}
        >
          Send again …
        </Action>
      )}
      {attemptLog.length > 0 ? (
        <Attempts of={[...attemptLog].reverse()} at={schoolName} />
      ) : (
        <p class="help">Nothing was tried yet.</p>
      )}
    </section>
  )
}
