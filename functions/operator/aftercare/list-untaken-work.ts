import { listUntakenWork as route } from '#shared/contract/aftercare/untaken-work.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ListUntakenWorkDependencies = Pick<Dependencies, 'untakenWork' | 'tokens' | 'now'>

/** Lists the leads that schools work without having taken them, latest first, without contact details. */
export async function listUntakenWork(
  { query }: Request<typeof route>,
  deps: ListUntakenWorkDependencies,
): Promise<Reply<typeof route>> {
  return replyWithPage('untaken-work', { route, query }, deps, deps.untakenWork.list)
}

export const handler = defineHandler(route, listUntakenWork)
