import { sealConsentProof } from '../../domain/aftercare/consent-proof-seal.ts'
import type { LeadErased } from '../../domain/aftercare/lead-erased.ts'
import { type Generation, toOwnerName } from '../../domain/catalog/generation.ts'
import { type Delivery, mayHaveLead } from '../../domain/delivery/delivery.ts'
import { createNotice } from '../../domain/delivery/notice.ts'
import { toSourceScope } from '../../domain/routing/duplicates.ts'
import type { DeliveryPointer } from '../../outbound/queue.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredDelivery } from '../../store/delivery/delivery-row.ts'
import { retryOnConflict } from '../../store/retry-on-conflict.ts'

export type ErasePersonDataDependencies = Pick<
  Dependencies,
  'erasures' | 'personErasure' | 'leads' | 'deliveries' | 'digests' | 'proofSealer' | 'newId' | 'now' | 'log'
>
type PromisedSchool = { schoolId: string; schoolGeneration?: Generation }
/** `every-school`: also those to which nothing was sent as far as this data tells, because it is older than what was sent. */
type ErasureRun = { erasureId: string; deadline: string; notify?: 'schools' | 'every-school' }
/** `notify`: whether the schools that have the lead, or may have it, get a notice. */
type LeadErasure = { erasureId: string; notify: 'schools' | 'every-school' | 'no-school' }
type ErasureProgress = { state: 'done' | 'unfinished'; notices: DeliveryPointer[] }

const leadsPerQuery = 25

/**
 * Erases one lead of the person after another until none is found or the deadline has passed; the next call continues.
 * Returns the notices to schools, which are deliveries that are due.
 */
export async function erasePersonData(
  { erasureId, deadline, notify = 'schools' }: ErasureRun,
  deps: ErasePersonDataDependencies,
): Promise<ErasureProgress> {
  const notices: DeliveryPointer[] = []
  const erasure = await deps.erasures.find(erasureId)
  const erasedLeadIds = new Set<string>()
  for (;;) {
    const leadIds = erasure ? await deps.personErasure.findLeads(erasure.people, leadsPerQuery) : []
    if (leadIds.length === 0) break
    for (const leadId of leadIds) {
      if (erasedLeadIds.has(leadId)) throw new Error(`${leadId} is erased but is still found by its person.`)
      if (deps.now().toISOString() >= deadline) return finish('unfinished')
      notices.push(...(await eraseLead(leadId, { erasureId, notify }, deps)))
      erasedLeadIds.add(leadId)
    }
  }
  // A person may have a suppression and no lead.
  if (erasure) await deps.personErasure.removeIdentifiers(erasure.people)
  if (erasure?.state === 'running') await deps.erasures.end(erasureId, deps.now().toISOString())
  return finish('done')

  function finish(state: ErasureProgress['state']): ErasureProgress {
    deps.log('person.erased', { erasureId, state, leads: erasedLeadIds.size, notices: notices.length })
    return { state, notices }
  }
}

/** Writes the tombstone first: it stops offers, so that no delivery is added after the deliveries are read. */
export async function eraseLead(
  leadId: string,
  leadErasure: LeadErasure,
  deps: ErasePersonDataDependencies,
): Promise<DeliveryPointer[]> {
  const { erasureId, notify } = leadErasure
  const at = deps.now().toISOString()
  await deps.personErasure.sealProof(leadId, (lead, consent) => sealConsentProof(lead, consent, deps.proofSealer))
  const tombstone = await deps.personErasure.writeTombstone(leadId, {
    erasureId,
    at,
    hashPerson: (contact) => ({
      ...deps.digests.hashPerson(contact),
      stored: deps.digests.listStoredDigests(contact),
    }),
  })
  if (!tombstone) return []
  const decisions = (await deps.leads.getTimeline(leadId))?.decisions ?? []
  const promisedDeliveries = decisions.flatMap(({ deliveries }) => deliveries)
  const deliveryIds = promisedDeliveries.map(({ deliveryId }) => deliveryId)
  const notices: DeliveryPointer[] = []
  for (const deliveryId of deliveryIds) {
    const notice = await eraseDelivery(deliveryId, leadErasure, deps)
    if (notice) notices.push({ deliveryId: notice.deliveryId, schoolId: notice.schoolId })
  }
  await deps.personErasure.strip(tombstone, deliveryIds)
  // The age of one lead is no reason to forget whom staff must not contact.
  if (notify !== 'no-school') await deps.personErasure.removeIdentifiers(tombstone.people?.stored ?? [])
  const schoolOwners = new Set(promisedDeliveries.map(toPromisedOwner))
  const { sourceId: id, sourceGeneration: generation } = tombstone
  await deps.personErasure.finish(tombstone, [...schoolOwners, toSourceScope(toOwnerName({ id, generation }))])
  return notices
}

function toPromisedOwner({ schoolId: id, schoolGeneration: generation }: PromisedSchool): string {
  return toOwnerName({ id, generation })
}

// Attempts, replays and sweeps change the same row.
const maxAttempts = 20

async function eraseDelivery(
  deliveryId: string,
  { erasureId, notify }: LeadErasure,
  deps: ErasePersonDataDependencies,
): Promise<Delivery | undefined> {
  const result = await retryOnConflict(maxAttempts, async () => {
    const log = await deps.deliveries.findWithAttempts(deliveryId)
    const delivery = await deps.deliveries.find(deliveryId)
    if (!delivery || delivery.state === 'erased') return undefined
    const at = deps.now().toISOString()
    const notice =
      notify === 'every-school' || (notify === 'schools' && mayHaveLead(delivery, log?.attemptLog ?? []))
        ? createNotice(delivery, { deliveryId: deps.newId('delivery'), at, about: 'erases' })
        : undefined
    const reference = log?.attemptLog.findLast((attempt) => attempt.reference !== undefined)?.reference
    const body = JSON.stringify(createErasureEvent(delivery, { at, reference }))
    const notification = notice && { notice, body }
    return (await deps.personErasure.eraseDelivery(delivery, { erasureId, at, notification })) ? notice : 'conflict'
  })
  if (result === 'conflict') throw new Error('The delivery kept changing; the next run continues its erasure.')
  return result
}

function createErasureEvent(
  delivery: StoredDelivery,
  { at, reference }: { at: string; reference: string | undefined },
): LeadErased {
  const { leadId, deliveryId, schoolId, schoolName, test } = delivery
  const school = { id: schoolId, name: schoolName }
  const data = { leadId, deliveryId, ...(reference !== undefined && { reference }), test, school }
  return { type: 'lead.erased', timestamp: at, data }
}
