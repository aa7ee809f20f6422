import { listPublisherLeads as route } from '#shared/contract/capture/publisher-leads.ts'
import type { Reply } from '#shared/contract/route.ts'
import type { PublisherLead } from '#shared/domain/capture/publisher-lead.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { requireSourceOwner } from '../require-source-owner.ts'
import { type LoadPublisherLeadDependencies, loadPublisherLead } from './load-publisher-lead.ts'

type ListPublisherLeadsDependencies = Pick<Dependencies, 'records' | 'tokens'> & LoadPublisherLeadDependencies

/** Lists the leads of the source, latest first. A page may be short because filters apply after it is read. */
export async function listPublisherLeads(
  { principal, query }: Request<typeof route>,
  deps: ListPublisherLeadsDependencies,
): Promise<Reply<typeof route>> {
  const sourceOwner = await requireSourceOwner(principal, deps)
  const { from, to, outcome, state, ...pageQuery } = query
  const list = ['publisher', sourceOwner, from, to, outcome, state].map((part) => part ?? '').join('|')
  const pageRequest = await parsePageRequest(list, pageQuery, deps)
  const span = { from: from && toStoredInstant(from), to: to && toStoredInstant(to) }
  const { leadIds, next } = await deps.publisherLeads.listIds(sourceOwner, { ...span, ...pageRequest })
  const leads = await Promise.all(leadIds.map((leadId) => loadPublisherLead(leadId, sourceOwner, deps)))
  const { page, headers } = await pageResponse(list, { path: route.path, query, next }, deps)
  return { status: 200, headers, body: { leads: leads.flatMap(createFilter({ outcome, state })), page } }
}

/** Rows store milliseconds; an instant without them would sort after the rest of its second. */
function toStoredInstant(instant: string): string {
  return new Date(instant).toISOString()
}

type Filter = Pick<Request<typeof route>['query'], 'outcome' | 'state'>

function createFilter({ outcome, state }: Filter) {
  return (lead: PublisherLead | undefined): PublisherLead[] => {
    const isMatch =
      lead &&
      (outcome ?? lead.outcome) === lead.outcome &&
      (state === undefined || lead.deliveries.some((delivery) => delivery.state === state))
    return isMatch ? [lead] : []
  }
}

export const handler = defineHandler(route, listPublisherLeads)
