import { listQuarantine as route } from '#shared/contract/capture/quarantine.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { pageResponse, parsePageRequest } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListQuarantineDependencies = Pick<Dependencies, 'quarantine' | 'tokens' | 'now'>

/** The leads that wait for somebody to look at them, without anyone's contact details. */
export async function listQuarantine(
  { query }: Request<typeof route>,
  deps: ListQuarantineDependencies,
): Promise<Reply<typeof route>> {
  const { leads, next } = await deps.quarantine.list(await parsePageRequest('quarantine', query, deps))
  const { page, headers } = await pageResponse('quarantine', { path: route.path, query, next }, deps)
  return { status: 200, headers, body: { leads, page } }
}

export const handler = defineHandler(route, listQuarantine)
