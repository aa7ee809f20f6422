import { matchSchools } from '#shared/contract/capture/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { type StoredSource, source, storedSource } from '#shared/domain/capture/source.ts'
import { type Generation, isSameGeneration, toOwnerName } from '#shared/domain/catalog/generation.ts'
import { authorize, type Principal } from '#shared/http/authorize.ts'
import { getAddressLimits, getCallerLimits, type Spend } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Item } from '#shared/store/engine/engine.ts'
import { parseOnce } from '#shared/store/parse-once.ts'

type ResolveSourceDependencies = Pick<Dependencies, 'accessKeys' | 'log' | 'now' | 'rateLimits' | 'records'>
type Headers = { authorization?: string | undefined; origin?: string | undefined; 'x-source-key'?: string | undefined }
type SourceRequest = { ip: string; spend: Spend; headers: Headers }
export type ResolvedSource = StoredSource & { id: string; generation?: Generation }

/** The source id of a page that requests a match without a key. */
export const anonymousSourceId = 'none'

/**
 * Finds the source of a key. Spends from the rate limit of the source.
 * @throws Refusal if the source was removed, if the page may not use the key, or if the rate limit is reached.
 */
export async function resolveSource(
  principal: Principal<'source'>,
  { headers, spend }: Omit<SourceRequest, 'ip'>,
  deps: Pick<ResolveSourceDependencies, 'records'>,
): Promise<ResolvedSource> {
  const resolvedSource = await findSource(principal, headers, deps)
  const { id, generation, rateLimitPerMinute } = resolvedSource
  await spend({ policy: 'source', owner: toOwnerName({ id, generation }), limit: rateLimitPerMinute })
  return resolvedSource
}

/** @throws Refusal if staff paused the source: it may send nothing, and people may still withdraw consent through it */
export function requireActive({ status }: Pick<ResolvedSource, 'status'>): void {
  if (status === 'paused')
    throw new Refusal(
      'SOURCE_PAUSED',
      'Ask staff to resume the source. Leads that were accepted before are not affected.',
    )
}

/**
 * Finds the source of a key.
 * @throws Refusal if the source was removed, or if the page may not use the key.
 */
export async function findSource(
  { sourceId, scope, generation }: Principal<'source'>,
  headers: Headers,
  { records }: Pick<ResolveSourceDependencies, 'records'>,
): Promise<ResolvedSource> {
  const row = await records.get('sources', sourceId)
  if (!row || !isSameGeneration(row.generation, generation))
    throw new Refusal('KEY_INVALID', 'The source of this key has been removed.')
  const sourceRecord = parseSource(row.body)
  const isOriginBound = scope === 'form' && sourceRecord.origins.length > 0
  if (isOriginBound && !sourceRecord.origins.some((origin) => origin === headers.origin))
    throw new Refusal('ORIGIN_NOT_ALLOWED', 'The origin of the page is not one of the origins of the source.')
  return { id: sourceId, ...(generation && { generation }), ...sourceRecord }
}

const parseSource = parseOnce((body: Item) => storedSource.parse(body))

/** Like `resolveSource`, but a request without a key gets an anonymous test source, limited by its address. */
export async function resolveAnonymousSource(
  request: SourceRequest,
  deps: ResolveSourceDependencies,
): Promise<ResolvedSource> {
  const { headers, ip, spend } = request
  if (!headers['x-source-key'] && !headers.authorization) {
    await spend(...getAddressLimits(ip, deps.rateLimits))
    return { id: anonymousSourceId, ...source.parse({ name: 'No source', mode: 'test' }) }
  }
  const principal = await authorize({ ...matchSchools, caller: 'source' }, { headers }, deps)
  await spend(...getCallerLimits(principal, ip, deps.rateLimits))
  return resolveSource(principal, request, deps)
}
