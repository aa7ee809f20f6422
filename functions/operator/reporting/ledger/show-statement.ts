import { showStatement as route } from '#shared/contract/reporting/statements.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { renderStatementPage, statementPageHeaders } from '#shared/outbound/page/statement-page.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { loadAccount } from '#shared/workflows/reporting/load-account.ts'
import type { OpenStatementsDependencies } from '#shared/workflows/reporting/load-statement.ts'
import { requireStatement } from '#shared/workflows/reporting/statement-responses.ts'

/** Returns a monthly statement of a school or source as a page to print. */
export async function showStatement(
  { params, query }: Request<typeof route>,
  deps: OpenStatementsDependencies & Pick<Dependencies, 'records'>,
): Promise<Reply<typeof route>> {
  const account = await loadAccount({ ...params, ...query }, deps)
  const statement = await requireStatement(account, params.month, deps)
  return { status: 200, headers: statementPageHeaders, body: await renderStatementPage(statement) }
}

export const handler = defineHandler(route, showStatement)
