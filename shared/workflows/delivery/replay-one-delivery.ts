import { Refusal } from '../../contract/problems.ts'
import type { Actor } from '../../domain/access/actor.ts'
import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { conflictRefusal } from '../../store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '../access/audit-change.ts'
import { type ReadAccessDependencies, readDeliveryAccess } from '../capture/read-access.ts'
import { enqueueDeliveries } from './enqueue-deliveries.ts'
import { findCurrentSchoolFault, schoolFaultDetails } from './find-current-school-fault.ts'

type ReplayOneDeliveryDependencies = Pick<Dependencies, 'deliveries' | 'records' | 'earlyQueue' | 'log'> &
  AuditChangeDependencies &
  ReadAccessDependencies
type ReplayTarget = { deliveryId: string; schoolOwner?: string; actor: Actor }

/** Replays one delivery. With `schoolOwner` another school's delivery counts as not found. @throws Refusal */
export async function replayOneDelivery(
  { deliveryId, schoolOwner, actor }: ReplayTarget,
  deps: ReplayOneDeliveryDependencies,
) {
  const delivery = await deps.deliveries.find(deliveryId)
  const isOwn = delivery && (schoolOwner === undefined || schoolOwner === toSchoolOwner(delivery))
  if (isOwn && delivery.state !== 'erased') {
    const fault = await findCurrentSchoolFault(delivery, deps)
    if (fault) throw new Refusal('NOT_REPLAYABLE', schoolFaultDetails[fault])
    // A withdrawal is in effect before the worker has marked the person's deliveries.
    const { access } = await readDeliveryAccess({ kind: 'school', scope: 'manage' }, delivery, deps)
    if (access.view === 'masked' && access.reason === 'suppressed')
      throw new Refusal('NOT_REPLAYABLE', notReplayableReasons.withdrawn)
  }
  const record = { kind: 'deliveries', id: deliveryId }
  const audit = auditChange({ actor, action: 'delivery.replayed', record }, deps)
  const at = deps.now().toISOString()
  const replay = await deps.deliveries.replay(deliveryId, { at, schoolOwner, also: [audit] })
  if (replay === 'conflict')
    throw conflictRefusal('This delivery is being changed by other requests. Send the same request again.')
  switch (replay.result) {
    case 'replayed': {
      const { state, dueAt, schoolId } = replay
      if (state === 'pending') await enqueueDeliveries([{ deliveryId, schoolId }], deps)
      return { deliveryId, state, replays: replay.replays, ...(dueAt !== undefined && { dueAt }) }
    }
    case 'not-replayable':
      throw new Refusal('NOT_REPLAYABLE', notReplayableReasons[replay.why])
    case 'cap-reached':
      throw new Refusal(
        'CAP_REACHED',
        `These caps are full, because the delivery released its place when it failed: ${replay.counters.join(', ')}. ` +
          'Try again after another lead under these caps is rejected or fails.',
      )
    default:
      throw new Refusal('NOT_FOUND', 'Delivery not found.')
  }
}

const notReplayableReasons = {
  rejected: 'The school rejected the lead, and it was offered to other schools.',
  unbound: 'The delivery could not go to the school that the visitor agreed to, and its lead went back to routing.',
  erased: 'The personal data of this lead was deleted.',
  withdrawn: 'The person withdrew consent and must not be contacted.',
  credited: 'The school got credit for this lead.',
}
