import { findSuppressedSchools } from '../../domain/aftercare/suppression.ts'
import type { Lead } from '../../domain/capture/lead.ts'
import { decideLeadAccess, type LeadAccess, type LeadReader } from '../../domain/capture/lead-access.ts'
import { toOwnerName } from '../../domain/catalog/generation.ts'
import { toConsentUse } from '../../domain/delivery/binding.ts'
import type { LeadCreated } from '../../domain/delivery/lead-created.ts'
import { parseSchoolEvent } from '../../domain/delivery/school-event.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { ErasedDelivery, StoredDelivery } from '../../store/delivery/delivery-row.ts'

export type ReadAccessDependencies = Pick<Dependencies, 'suppressions' | 'digests' | 'now'>

/** What the reader may see of a delivered lead. `event` is what was sent, whatever the reader may see of it. */
export type DeliveryAccess = { access: LeadAccess; event?: LeadCreated }

/**
 * Decides what a reader may see of the lead of a delivery. Suppressions are read only if they can change that, or, for
 * `withNotes`, what the reader may see of its notes.
 */
export async function readDeliveryAccess(
  reader: LeadReader,
  delivery: StoredDelivery | ErasedDelivery,
  deps: ReadAccessDependencies,
  { withNotes = false } = {},
): Promise<DeliveryAccess> {
  const now = deps.now().toISOString()
  const event = delivery.state === 'erased' ? undefined : parseSchoolEvent(delivery.body)
  // The notice of an erasure names a lead that is erased.
  if (event?.type !== 'lead.created') return { access: { view: 'none', reason: 'erased' } }
  const standing = { isErased: false, withdrawnAt: delivery.withdrawnAt, delivery }
  const access = decideLeadAccess(reader, { ...standing, isSuppressed: false }, now)
  if (access.view === 'masked' && !access.canTake && !withNotes) return { access, event }
  const isSuppressed = await deps.suppressions.isSuppressed(
    deps.digests.listStoredDigests(event.data.contact),
    toConsentUse(delivery, event),
  )
  return { access: decideLeadAccess(reader, { ...standing, isSuppressed }, now), event }
}

/** Decides what a reader without a delivery of its own, such as staff, may see of a lead that is not erased. */
export async function readLeadAccess(
  reader: LeadReader,
  {
    contact,
    withdrawnAt,
    sourceId,
    sourceGeneration,
    consentGivenAt,
    receivedAt,
  }: Pick<Lead, 'contact' | 'withdrawnAt' | 'sourceId' | 'sourceGeneration' | 'consentGivenAt' | 'receivedAt'>,
  { suppressions, digests, now }: ReadAccessDependencies,
): Promise<LeadAccess> {
  const active = withdrawnAt === undefined ? await suppressions.listActive(digests.listStoredDigests(contact)) : []
  const sourceOwner = toOwnerName({ id: sourceId, generation: sourceGeneration })
  const isSuppressed = findSuppressedSchools(active, {
    sourceOwner,
    grantedAt: consentGivenAt ?? receivedAt,
  }).everywhere
  return decideLeadAccess(reader, { isErased: false, withdrawnAt, isSuppressed }, now().toISOString())
}
