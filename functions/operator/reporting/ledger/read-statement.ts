import { readStatement as route } from '#shared/contract/reporting/statements.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { loadAccount } from '#shared/workflows/reporting/load-account.ts'
import type { OpenStatementsDependencies } from '#shared/workflows/reporting/load-statement.ts'
import { requireStatement } from '#shared/workflows/reporting/statement-responses.ts'

/** Returns a monthly statement of a school or source. */
export async function readStatement(
  { params, query }: Request<typeof route>,
  deps: OpenStatementsDependencies & Pick<Dependencies, 'records'>,
): Promise<Reply<typeof route>> {
  const account = await loadAccount({ ...params, ...query }, deps)
  return { status: 200, body: await requireStatement(account, params.month, deps) }
}

export const handler = defineHandler(route, readStatement)
