import { exportStatement as route } from '#shared/contract/reporting/statements.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toStatementCsv } from '#shared/format/to-statement-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { loadAccount } from '#shared/workflows/reporting/load-account.ts'
import type { OpenStatementsDependencies } from '#shared/workflows/reporting/load-statement.ts'
import { requireStatement, toFileHeader } from '#shared/workflows/reporting/statement-responses.ts'

/** Returns a monthly statement of a school or source as CSV. */
export async function exportStatement(
  { params, query }: Request<typeof route>,
  deps: OpenStatementsDependencies & Pick<Dependencies, 'records'>,
): Promise<Reply<typeof route>> {
  const account = await loadAccount({ ...params, ...query }, deps)
  const statement = await requireStatement(account, params.month, deps)
  return { status: 200, headers: toFileHeader(account, params.month), body: toStatementCsv(statement) }
}

export const handler = defineHandler(route, exportStatement)
