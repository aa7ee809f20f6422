import { listLeads as route } from '#shared/contract/capture/leads.ts'
import type { Reply } from '#shared/contract/route.ts'
import { findToday } from '#shared/domain/reporting/day-span.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { listLeadsOfDay } from '#shared/workflows/capture/list-leads-of-day.ts'
import { createLeadFilter } from './create-lead-filter.ts'

type ListLeadsDependencies = Pick<Dependencies, 'leads' | 'tokens' | 'now'>

/** One page of the leads of a day, latest first, without contact details. */
export async function listLeads(
  { query }: Request<typeof route>,
  deps: ListLeadsDependencies,
): Promise<Reply<typeof route>> {
  const { timeZone = 'UTC', day = findToday(deps.now(), timeZone), cursor: _, limit: __, test, ...filter } = query
  const list = `leads:${day}:${timeZone}`
  const { leads, next } = await listLeadsOfDay({ day, timeZone }, await parsePageRequest(list, query, deps), deps)
  const { page, headers } = await pageResponse(list, { path: route.path, query: { ...query, day }, next }, deps)
  const matchesQuery = createLeadFilter({ ...filter, ...(test !== undefined && { test: test === 'true' }) })
  return { status: 200, headers, body: { leads: leads.filter(matchesQuery), page } }
}

export const handler = defineHandler(route, listLeads)
