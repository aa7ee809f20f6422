import { matchSchools } from '#shared/contract/capture/capture.ts'
import { source } from '#shared/domain/capture/source.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { authorize, type Principal } from '#shared/http/authorize.ts'
import { getAddressLimits, getCallerLimits, type Spend } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { anonymousSourceId, findSource, type ResolvedSource } from '#shared/workflows/capture/find-source.ts'

type ResolveSourceDependencies = Pick<Dependencies, 'accessKeys' | 'log' | 'now' | 'rateLimits' | 'records'>
type Headers = { authorization?: string | undefined; origin?: string | undefined; 'x-source-key'?: string | undefined }
type SourceRequest = { ip: string; spend: Spend; headers: Headers }

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
