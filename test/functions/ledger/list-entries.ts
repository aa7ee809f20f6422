import type { Account } from '#shared/domain/reporting/ledger/account.ts'
import type { LedgerEntry } from '#shared/domain/reporting/ledger/ledger-entry.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'

/** Every entry of an account, oldest first. */
export async function listEntries({ api }: Pick<TestSystem, 'api'>, account: Account): Promise<LedgerEntry[]> {
  const { ledger } = api.createDependencies('operator')
  const entries: LedgerEntry[] = []
  let after: Cursor | undefined
  do {
    const page = await ledger.list(account, { limit: 100, ...(after && { after }) })
    entries.push(...page.entries)
    after = page.next
  } while (after)
  return entries
}

export const schoolAccount = (id: string): Account => ({ kind: 'schools', id })
