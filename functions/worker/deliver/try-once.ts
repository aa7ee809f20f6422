import type { Tried } from '#shared/domain/delivery/attempt-outcome.ts'
import type { SchoolEvent } from '#shared/domain/delivery/school-event.ts'
import type { Held } from '#shared/store/delivery/delivery-row.ts'
import type { Needs } from './deliver-lead.ts'
import type { Way } from './find-way.ts'
import type { Prepared } from './prepare-request.ts'
import { sendEmail } from './send-email.ts'
import { sendWebhook } from './send-webhook.ts'

/** Sends a lead where it may go. Nothing is sent for a visitor who has withdrawn consent. */
export async function tryOnce(held: Held, { endpoint }: Way, request: Prepared, needs: Needs): Promise<Tried> {
  if (!endpoint) return { kind: 'webhook', stage: 'refused', reason: nowhere[request.event.type] }
  if (await hasWithdrawn(request.event, needs))
    return { kind: endpoint.kind, stage: 'refused', reason: 'The visitor has withdrawn consent.', stopped: true }
  return endpoint.kind === 'email'
    ? sendEmail(held, endpoint, request, needs)
    : sendWebhook(held, endpoint, request, needs)
}

const nowhere = {
  'lead.created': 'The campaign has been removed.',
  'lead.erased': 'There is no webhook that could be told, and no mailbox: give the school `noticesTo`.',
}

async function hasWithdrawn(event: SchoolEvent, { digests, suppressions }: Needs): Promise<boolean> {
  if (event.type !== 'lead.created') return false
  const { email, phone } = digests.ofPerson(event.data.contact)
  return suppressions.hold([email, phone])
}
