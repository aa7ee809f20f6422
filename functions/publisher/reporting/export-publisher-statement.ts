import { exportPublisherStatement as route } from '#shared/contract/reporting/statements.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toStatementCsv } from '#shared/format/to-statement-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { OpenStatementsDependencies } from '#shared/workflows/reporting/load-statement.ts'
import { requireStatement, toFileHeader } from '#shared/workflows/reporting/statement-responses.ts'
import { loadOwnAccount } from './load-own-account.ts'

/** Returns a monthly statement of the calling source as CSV. */
export async function exportPublisherStatement(
  { params, principal }: Request<typeof route>,
  deps: OpenStatementsDependencies & Pick<Dependencies, 'records'>,
): Promise<Reply<typeof route>> {
  const account = await loadOwnAccount(principal, deps)
  const statement = await requireStatement(account, params.month, deps)
  return { status: 200, headers: toFileHeader(account, params.month), body: toStatementCsv(statement) }
}

export const handler = defineHandler(route, exportPublisherStatement)
