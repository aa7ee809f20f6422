import { recordOutcome as route } from '#shared/contract/aftercare/dispositions.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { findDispositionTimeFault } from '#shared/domain/aftercare/disposition.ts'
import { hidesNotes, withoutNote } from '#shared/domain/aftercare/hide-notes.ts'
import { isNotice } from '#shared/domain/delivery/notice.ts'
import { toDay } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { listPostbackWrites } from '#shared/workflows/aftercare/list-postback-writes.ts'
import { type ReadAccessDependencies, readDeliveryAccess } from '#shared/workflows/capture/read-access.ts'

type RecordOutcomeDependencies = Pick<Dependencies, 'deliveries' | 'dispositions' | 'digests' | 'records'> &
  ReadAccessDependencies &
  AuditChangeDependencies

/** Records for a school what became of a lead that it has. A repeated request returns what was recorded first. */
export async function recordOutcome(
  { params: { deliveryId }, body, headers, principal }: Request<typeof route>,
  deps: RecordOutcomeDependencies,
): Promise<Reply<typeof route>> {
  const delivery = await deps.deliveries.find(deliveryId)
  if (!delivery || isNotice(delivery)) throw new Refusal('NOT_FOUND', 'Delivery not found.')
  if (delivery.state === 'erased')
    throw new Refusal('LEAD_ERASED', 'Personal data of this lead was deleted. Nothing more can be recorded.')
  const now = deps.now()
  const fault = findDispositionTimeFault(body.at, { createdAt: delivery.createdAt, now })
  if (fault) throw invalidFields([{ pointer: '/at', ...fault }])
  const { disposition, term, note } = body
  const nowText = now.toISOString()
  const at = body.at ?? (delivery.createdAt > nowText ? delivery.createdAt : nowText)
  const outcome = {
    dispositionId: deps.newId('disposition'),
    ...{ deliveryId, disposition, at: new Date(at).toISOString(), recordedAt: nowText, byStaff: true as const },
    ...(term !== undefined && { term }),
    ...(note !== undefined && { note }),
  }
  const key = headers['idempotency-key']
  const name = key ? deps.digests.hashIdempotencyKey(`staff ${key}`) : `${disposition}#${body.at ?? toDay(nowText)}`
  const bodyDigest = deps.digests.hashBody(body)
  const record = { kind: 'deliveries', id: deliveryId }
  const audit = auditChange({ actor: toActor(principal), action: 'disposition.recorded', record, after: outcome }, deps)
  const relayed = { cause: 'outcome', at: outcome.recordedAt, disposition } as const
  const postbacks = await listPostbackWrites(delivery, relayed, deps)
  const identity = { name, schoolId: delivery.schoolId, bodyDigest }
  const result = await deps.dispositions.record(outcome, identity, [audit, ...postbacks])
  if (result.kind === 'recorded') return { status: 201, body: outcome }
  if (result.kind === 'conflict') throw conflictRefusal()
  if (result.kind === 'not-taken')
    throw new Refusal('NOT_DELIVERED', 'The school does not have this lead, so nothing can have become of it there.')
  if (key && result.bodyDigest !== bodyDigest)
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'Use a new Idempotency-Key for another outcome.')
  const reader = { kind: 'staff', scope: principal.scope, act: 'list' } as const
  const { access } = await readDeliveryAccess(reader, delivery, deps, { withNotes: true })
  return { status: 200, body: hidesNotes(access) ? withoutNote(result.existing) : result.existing }
}

export const handler = defineHandler(route, recordOutcome)
