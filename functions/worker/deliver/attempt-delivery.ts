import type { AttemptResult } from '#shared/domain/delivery/classify-attempt.ts'
import type { SchoolEvent } from '#shared/domain/delivery/school-event.ts'
import type { LeasedDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { DeliverLeadDependencies } from './deliver-lead.ts'
import type { PreparedRequest } from './prepare-request.ts'
import type { DeliveryRoute } from './resolve-endpoint.ts'
import { sendEmail } from './send-email.ts'
import { sendWebhook } from './send-webhook.ts'

/** Sends a lead where it may go. Nothing is sent for a visitor who has withdrawn consent. */
export async function attemptDelivery(
  lease: LeasedDelivery,
  { endpoint }: DeliveryRoute,
  prepared: PreparedRequest,
  deps: DeliverLeadDependencies,
): Promise<AttemptResult> {
  if (!endpoint) return { kind: 'webhook', stage: 'refused', reason: missingEndpointReasons[prepared.event.type] }
  if (await hasWithdrawnConsent(prepared.event, deps))
    return { kind: endpoint.kind, stage: 'refused', reason: 'The visitor has withdrawn consent.', isStopped: true }
  return endpoint.kind === 'email'
    ? sendEmail(lease, endpoint, prepared, deps)
    : sendWebhook(lease, endpoint, prepared, deps)
}

const missingEndpointReasons = {
  'lead.created': 'The campaign has been removed.',
  'lead.erased': 'There is no webhook that could be told, and no mailbox: give the school `privacyNoticeEmail`.',
}

async function hasWithdrawnConsent(
  event: SchoolEvent,
  { digests, suppressions }: DeliverLeadDependencies,
): Promise<boolean> {
  if (event.type !== 'lead.created') return false
  const { email, phone } = digests.hashPerson(event.data.contact)
  return suppressions.hasAny([email, phone])
}
