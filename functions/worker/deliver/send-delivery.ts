import type { BindingFault } from '#shared/domain/delivery/binding.ts'
import type { AttemptResult } from '#shared/domain/delivery/classify-attempt.ts'
import { type EmailEndpoint, listRecipients } from '#shared/domain/delivery/email-endpoint.ts'
import { buildLeadEmail } from '#shared/outbound/email/build-lead-email.ts'
import { buildNoticeEmail } from '#shared/outbound/email/build-notice-email.ts'
import type { EmailMessage } from '#shared/outbound/email/mail.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { LeasedDelivery } from '#shared/store/delivery/delivery-row.ts'
import {
  type FindSuppressionDependencies,
  findSuppressionReason,
} from '#shared/workflows/delivery/find-suppression-reason.ts'
import type { DirectRoute } from '#shared/workflows/delivery/resolve-endpoint.ts'
import { toMailAttempt } from '#shared/workflows/delivery/to-mail-attempt.ts'
import type { DeliveryPayload } from './prepare-payload.ts'
import { type SendWebhookDependencies, sendWebhook } from './send-webhook.ts'

type SendEmailDependencies = Pick<Dependencies, 'mail' | 'publicUrl'>
export type SendDeliveryDependencies = FindSuppressionDependencies & SendEmailDependencies & SendWebhookDependencies

/** Sends a delivery to its endpoint. Nothing is sent if it is unbound, or if the visitor has withdrawn consent. */
export async function sendDelivery(
  lease: LeasedDelivery,
  route: DirectRoute,
  payload: DeliveryPayload,
  deps: SendDeliveryDependencies,
): Promise<AttemptResult> {
  const { endpoint, unbound } = route
  if (unbound) return { kind: 'webhook', stage: 'refused', reason: unboundReasons[unbound], isUnbound: true }
  if (!endpoint) return { kind: 'webhook', stage: 'refused', reason: missingEndpointReasons[payload.event.type] }
  const suppressedBy = await findSuppressionReason(lease, payload.event, deps)
  if (suppressedBy) return { kind: endpoint.kind, stage: 'refused', reason: suppressedBy, isStopped: true }
  return endpoint.kind === 'email'
    ? sendEmail(lease, endpoint, payload, deps)
    : sendWebhook(lease, { ...route, endpoint }, payload, deps)
}

const unboundReasons: { [Fault in BindingFault]: string } = {
  'school-removed': 'The school that the visitor agreed to has been removed.',
  'legal-name-changed': 'The school has another legal name now than the one that the visitor agreed to.',
  'campaign-removed': 'The campaign has been removed, and no other active campaign of the school sells this program.',
  'campaign-moved': 'The campaign belongs to another school now.',
}

const missingEndpointReasons = {
  'lead.created': 'The campaign has been removed.',
  'consent.withdrawn': 'The school has no webhook and no email address for notices: set its `privacyNoticeEmail`.',
  'lead.erased': 'The school has no webhook and no email address for notices: set its `privacyNoticeEmail`.',
}

async function sendEmail(
  { deliveryId }: LeasedDelivery,
  endpoint: EmailEndpoint,
  { event }: DeliveryPayload,
  { mail, publicUrl }: SendEmailDependencies,
): Promise<AttemptResult> {
  let message: EmailMessage
  try {
    message =
      event.type === 'lead.created'
        ? await buildLeadEmail(event, { ...endpoint, publicUrl })
        : await buildNoticeEmail(event, { to: endpoint.to, deliveryId })
  } catch (error) {
    // Errors of templates have no personal data.
    const reason = error instanceof Error ? error.message : 'unknown'
    return { kind: 'email', stage: 'refused', reason, isOurFault: true }
  }
  try {
    return toMailAttempt('email', listRecipients(endpoint), await mail(message))
  } catch (error) {
    // Only the name is stored, because the message of an error may quote addresses.
    return { kind: 'email', stage: 'send', reason: error instanceof Error ? error.name : 'unknown', isOurFault: true }
  }
}
