import type { Tried } from '#shared/domain/attempt-outcome.ts'
import { leadCreated } from '#shared/domain/lead-created.ts'
import { leadEmail } from '#shared/outbound/lead-email.ts'
import type { Held } from '#shared/store/deliveries.ts'
import type { Needs } from './deliver-lead.ts'

/** Writes the same content as an e-mail. What the mail service says of a failure may quote addresses, so only its name is kept. */
export async function sendEmail({ body }: Held, { to }: { to: string }, { mail }: Needs): Promise<Tried> {
  const message = await leadEmail(leadCreated.parse(JSON.parse(body)), { to })
  try {
    const { messageId } = await mail(message)
    return { kind: 'email', stage: 'sent', messageId }
  } catch (error) {
    return { kind: 'email', stage: 'send', reason: error instanceof Error ? error.name : 'unknown' }
  }
}
