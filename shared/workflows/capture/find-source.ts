import type { submitLead as route } from '../../contract/capture/capture.ts'
import { Refusal } from '../../contract/problems.ts'
import type { Input } from '../../contract/route.ts'
import { type StoredSource, storedSource } from '../../domain/capture/source.ts'
import { type Generation, isSameGeneration } from '../../domain/catalog/generation.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { KeyHolder } from '../../store/access/access-key-store.ts'
import type { Item } from '../../store/engine/engine.ts'
import { parseOnce } from '../../store/parse-once.ts'

/** The source that sends a lead, by a key or by a lead form of its own. */
export type SourceCaller = Pick<Extract<KeyHolder, { caller: 'source' }>, 'sourceId' | 'scope' | 'generation'>
export type ResolvedSource = StoredSource & { id: string; generation?: Generation }

/** A lead as its source sent it. `resolveSource` may refuse the source, or spend from its rate limit. */
export type SubmissionRequest = Input<typeof route> & {
  /** As JSON, before anything was cleaned or left out. */
  rawBody?: unknown
  principal: SourceCaller
  ip: string
  resolveSource: () => Promise<ResolvedSource>
}

/** The source id of a page that requests a match without a key. */
export const anonymousSourceId = 'none'

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
  { sourceId, scope, generation }: SourceCaller,
  headers: { origin?: string | undefined },
  { records }: Pick<Dependencies, 'records'>,
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
