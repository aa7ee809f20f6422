import { Refusal } from '#shared/contract/problems.ts'
import { readReconciliation as route } from '#shared/contract/reporting/reports.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toDay } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type ReadReconciliationDependencies = Pick<Dependencies, 'reconciliation' | 'now'>

/** Returns the result of the last reconciliation of a day. */
export async function readReconciliation(
  { query }: Request<typeof route>,
  deps: ReadReconciliationDependencies,
): Promise<Reply<typeof route>> {
  const day = query.day ?? toDay(deps.now().toISOString())
  const reconciliation = await deps.reconciliation.findReport(day)
  if (!reconciliation?.finished)
    throw new Refusal(
      'NOT_FOUND',
      'This day has not been reconciled. Reconciliation runs every hour for today and yesterday.',
    )
  return { status: 200, body: reconciliation.finished }
}

export const handler = defineHandler(route, readReconciliation)
