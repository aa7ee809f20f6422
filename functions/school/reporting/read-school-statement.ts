import { readSchoolStatement as route } from '#shared/contract/reporting/statements.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { OpenStatementsDependencies } from '#shared/workflows/reporting/load-statement.ts'
import { requireStatement } from '#shared/workflows/reporting/statement-responses.ts'
import { loadOwnAccount } from './load-own-account.ts'

/** Returns a monthly statement of the calling school. */
export async function readSchoolStatement(
  { params, principal }: Request<typeof route>,
  deps: OpenStatementsDependencies & Pick<Dependencies, 'records'>,
): Promise<Reply<typeof route>> {
  const account = await loadOwnAccount(principal, deps)
  return { status: 200, body: await requireStatement(account, params.month, deps) }
}

export const handler = defineHandler(route, readSchoolStatement)
