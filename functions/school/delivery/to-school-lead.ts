import type * as z from 'zod'
import type { schoolLead } from '#shared/contract/delivery/school-leads.ts'
import { findUntakenReason } from '#shared/domain/capture/lead-access.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { findContactWindow } from '#shared/domain/routing/calling/contact-window.ts'
import type { ErasedDelivery, StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import { listCertificates } from '#shared/workflows/capture/list-certificates.ts'
import type { DeliveryAccess } from '#shared/workflows/capture/read-access.ts'
import { type ReadAsSchoolDependencies, readAsSchool, type SchoolPrincipal } from './read-as-school.ts'

type SchoolLead = z.input<typeof schoolLead>
type AnyDelivery = StoredDelivery | ErasedDelivery

/** A lead as its school may read it with this key. */
export async function toSchoolLead(
  storedDelivery: AnyDelivery,
  principal: SchoolPrincipal,
  deps: ReadAsSchoolDependencies,
): Promise<SchoolLead> {
  const { delivery, ...deliveryAccess } = await readAsSchool(storedDelivery, principal, deps)
  const { deliveryId, leadId, campaignId, state, createdAt, disposition } = delivery
  const accessFields = await toAccessFields(delivery, deliveryAccess, deps)
  return {
    deliveryId,
    leadId,
    campaignId,
    state,
    createdAt,
    ...(disposition && { disposition }),
    ...accessFields,
  }
}

/** The fields that say what a school may read of a lead, and what it may do to read more. */
export async function toAccessFields(
  delivery: AnyDelivery,
  { access, event }: DeliveryAccess,
  deps: Pick<ReadAsSchoolDependencies, 'certificates' | 'now'>,
) {
  const { priceCents, leadId } = delivery
  const now = deps.now().toISOString()
  const taken = findUntakenReason(delivery, now) === undefined && delivery.state !== 'erased'
  const contactWindow = event && findContactWindow(event.data.contact, now)
  if (access.view === 'full') {
    const certificates = event && (await listCertificates(leadId, event.data.consent, deps))
    const content = { ...(contactWindow && { contactWindow }), ...(event && { event, certificates }) }
    return { taken, canTake: false, priceCents, ...content }
  }
  if (access.view === 'none') return { taken: delivery.deliveredAt !== undefined, canTake: false, priceCents }
  const { reason, canTake } = access
  return { taken, canTake, priceCents, masked: reason, ...(event && { summary: summarize(event, canTake) }) }
}

/** Who asks for what in which state; more of it only if the school can still open the lead. */
function summarize({ data }: LeadCreated, canTake: boolean): NonNullable<SchoolLead['summary']> {
  const { program, contact, education, startWindow, test } = data
  const offer = canTake ? { education, ...(startWindow !== undefined && { startWindow }) } : {}
  return { program, state: contact.state, test, ...offer }
}
