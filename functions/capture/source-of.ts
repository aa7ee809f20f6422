import { matchSchools } from '#shared/contract/capture/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { type KeptSource, keptSource, source } from '#shared/domain/capture/source.ts'
import { authorise, type Principal } from '#shared/http/authorise.ts'
import { limitOfAddress, limitOfCaller, type Spend } from '#shared/http/limits.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'accessKeys' | 'log' | 'now' | 'rates' | 'records'>
type Headers = { authorization?: string | undefined; origin?: string | undefined; 'x-source-key'?: string | undefined }
type Asking = { ip: string; spend: Spend; headers: Headers }
export type KnownSource = KeptSource & { id: string }

/** What stands for the source where a page asks without a key. */
export const noSourceId = 'none'

/** The source that a key belongs to, if the page that sent it may use it, and the source may send more. */
export async function sourceOf(
  { sourceId, scope }: Principal<'source'>,
  { headers, spend }: Omit<Asking, 'ip'>,
  { records }: Pick<Needs, 'records'>,
): Promise<KnownSource> {
  const kept = await records.get('sources', sourceId)
  if (!kept) throw new Refusal('KEY_UNKNOWN', 'The source of this key has been removed.')
  const known = keptSource.parse(kept.body)
  const isBound = scope === 'form' && known.origins.length > 0
  if (isBound && !known.origins.some((allowed) => allowed === headers.origin))
    throw new Refusal('ORIGIN_NOT_ALLOWED', 'The page that sent this is not among the origins of the source.')
  await spend({ policy: 'source', whose: sourceId, limit: known.rateLimitPerMinute })
  return { id: sourceId, ...known }
}

/** A visitor may look for schools without a key, as from a page that is not yet signed up. */
export async function sourceOfVisitor(asking: Asking, needs: Needs): Promise<KnownSource> {
  const { headers, ip, spend } = asking
  if (!headers['x-source-key'] && !headers.authorization) {
    await spend(limitOfAddress(ip, needs.rates))
    return { id: noSourceId, ...source.parse({ name: 'No source', mode: 'test' }) }
  }
  const principal = await authorise({ ...matchSchools, caller: 'source' }, headers, needs)
  await spend(limitOfCaller(principal, ip, needs.rates))
  return sourceOf(principal, asking, needs)
}
