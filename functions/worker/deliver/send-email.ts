import type { AttemptResult } from '#shared/domain/delivery/classify-attempt.ts'
import { buildErasureEmail } from '#shared/outbound/email/build-erasure-email.ts'
import { buildLeadEmail } from '#shared/outbound/email/build-lead-email.ts'
import type { LeasedDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { DeliverLeadDependencies } from './deliver-lead.ts'
import type { PreparedRequest } from './prepare-request.ts'

// What SES says of an address that it will not write to; anything else is between SES and us.
const schoolErrorNames = ['MessageRejected', 'BadRequestException']

/** Writes the same content as an e-mail. What the mail service says of a failure may quote addresses, so only its name is kept. */
export async function sendEmail(
  { deliveryId }: LeasedDelivery,
  { to }: { to: string },
  { event }: PreparedRequest,
  { mail }: DeliverLeadDependencies,
): Promise<AttemptResult> {
  const message =
    event.type === 'lead.created'
      ? await buildLeadEmail(event, { to })
      : await buildErasureEmail(event, { to, deliveryId })
  try {
    const { messageId } = await mail(message)
    return { kind: 'email', stage: 'sent', messageId }
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown'
    return { kind: 'email', stage: 'send', reason, ...(!schoolErrorNames.includes(reason) && { isOurFault: true }) }
  }
}
