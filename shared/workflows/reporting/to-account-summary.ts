import { school } from '../../domain/catalog/school.ts'
import { currency } from '../../domain/reporting/ledger/ledger-entry.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { readSchoolUsage } from '../routing/read-cap-usage.ts'
import { type LoadedAccount, readBalance } from './load-account.ts'

export type ToAccountSummaryDependencies = Pick<Dependencies, 'records' | 'ledger' | 'routing' | 'now'>

/** Returns an account with its balance now, and of a school the terms of its credit. */
export async function toAccountSummary(
  { account, record, name, timeZone }: LoadedAccount,
  deps: ToAccountSummaryDependencies,
) {
  const summary = {
    account,
    ...(name !== undefined && { name }),
    timeZone,
    currency,
    balanceCents: await readBalance(account, deps),
  } as const
  if (!record || account.kind !== 'schools') return summary
  const schoolFields = school.parse(record.body)
  const { billing, lowBalanceCents } = schoolFields
  const { credit } = await readSchoolUsage({ ...schoolFields, ...account }, deps)
  return { ...summary, billing, ...(credit && { credit }), ...(lowBalanceCents !== undefined && { lowBalanceCents }) }
}
