import type { Tried } from '#shared/domain/attempt-outcome.ts'
import { leadCreated } from '#shared/domain/lead-created.ts'
import { leadEmail } from '#shared/outbound/lead-email.ts'
import type { Held } from '#shared/store/deliveries.ts'
import type { Needs } from './deliver-lead.ts'

// What SES says of an address that it will not write to; anything else is between SES and us.
const theSchools = ['MessageRejected', 'BadRequestException']

/** Writes the same content as an e-mail. What the mail service says of a failure may quote addresses, so only its name is kept. */
export async function sendEmail({ body }: Held, { to }: { to: string }, { mail }: Needs): Promise<Tried> {
  const message = await leadEmail(leadCreated.parse(JSON.parse(body)), { to })
  try {
    const { messageId } = await mail(message)
    return { kind: 'email', stage: 'sent', messageId }
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown'
    return { kind: 'email', stage: 'send', reason, ...(!theSchools.includes(reason) && { ours: true }) }
  }
}
