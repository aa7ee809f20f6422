import { readAccount as route } from '#shared/contract/reporting/ledger.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { loadAccount } from '#shared/workflows/reporting/load-account.ts'
import { type ToAccountSummaryDependencies, toAccountSummary } from '#shared/workflows/reporting/to-account-summary.ts'

/** Returns the balance of a school or source, and the terms of its credit. */
export async function readAccount(
  { params, query }: Request<typeof route>,
  deps: ToAccountSummaryDependencies,
): Promise<Reply<typeof route>> {
  return { status: 200, body: await toAccountSummary(await loadAccount({ ...params, ...query }, deps), deps) }
}

export const handler = defineHandler(route, readAccount)
