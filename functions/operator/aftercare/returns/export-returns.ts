import { exportReturns as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toReturnCsv } from '#shared/format/to-return-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithCsvPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type HideStoppedNotesDependencies, hideStoppedNotes } from '../hide-stopped-notes.ts'

const returnsPerPage = 100

/** One page of the returns in one state as CSV. */
export async function exportReturns(
  { query: { state, cursor }, principal }: Request<typeof route>,
  deps: Pick<Dependencies, 'returns' | 'tokens'> & HideStoppedNotesDependencies,
): Promise<Reply<typeof route>> {
  return replyWithCsvPage(
    `return-export:${state}`,
    { route, cursor, limit: returnsPerPage },
    deps,
    async (page, options) => {
      const { returns, next } = await deps.returns.listByState(state, page)
      const visible = await Promise.all(returns.map((one) => hideStoppedNotes(one, principal.scope, deps)))
      return { csv: toReturnCsv(visible, options), next }
    },
  )
}

export const handler = defineHandler(route, exportReturns)
