import type { Tried } from '#shared/domain/delivery/attempt-outcome.ts'
import { erasureEmail } from '#shared/outbound/email/erasure-email.ts'
import { leadEmail } from '#shared/outbound/email/lead-email.ts'
import type { Held } from '#shared/store/delivery/delivery-row.ts'
import type { Needs } from './deliver-lead.ts'
import type { Prepared } from './prepare-request.ts'

// What SES says of an address that it will not write to; anything else is between SES and us.
const theSchools = ['MessageRejected', 'BadRequestException']

/** Writes the same content as an e-mail. What the mail service says of a failure may quote addresses, so only its name is kept. */
export async function sendEmail(
  { deliveryId }: Held,
  { to }: { to: string },
  { event }: Prepared,
  { mail }: Needs,
): Promise<Tried> {
  const message =
    event.type === 'lead.created' ? await leadEmail(event, { to }) : await erasureEmail(event, { to, deliveryId })
  try {
    const { messageId } = await mail(message)
    return { kind: 'email', stage: 'sent', messageId }
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown'
    return { kind: 'email', stage: 'send', reason, ...(!theSchools.includes(reason) && { ours: true }) }
  }
}
