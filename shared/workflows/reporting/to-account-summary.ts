import type * as z from 'zod'
import type { accountSummary } from '../../contract/reporting/ledger.ts'
import { school } from '../../domain/catalog/school.ts'
import { currency } from '../../domain/reporting/ledger/ledger-entry.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { readSchoolUsage } from '../routing/read-cap-usage.ts'
import type { LoadedAccount } from './load-account.ts'
import { readBalance } from './load-statement.ts'
import { listStatementHeads } from './statement-responses.ts'

export type ToAccountSummaryDependencies = Pick<Dependencies, 'records' | 'ledger' | 'statements' | 'routing' | 'now'>

/** Returns an account with its balance now, and of a school the terms of its credit. */
export async function toAccountSummary(
  loadedAccount: LoadedAccount,
  deps: ToAccountSummaryDependencies,
): Promise<z.input<typeof accountSummary>> {
  const { account, record, name, timeZone } = loadedAccount
  const summary = {
    account,
    ...(name !== undefined && { name }),
    timeZone,
    currency,
    balanceCents: await readBalance(account, deps),
    statements: await listStatementHeads(loadedAccount, deps),
  } as const
  if (!record || account.kind !== 'schools') return summary
  const schoolFields = school.parse(record.body)
  const { billing, lowBalanceCents } = schoolFields
  const { credit } = await readSchoolUsage({ ...schoolFields, ...account }, deps)
  return { ...summary, billing, ...(credit && { credit }), ...(lowBalanceCents !== undefined && { lowBalanceCents }) }
}
