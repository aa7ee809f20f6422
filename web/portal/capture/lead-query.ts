import { listSchoolLeads } from '#shared/contract/delivery/school-leads.ts'
import { type LeadOrder, leadOrders, type OfficerFilter } from './lead-list.ts'

const { state, disposition } = listSchoolLeads.query.shape

/** Reads filter and order from the address of the list, and ignores what is invalid. */
export function readLeadQuery(query: URLSearchParams): { filter: OfficerFilter; order: LeadOrder } {
  return {
    filter: {
      text: query.get('search') ?? '',
      status: disposition.safeParse(query.get('status') ?? undefined).data ?? '',
      delivery: state.safeParse(query.get('delivery') ?? undefined).data ?? '',
      campaignId: query.get('campaign') ?? '',
      since: query.get('since') ?? '',
    },
    order: leadOrders.find((order) => order === query.get('order')) ?? 'newest',
  }
}
