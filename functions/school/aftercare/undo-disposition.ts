import { undoDisposition as route } from '#shared/contract/aftercare/dispositions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { type Disposition, undoSeconds } from '#shared/domain/aftercare/disposition.ts'
import { addSeconds } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { requireOwnDelivery } from '../delivery/require-own-delivery.ts'

type UndoDispositionDependencies = Pick<Dependencies, 'deliveries' | 'dispositions'> & AuditChangeDependencies

/** Undoes the latest disposition of a lead within a minute of its recording. */
export async function undoDisposition(
  { params, principal }: Request<typeof route>,
  deps: UndoDispositionDependencies,
): Promise<Reply<typeof route>> {
  const { deliveryId, dispositionId } = params
  await requireOwnDelivery(deliveryId, principal, deps)
  const remaining = await deps.dispositions.list(deliveryId)
  const latest = remaining.at(-1)
  const own = remaining.find((one) => one.dispositionId === dispositionId)
  // It was undone before, for example by a double click.
  if (!own) return { status: 200, body: toLatest(latest) }
  if (own !== latest) throw new Refusal('DISPOSITION_FINAL', 'A later disposition was recorded, so this one stays.')
  if (own.disposition === 'opted-out')
    throw new Refusal('DISPOSITION_FINAL', 'An opt-out cannot be undone: schools have been told to stop.')
  const at = deps.now().toISOString()
  if (at > addSeconds(own.recordedAt, undoSeconds))
    throw new Refusal(
      'DISPOSITION_FINAL',
      `A disposition can be undone for ${undoSeconds} seconds. Record another one.`,
    )
  const record = { kind: 'deliveries', id: deliveryId }
  const change = { actor: toActor(principal), action: 'disposition.undone', record, before: own } as const
  const { schoolId } = principal
  const result = await deps.dispositions.undo({ deliveryId, dispositionId }, { at, schoolId }, [
    auditChange(change, deps),
  ])
  if (result.kind === 'conflict') throw conflictRefusal()
  if (result.kind === 'undone') return { status: 200, body: toLatest(result.latest) }
  const stored = await deps.dispositions.list(deliveryId)
  if (stored.some((one) => one.dispositionId === dispositionId))
    throw new Refusal('DISPOSITION_FINAL', 'The lead has changed in the meantime. Read it again.')
  return { status: 200, body: toLatest(stored.at(-1)) }
}

function toLatest(latest: Pick<Disposition, 'disposition' | 'at'> | undefined) {
  return latest ? { disposition: { disposition: latest.disposition, at: latest.at } } : {}
}

export const handler = defineHandler(route, undoDisposition)
