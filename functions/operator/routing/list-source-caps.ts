import type { Reply } from '#shared/contract/route.ts'
import { listSourceCaps as route } from '#shared/contract/routing/source-caps.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredRecord } from '#shared/store/catalog/record-store.ts'
import { readSourceUsage } from '#shared/workflows/routing/read-source-usage.ts'

type ListSourceCapsDependencies = Pick<Dependencies, 'records' | 'routing' | 'tokens' | 'now'>

/** Lists how full the caps of sources are now, and which sources are open. */
export async function listSourceCaps(
  { query }: Request<typeof route>,
  deps: ListSourceCapsDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('source-caps', { route, query }, deps, async (pageRequest) => {
    const { records, ...rest } = await deps.records.list('sources', pageRequest)
    const sources = await Promise.all(records.map((record) => toSourceCaps(record, deps)))
    return { ...rest, sources: sources.flat() }
  })
}

async function toSourceCaps({ id, generation, body }: StoredRecord, deps: ListSourceCapsDependencies) {
  const source = storedSource.parse(body)
  if (!source.hours && (source.caps ?? []).length === 0) return []
  const { name, status, timeZone } = source
  return [{ sourceId: id, name, status, timeZone, ...(await readSourceUsage({ ...source, id, generation }, deps)) }]
}

export const handler = defineHandler(route, listSourceCaps)
