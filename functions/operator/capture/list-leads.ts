import { listLeads as route } from '#shared/contract/operator.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { pageAsked, pageTold } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { passes } from './passes.ts'

type Needs = Pick<Dependencies, 'leads' | 'tokens' | 'now'>

/** The leads of one day, latest first, without anyone's contact details. */
export async function listLeads({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { day = needs.now().toISOString().slice(0, 10), cursor: _, limit: __, test, ...filter } = query
  const list = `leads:${day}`
  const { leads, next } = await needs.leads.ofDay(day, await pageAsked(list, query, needs))
  const { page, headers } = await pageTold(list, { path: route.path, query: { ...query, day }, next }, needs)
  const wanted = passes({ ...filter, ...(test !== undefined && { test: test === 'true' }) })
  return { status: 200, headers, body: { leads: leads.filter(wanted), page } }
}

export const handler = serve(route, listLeads)
