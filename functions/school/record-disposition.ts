import { recordDisposition as route } from '#shared/contract/aftercare/dispositions.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toDay } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { conflictRefusal } from '#shared/store/retry-on-conflict.ts'
import { requireOwnDelivery } from './require-own-delivery.ts'

type TellDispositionDependencies = Pick<Dependencies, 'deliveries' | 'dispositions' | 'digests' | 'newId' | 'now'>

// Clocks differ, and nobody is told off for that.
const toleranceMs = 5 * 60_000

/** Records what a school says became of a lead: once, however often it says so. */
export async function recordDisposition(
  request: Request<typeof route>,
  deps: TellDispositionDependencies,
): Promise<Reply<typeof route>> {
  const { params, body, headers, principal } = request
  const { deliveryId, createdAt, state } = await requireOwnDelivery(params.deliveryId, principal, deps)
  if (state === 'erased') throw new Refusal('LEAD_ERASED', 'The person asked to be forgotten: nothing more is noted.')
  const now = deps.now()
  const { disposition, note, at = now.toISOString() } = body
  if (Date.parse(at) > now.getTime() + toleranceMs)
    throw invalidFields([{ pointer: '/at', code: 'future', detail: 'must not lie ahead' }])
  if (Date.parse(at) < Date.parse(createdAt) - toleranceMs)
    throw invalidFields([
      { pointer: '/at', code: 'too_early', detail: `must not lie before the lead came: ${createdAt}` },
    ])

  const key = headers['idempotency-key']
  const name = key ? deps.digests.hashIdempotencyKey(key) : `${disposition}#${body.at ?? toDay(now.toISOString())}`
  const newDisposition = {
    dispositionId: deps.newId('disposition'),
    deliveryId,
    disposition,
    at: new Date(at).toISOString(),
    recordedAt: now.toISOString(),
    ...(note !== undefined && { note }),
  }
  const bodyDigest = deps.digests.hashBody(body)
  const result = await deps.dispositions.record(newDisposition, { name, schoolId: principal.schoolId, bodyDigest })
  if (result.kind === 'recorded') return { status: 201, body: newDisposition }
  if (result.kind === 'busy') throw conflictRefusal()
  if (result.kind === 'not-delivered')
    throw new Refusal('NOT_DELIVERED', 'Only of a lead that was delivered can be told what became of it.')
  if (key && result.bodyDigest !== bodyDigest)
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', 'Use a new Idempotency-Key for another disposition.')
  return { status: 200, body: result.told }
}

export const handler = defineHandler(route, recordDisposition)
