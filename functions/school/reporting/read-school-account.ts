import { readSchoolAccount as route } from '#shared/contract/reporting/statements.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type ToAccountSummaryDependencies, toAccountSummary } from '#shared/workflows/reporting/to-account-summary.ts'
import { loadOwnAccount } from './load-own-account.ts'

/** Returns the balance of the calling school, and the terms of its credit. */
export async function readSchoolAccount(
  { principal }: Request<typeof route>,
  deps: ToAccountSummaryDependencies,
): Promise<Reply<typeof route>> {
  return { status: 200, body: await toAccountSummary(await loadOwnAccount(principal, deps), deps) }
}

export const handler = defineHandler(route, readSchoolAccount)
