import { Refusal } from '#shared/contract/problems.ts'
import { readReconciliation as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Needs = Pick<Dependencies, 'books' | 'now'>

/** What the last reconciliation of a day found. */
export async function readReconciliation({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const day = query.day ?? needs.now().toISOString().slice(0, 10)
  const kept = await needs.books.reconciliation(day)
  if (!kept?.finished)
    throw new Refusal('NOT_FOUND', 'That day has not been reconciled. It is done every hour, for today and yesterday.')
  return { status: 200, body: kept.finished }
}

export const handler = serve(route, readReconciliation)
