import { Refusal } from '#shared/contract/problems.ts'
import { exportConversions as route } from '#shared/contract/reporting/conversions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { toDayStart } from '#shared/domain/reporting/school-results.ts'
import { toConversionCsv } from '#shared/format/to-conversion-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { loadConversions } from '#shared/workflows/reporting/load-conversions.ts'

const leadsPerPage = 100

/** One page of the conversions of a source as CSV. */
export async function exportConversions(
  { params: { id }, query }: Request<typeof route>,
  deps: Pick<Dependencies, 'records' | 'tokens' | 'now' | 'publisherLeads' | 'deliveries'>,
): Promise<Reply<typeof route>> {
  const record = await deps.records.get('sources', id)
  if (!record) throw new Refusal('NOT_FOUND', 'Source not found.')
  const { timeZone } = storedSource.parse(record.body)
  const sourceOwner = toOwnerName({ id, generation: record.generation })
  const { platform, event, since, cursor } = query
  const list = `conversions:${sourceOwner}:${platform}:${event}:${since}`
  const pageRequest = await parsePageRequest(list, { cursor, limit: leadsPerPage }, deps)
  const request = { sourceOwner, platform, event, value: 'revenue', from: toDayStart(since, timeZone) } as const
  const { conversions, next } = await loadConversions(request, pageRequest, deps)
  const { page } = await pageResponse(list, { path: route.path, query: {}, next }, deps)
  return {
    status: 200,
    headers: page.nextCursor === null ? {} : { 'x-next-cursor': page.nextCursor },
    body: toConversionCsv(conversions, { platform, header: cursor === undefined }),
  }
}

export const handler = defineHandler(route, exportConversions)
