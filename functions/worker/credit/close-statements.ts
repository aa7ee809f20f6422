import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import type { AccountKind } from '#shared/domain/reporting/ledger/account.ts'
import type { ClosedStatement } from '#shared/domain/reporting/ledger/statement.ts'
import { toSchoolHolderName, toSourceHolderName } from '#shared/domain/reporting/notifications/notification.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import { buildNotificationWrite } from '#shared/store/reporting/notifications.ts'
import { findCurrentAccount } from '#shared/workflows/reporting/load-account.ts'
import { closeMonths } from '#shared/workflows/reporting/load-statement.ts'

type CloseStatementsDependencies = Pick<Dependencies, 'records' | 'ledger' | 'statements' | 'now' | 'newId' | 'log'>

const recordsPerPage = 100
const accountKinds: readonly AccountKind[] = ['schools', 'sources']

/** Closes the months of all schools and sources that ended a day ago. A run that another one overtakes leaves the rest to it. */
export async function closeStatements(deps: CloseStatementsDependencies): Promise<void> {
  for (const accountKind of accountKinds) {
    let after: Cursor | undefined
    do {
      const page = await deps.records.list(accountKind, { limit: recordsPerPage, ...(after && { after }) })
      for (const { id } of page.records) await closeAccount({ accountKind, accountId: id }, deps)
      after = page.next
    } while (after)
  }
}

async function closeAccount(
  request: { accountKind: AccountKind; accountId: string },
  deps: CloseStatementsDependencies,
): Promise<void> {
  const current = await findCurrentAccount(request, deps)
  if (!current) return // Deleted since it was listed.
  for (const { account, month, hash } of await closeMonths(current, deps, (one) => listNews(one, deps)))
    deps.log('statement.closed', { account: `${account.kind}/${account.id}`, month, hash })
}

/** Schools and sources are told of a month in which something happened. */
function listNews(
  { account, month, entries, closingCents }: ClosedStatement,
  { newId, now }: CloseStatementsDependencies,
) {
  if (entries.length === 0) return []
  const toHolderName = account.kind === 'schools' ? toSchoolHolderName : toSourceHolderName
  const content = {
    notificationId: newId('notification'),
    event: 'statement-ready',
    at: now().toISOString(),
    subject: { kind: 'statements', id: month },
    ...(account.kind === 'schools' && { schoolId: account.id }),
    figures: { closingCents },
  } as const
  return [buildNotificationWrite(toHolderName(toOwnerName(account)), content)]
}
