import * as z from 'zod'
import { listStaleFacts as route } from '#shared/contract/catalog/stale-facts.ts'
import type { Reply } from '#shared/contract/route.ts'
import { career } from '#shared/domain/catalog/career.ts'
import { groupStaleFacts } from '#shared/domain/catalog/public-sources.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListStaleFactsDependencies = Pick<Dependencies, 'records' | 'tokens' | 'now'>

/** Lists the careers of a page whose facts have expired, by source. */
export async function listStaleFacts(
  { query }: Request<typeof route>,
  deps: ListStaleFactsDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('stale-facts', { route, query }, deps, async (pageRequest) => {
    const { records, ...rest } = await deps.records.list('careers', pageRequest)
    const careers = records.flatMap(({ id, body }) => {
      const { title, facts } = staleFields.parse(body)
      const sources = groupStaleFacts(facts, deps.now())
      return sources.length > 0 ? [{ slug: id, title, sources }] : []
    })
    return { ...rest, careers }
  })
}

/** Careers are large: only what the list needs is parsed. */
const staleFields = z.object(career.pick({ title: true, facts: true }).shape)

export const handler = defineHandler(route, listStaleFacts)
