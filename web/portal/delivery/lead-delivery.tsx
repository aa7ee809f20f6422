import { resendDelivery } from '#shared/contract/delivery/replays.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { canResend } from '../../app/can-resend.ts'
import { Attempts } from '../../app/components/attempts.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { DetailList } from '../../app/components/timeline.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import type { DeliveryLog } from '../capture/delivery-log.ts'
import { getEndpointAddress, type SchoolCampaign } from '../own-school.tsx'
import { deliveryText } from '../text/leads.ts'

type Props = { log: DeliveryLog; campaign: SchoolCampaign | undefined; canManage: boolean; reload: () => void }

/** The delivery of a lead with its attempts, and a button to resend it. */
export function LeadDelivery({ log, campaign, canManage, reload }: Props) {
  const { deliveryId, schoolName, state, dueAt, deliveredAt, attemptLog, replays, replayedAt } = log
  const { call } = useApi()
  return (
    <section class="card" aria-labelledby="delivery">
      <h2 id="delivery">{deliveryText.title}</h2>
      <p aria-live="polite">
        <Badge kind="delivery" status={state} /> {deliveryText.states[state]}
      </p>
      {state === 'parked' && campaign?.open && (
        <p>
          {deliveryText.checkSystem} <span class="id">{getEndpointAddress(campaign.endpoint)}</span>.{' '}
          {log.canTake && deliveryText.openAnyway}
        </p>
      )}
      <DetailList
        items={[
          [deliveryText.nextAttempt, dueAt && <Instant key="due" at={dueAt} />],
          [deliveryText.deliveredOn, deliveredAt && <Instant key="delivered" at={deliveredAt} />],
          [
            deliveryText.resent,
            replays > 0 && (
              <span key="resent">
                {deliveryText.resentTimes(replays)}, {deliveryText.lastRequested} <Instant at={replayedAt} />
              </span>
            ),
          ],
          [
            deliveryText.webhookId,
            <span key="id" class="id">
              {deliveryId}
            </span>,
          ],
        ]}
      />
      {canManage && canResend(state) && isResendable(log) && (
        <Allowed to={resendDelivery}>
          <Action
            kind="second"
            run={() => call(resendDelivery, { params: { deliveryId } })}
            onDone={reload}
            successMessage={deliveryText.resendRequested}
            confirmation={{
              title: deliveryText.resendTitle,
              text: deliveryText.resendHelp,
              confirmLabel: deliveryText.resendConfirm,
            }}
          >
            {deliveryText.resend}
          </Action>
        </Allowed>
      )}
      {attemptLog.length > 0 ? (
        <Attempts attempts={[...attemptLog].reverse()} schoolName={schoolName} system={deliveryText.yourSystem} />
      ) : (
        <p class="help">{deliveryText.noAttempts}</p>
      )}
    </section>
  )
}

/** After a withdrawal or a credit nothing is sent any more. */
function isResendable({ masked }: DeliveryLog): boolean {
  return masked === undefined || masked === 'not-taken' || masked === 'failed'
}
