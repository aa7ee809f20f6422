import { takeLead as route } from '#shared/contract/delivery/school-leads.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import type { MaskReason } from '#shared/domain/capture/lead-access.ts'
import { isNotice } from '#shared/domain/delivery/notice.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal, retryOnConflict } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { type ReadAccessDependencies, readDeliveryAccess } from '#shared/workflows/capture/read-access.ts'
import { findCurrentSchoolFault, schoolFaultDetails } from '#shared/workflows/delivery/find-current-school-fault.ts'
import { requireOwnDelivery } from './require-own-delivery.ts'
import { toSchoolLead } from './to-school-lead.ts'

type TakeLeadDependencies = Pick<Dependencies, 'deliveries' | 'certificates' | 'records' | 'measure'> &
  ReadAccessDependencies &
  AuditChangeDependencies

// Attempts, sweeps and other officers change the same row.
const maxAttempts = 5

/** Opens a lead that waits for its delivery: it counts as delivered from now on. A lead that the school has is unchanged. */
export async function takeLead(
  { params: { deliveryId }, principal }: Request<typeof route>,
  deps: TakeLeadDependencies,
): Promise<Reply<typeof route>> {
  const result = await retryOnConflict(maxAttempts, async () => {
    const delivery = await requireOwnDelivery(deliveryId, principal, deps)
    if (isNotice(delivery)) throw new Refusal('NOT_TAKEABLE', 'This is a notice about a lead, and not a lead.')
    const { access } = await readDeliveryAccess({ kind: 'school', scope: principal.scope }, delivery, deps)
    if (access.view === 'full') return 'unchanged'
    if (access.view === 'none' || delivery.state === 'erased')
      throw new Refusal('LEAD_ERASED', 'Personal data of this lead was deleted.')
    if (!access.canTake) throw new Refusal('NOT_TAKEABLE', notTakeableDetails[access.reason])
    const fault = await findCurrentSchoolFault(delivery, deps)
    if (fault) throw new Refusal('NOT_TAKEABLE', schoolFaultDetails[fault])
    const at = deps.now().toISOString()
    if (delivery.state === 'leased' && delivery.dueAt !== undefined && delivery.dueAt > at) throw createBusyRefusal()
    const record = { kind: 'deliveries', id: deliveryId }
    const states = { before: { state: delivery.state }, after: { state: 'delivered', takenAt: at } }
    const audit = auditChange({ actor: toActor(principal), action: 'lead.taken', record, ...states }, deps)
    return (await deps.deliveries.take(delivery, { at, also: [audit] })) ? 'taken' : 'conflict'
  })
  if (result === 'conflict') throw conflictRefusal()
  if (result === 'taken') deps.measure('DeliveriesDelivered', 1)
  const delivery = await requireOwnDelivery(deliveryId, principal, deps)
  return { status: 200, body: await toSchoolLead(delivery, principal, deps) }
}

function createBusyRefusal(): Refusal {
  const detail = 'The lead is being sent to your system right now. Read it again in a few seconds.'
  return new Refusal('DELIVERY_IN_PROGRESS', detail, { headers: { 'retry-after': '5' } })
}

const noCalls = 'The person withdrew consent and must not be contacted.'
const notTakeableDetails: { [reason in MaskReason]: string } = {
  withdrawn: noCalls,
  suppressed: noCalls,
  credited: 'You got credit for this lead.',
  rejected: 'Your system rejected this lead, so it was offered to other schools.',
  failed: 'This lead could not be delivered, and its place under your caps was released. Resend it.',
  expired: 'The request is more than 30 days old, so the person no longer expects a call.',
  'not-taken': 'A test lead is free, so there is nothing to open.',
  'no-reveal': 'Only schools can open leads.',
  'view-only': 'This key is read-only. Use a key with a wider scope.',
  'not-shared': 'Only schools can open leads.',
}

export const handler = defineHandler(route, takeLead)
