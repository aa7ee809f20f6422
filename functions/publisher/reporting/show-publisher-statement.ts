import { showPublisherStatement as route } from '#shared/contract/reporting/statements.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { renderStatementPage, statementPageHeaders } from '#shared/outbound/page/statement-page.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { OpenStatementsDependencies } from '#shared/workflows/reporting/load-statement.ts'
import { requireStatement } from '#shared/workflows/reporting/statement-responses.ts'
import { loadOwnAccount } from './load-own-account.ts'

/** Returns a monthly statement of the calling source as a page to print. */
export async function showPublisherStatement(
  { params, principal }: Request<typeof route>,
  deps: OpenStatementsDependencies & Pick<Dependencies, 'records'>,
): Promise<Reply<typeof route>> {
  const account = await loadOwnAccount(principal, deps)
  const statement = await requireStatement(account, params.month, deps)
  return { status: 200, headers: statementPageHeaders, body: await renderStatementPage(statement) }
}

export const handler = defineHandler(route, showPublisherStatement)
