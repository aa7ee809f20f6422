import { listQuarantine as route } from '#shared/contract/capture/quarantine.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListQuarantineDependencies = Pick<Dependencies, 'quarantine' | 'tokens' | 'now'>

/** One page of the leads that are held for review, oldest first, without contact details. */
export async function listQuarantine(
  { query }: Request<typeof route>,
  deps: ListQuarantineDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('quarantine', { route, query }, deps, deps.quarantine.list)
}

export const handler = defineHandler(route, listQuarantine)
