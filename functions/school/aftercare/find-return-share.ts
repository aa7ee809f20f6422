import { computeMaxReturns, type ReturnTerms } from '#shared/domain/aftercare/lead-return.ts'
import { toOwnerName } from '#shared/domain/catalog/generation.ts'
import { school } from '#shared/domain/catalog/school.ts'
import type { Delivery } from '#shared/domain/delivery/delivery.ts'
import { findMonth } from '#shared/domain/reporting/ledger/build-statement.ts'
import { findCapWindow } from '#shared/domain/routing/windows.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { ReturnShare } from '#shared/store/aftercare/return-writes.ts'
import { toSchoolAccount } from '#shared/store/reporting/ledger/charges.ts'
import { readEntries } from '#shared/workflows/reporting/load-statement.ts'

/** Returns how many returns the campaign of a delivery allows this month, from the charges of the month. Undefined: no limit. */
export async function findReturnShare(
  delivery: Delivery,
  { maxSharePercent }: ReturnTerms,
  now: string,
  { records, ledger }: Pick<Dependencies, 'records' | 'ledger'>,
): Promise<ReturnShare | undefined> {
  if (maxSharePercent === undefined) return undefined
  const record = await records.get('schools', delivery.schoolId)
  const timeZone = record ? school.parse(record.body).timeZone : 'UTC'
  const { start } = findCapWindow('month', now, timeZone)
  const entries = await readEntries(toSchoolAccount(delivery), { from: start }, { ledger })
  const delivered = entries.filter(({ kind, campaignId }) => kind === 'charge' && campaignId === delivery.campaignId)
  const generation = delivery.binding?.campaignGeneration
  return {
    owner: toOwnerName({ id: delivery.campaignId, ...(generation !== undefined && { generation }) }),
    month: findMonth(now, timeZone),
    limit: computeMaxReturns(delivered.length, maxSharePercent),
  }
}
