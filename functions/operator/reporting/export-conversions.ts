import { Refusal } from '#shared/contract/problems.ts'
import { exportConversions as route } from '#shared/contract/reporting/conversions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { toConversionCsv } from '#shared/format/to-conversion-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithCsvPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { loadConversions } from '#shared/workflows/reporting/load-conversions.ts'

const leadsPerPage = 100

/** One page of the conversions of a source as CSV. */
export async function exportConversions(
  { params: { id }, query }: Request<typeof route>,
  deps: Pick<Dependencies, 'records' | 'tokens' | 'now' | 'publisherLeads' | 'deliveries'>,
): Promise<Reply<typeof route>> {
  const source = await deps.records.get('sources', id)
  if (!source) throw new Refusal('NOT_FOUND', 'Source not found.')
  const { platform, event, since, cursor } = query
  const list = `conversions:${toOwnerName(source)}:${platform}:${event}:${since}`
  return replyWithCsvPage(list, { route, cursor, limit: leadsPerPage }, deps, async (page, options) => {
    const terms = { platform, event, since, value: 'revenue' } as const
    const { conversions, next } = await loadConversions(source, terms, page, deps)
    return { csv: toConversionCsv(conversions, { platform, ...options }), next }
  })
}

export const handler = defineHandler(route, exportConversions)
