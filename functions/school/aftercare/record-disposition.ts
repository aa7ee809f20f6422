import { recordDisposition as route } from '#shared/contract/aftercare/dispositions.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor, toWriter } from '#shared/domain/access/actor.ts'
import { findDispositionTimeFault } from '#shared/domain/aftercare/disposition.ts'
import { hidesNotes, withoutNote } from '#shared/domain/aftercare/hide-notes.ts'
import { toDay } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { listPostbackWrites } from '#shared/workflows/aftercare/list-postback-writes.ts'
import { type ReadAccessDependencies, readDeliveryAccess } from '#shared/workflows/capture/read-access.ts'
import { requireOwnDelivery } from '../delivery/require-own-delivery.ts'
import { type SchoolWithdrawalDependencies, withdrawFromDelivery } from './record-school-withdrawal.ts'
import { type RefuseUntakenWorkDependencies, refuseUntakenWork } from './refuse-untaken-work.ts'
import { resolveDisposition } from './resolve-disposition.ts'

type RecordDispositionDependencies = SchoolWithdrawalDependencies &
  Pick<Dependencies, 'deliveries' | 'dispositions' | 'digests' | 'records'> &
  ReadAccessDependencies &
  RefuseUntakenWorkDependencies &
  AuditChangeDependencies

/** Records a disposition of a lead. A repeated request returns the disposition that was recorded first. */
export async function recordDisposition(
  request: Request<typeof route>,
  deps: RecordDispositionDependencies,
): Promise<Reply<typeof route>> {
  const { params, body, headers, principal } = request
  const delivery = await requireOwnDelivery(params.deliveryId, principal, deps)
  const { deliveryId, createdAt, state } = delivery
  if (state === 'erased')
    throw new Refusal('LEAD_ERASED', 'Personal data of this lead was deleted. Nothing more can be recorded.')
  const now = deps.now()
  const nowText = now.toISOString()
  const disposition = await resolveDisposition(body, principal.schoolId, deps)
  // A lead is later than now if our clock was set back.
  const { note, term, at = createdAt > nowText ? createdAt : nowText } = body
  const timeFault = findDispositionTimeFault(body.at, { createdAt, now })
  if (timeFault) throw invalidFields([{ pointer: '/at', ...timeFault }])

  // The person no longer agrees to be contacted, whatever else is recorded. The note stays with the disposition: it may
  // name the person, which lists of suppressions must not.
  if (disposition === 'opted-out' && delivery.withdrawnAt === undefined)
    await withdrawFromDelivery(delivery, { principal, scope: 'all-schools', channel: 'disposition' }, deps)

  const key = headers['idempotency-key']
  const name = key ? deps.digests.hashIdempotencyKey(key) : `${disposition}#${body.at ?? toDay(nowText)}`
  const writer = toWriter(principal)
  const newDisposition = {
    dispositionId: deps.newId('disposition'),
    deliveryId,
    disposition,
    at: new Date(at).toISOString(),
    recordedAt: now.toISOString(),
    ...(writer && { recordedBy: writer }),
    ...(term !== undefined && { term }),
    ...(note !== undefined && { note }),
  }
  const bodyDigest = deps.digests.hashBody(body)
  const record = { kind: 'deliveries', id: deliveryId }
  const change = { actor: toActor(principal), action: 'disposition.recorded', record, after: newDisposition } as const
  const identity = { name, schoolId: principal.schoolId, bodyDigest }
  const relayed = { cause: 'outcome', at: newDisposition.recordedAt, disposition } as const
  const postbacks = await listPostbackWrites(delivery, relayed, deps)
  const result = await deps.dispositions.record(newDisposition, identity, [auditChange(change, deps), ...postbacks])
  if (result.kind === 'recorded') return { status: 201, body: newDisposition }
  if (result.kind === 'conflict') throw conflictRefusal()
  if (result.kind === 'not-taken') throw await refuseUntakenWork('disposition', delivery, deps)
  if (key && result.bodyDigest !== bodyDigest)
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'Use a new Idempotency-Key for another disposition.')
  const reader = { kind: 'school', scope: principal.scope } as const
  const { access } = await readDeliveryAccess(reader, delivery, deps, { withNotes: true })
  return { status: 200, body: hidesNotes(access) ? withoutNote(result.existing) : result.existing }
}

export const handler = defineHandler(route, recordDisposition)
