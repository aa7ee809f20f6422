import { readPublisherResults as route } from '#shared/contract/reporting/publisher-results.ts'
import type { Reply } from '#shared/contract/route.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { listSubIdNames, summarizeSubIds } from '#shared/domain/reporting/publisher-results.ts'
import { toDayStart } from '#shared/domain/reporting/school-results.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type LoadPublisherLeadDependencies, loadPublisherLead } from '../capture/load-publisher-lead.ts'
import { requireOwnSource } from '../require-source-owner.ts'

/** Counts one page of the leads of the calling source by day and sub ID. */
export async function readPublisherResults(
  { query, principal }: Request<typeof route>,
  deps: Pick<Dependencies, 'records' | 'tokens'> & LoadPublisherLeadDependencies,
): Promise<Reply<typeof route>> {
  const record = await requireOwnSource(principal, deps)
  const owner = toOwnerName({ id: principal.sourceId, generation: principal.generation })
  const { timeZone } = storedSource.parse(record.body)
  const { since, subId } = query
  const from = toDayStart(since, timeZone)
  const list = `publisher-results:${owner}:${since}:${subId ?? ''}`
  return replyWithPage(list, { route, query }, deps, async (pageRequest) => {
    const { leadIds, ...rest } = await deps.publisherLeads.listIds(owner, { from, ...pageRequest })
    const found = await Promise.all(leadIds.map((leadId) => loadPublisherLead(leadId, owner, deps)))
    const leads = found.flatMap((lead) => lead ?? [])
    return {
      ...rest,
      timeZone,
      subIdNames: listSubIdNames(leads),
      results: summarizeSubIds(leads, { subId, timeZone }),
    }
  })
}

export const handler = defineHandler(route, readPublisherResults)
