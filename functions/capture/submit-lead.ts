import { submitLead as route } from '#shared/contract/capture/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { IdempotencyRecord } from '#shared/store/capture/lead-record.ts'
import { type AcceptLeadDependencies, acceptLead } from '#shared/workflows/capture/accept-lead.ts'
import { resolveSource } from './resolve-source.ts'

/** Accepts a visitor's request exactly once, however often the browser repeats it, and queues one delivery per chosen school. */
export async function submitLead(
  request: Request<typeof route>,
  deps: AcceptLeadDependencies,
): Promise<Reply<typeof route>> {
  const idempotency = parseIdempotencyKey(request, deps)
  const findOwnSource = () => resolveSource(request.principal, request, deps)
  return acceptLead({ ...request, resolveSource: findOwnSource }, idempotency, deps)
}

function parseIdempotencyKey(
  { body, headers, principal }: Request<typeof route>,
  { digests }: Pick<Dependencies, 'digests'>,
): IdempotencyRecord {
  const key = headers['idempotency-key']
  if (!key)
    throw new Refusal('IDEMPOTENCY_KEY_REQUIRED', 'Send a new Idempotency-Key for each form, the same for each retry.')
  return {
    sourceId: toOwnerName({ id: principal.sourceId, generation: principal.generation }),
    keyDigest: digests.hashIdempotencyKey(key),
    bodyDigest: digests.hashBody(sortSchoolIds(body)),
  }
}

/** The schools may be sent in any order, and the lead is the same. */
function sortSchoolIds(body: Request<typeof route>['body']) {
  const schoolIds = 'schoolIds' in body ? body.schoolIds : undefined
  return schoolIds ? { ...body, schoolIds: [...new Set(schoolIds)].toSorted() } : body
}

export const handler = defineHandler(route, submitLead)
