import { matchSchools } from '#shared/contract/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { keptSource, type Source, source } from '#shared/domain/source.ts'
import { authorise } from '#shared/runtime/authorise.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'

type Needs = Pick<Dependencies, 'records' | 'credentials'>
type Headers = { origin?: string | undefined; 'x-source-key'?: string | undefined }
type KnownSource = Source & { id: string }

/** The source that a key belongs to, if the page that sent it may use it. */
export async function sourceOf(sourceId: string, { origin }: Headers, { records }: Needs): Promise<KnownSource> {
  const kept = await records.get('sources', sourceId)
  if (!kept) throw new Refusal('KEY_UNKNOWN', 'The source of this key has been removed.')
  const known = keptSource.parse(kept.body)
  if (known.origins.length > 0 && !known.origins.some((allowed) => allowed === origin))
    throw new Refusal('ORIGIN_NOT_ALLOWED', 'The page that sent this is not among the origins of the source.')
  return { id: sourceId, ...known }
}

/** A visitor may look for schools without a key, as from a page that is not yet signed up. */
export async function sourceOfVisitor(headers: Headers, needs: Needs): Promise<KnownSource> {
  const key = headers['x-source-key']
  if (!key) return { id: 'none', ...source.parse({ name: 'No source', mode: 'test' }) }
  const { sourceId } = await authorise(
    { ...matchSchools, caller: 'source' },
    { 'x-source-key': key },
    needs.credentials,
  )
  return sourceOf(sourceId, headers, needs)
}
