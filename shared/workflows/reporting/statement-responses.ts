import { Refusal } from '../../contract/problems.ts'
import { toAccountName } from '../../domain/reporting/ledger/account.ts'
import type { MonthlyStatement } from '../../domain/reporting/ledger/statement.ts'
import type { LoadedAccount } from './load-account.ts'
import { loadOpenStatements, loadStatement, type OpenStatementsDependencies } from './load-statement.ts'

const maxMonths = 120

/** The statements of an account without their entries, latest first: the open months, then the closed ones. */
export async function listStatementHeads(account: LoadedAccount, deps: OpenStatementsDependencies) {
  const { statements: open } = await loadOpenStatements(account, deps)
  const closed = await deps.statements.list(account.account, maxMonths)
  return [...open.map(({ entries: _entries, ...head }) => head).toReversed(), ...closed]
}

/** Returns the statement of a month. @throws Refusal NOT_FOUND if the account has no such month */
export async function requireStatement(
  account: LoadedAccount,
  month: string,
  deps: OpenStatementsDependencies,
): Promise<MonthlyStatement> {
  const statement = await loadStatement(account, month, deps)
  if (!statement) throw new Refusal('NOT_FOUND', 'There is no statement for this month.')
  return statement
}

/** The header that names the file of an exported statement. */
export function toFileHeader({ account }: LoadedAccount, month: string) {
  const name = toAccountName(account).replace('#', '-')
  return { 'content-disposition': `attachment; filename="statement-${name}-${month}.csv"` }
}
