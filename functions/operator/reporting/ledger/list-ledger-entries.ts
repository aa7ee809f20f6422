import { listLedgerEntries as route } from '#shared/contract/reporting/ledger.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toAccountName } from '#shared/domain/reporting/ledger/account.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { loadAccount } from '#shared/workflows/reporting/load-account.ts'

type ListLedgerEntriesDependencies = Pick<Dependencies, 'records' | 'ledger' | 'tokens' | 'now'>

/** Lists the entries of an account, latest first. */
export async function listLedgerEntries(
  { params, query }: Request<typeof route>,
  deps: ListLedgerEntriesDependencies,
): Promise<Reply<typeof route>> {
  const { account } = await loadAccount({ ...params, ...query }, deps)
  const { from, to } = query
  const list = `ledger:${toAccountName(account)}:${from ?? ''}:${to ?? ''}`
  const path = route.path.replace('{accountKind}', account.kind).replace('{accountId}', account.id)
  return replyWithPage(list, { route: { path }, query }, deps, (page) =>
    deps.ledger.list(account, { from, to, order: 'descending', ...page }),
  )
}

export const handler = defineHandler(route, listLedgerEntries)
