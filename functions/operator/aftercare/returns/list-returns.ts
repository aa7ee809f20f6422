import { listReturns as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type HideStoppedNotesDependencies, hideStoppedNotes } from '../hide-stopped-notes.ts'

type ListReturnsDependencies = Pick<Dependencies, 'returns' | 'tokens'> & HideStoppedNotesDependencies

/** Lists returns in one state: pending ones oldest first, decided ones latest first. */
export async function listReturns(
  { query, principal }: Request<typeof route>,
  deps: ListReturnsDependencies,
): Promise<Reply<typeof route>> {
  const { state } = query
  return replyWithPage(`returns:${state}`, { route, query }, deps, async (pageRequest) => {
    const { returns, ...rest } = await deps.returns.listByState(state, pageRequest)
    const visible = returns.map((leadReturn) => hideStoppedNotes(leadReturn, principal.scope, deps))
    return { ...rest, returns: await Promise.all(visible) }
  })
}

export const handler = defineHandler(route, listReturns)
