import type { Account } from '../../domain/reporting/ledger/account.ts'
import { verifyStatements } from '../../domain/reporting/ledger/verify-statements.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { readEntries } from './load-statement.ts'

export type VerifyAccountDependencies = Pick<Dependencies, 'ledger' | 'statements'>

const maxMonths = 1200

/** Verifies all closed statements of an account against all of its entries. */
export async function verifyAccount(account: Account, deps: VerifyAccountDependencies) {
  const heads = (await deps.statements.list(account, maxMonths)).toReversed()
  const statements = []
  for (const { month } of heads) statements.push(await deps.statements.find(account, month))
  const entries = await readEntries(account, {}, deps)
  const lastHash = heads.at(-1)?.hash
  const faults = verifyStatements(
    statements.flatMap((one) => one ?? []),
    entries,
  )
  return { statements: heads.length, entries: entries.length, ...(lastHash !== undefined && { lastHash }), faults }
}
