import { listRejectedInbound as route } from '#shared/contract/capture/inbound.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListRejectedInboundDependencies = Pick<Dependencies, 'rejectedInbound' | 'tokens' | 'now'>

/** Lists the leads of lead forms that could not be taken, latest first. */
export async function listRejectedInbound(
  { query }: Request<typeof route>,
  deps: ListRejectedInboundDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('rejected-inbound', { route, query }, deps, deps.rejectedInbound.list)
}

export const handler = defineHandler(route, listRejectedInbound)
