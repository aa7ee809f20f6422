import { Refusal } from '../../contract/problems.ts'
import { storedSource } from '../../domain/capture/source.ts'
import { school } from '../../domain/catalog/school.ts'
import type { Account, AccountKind } from '../../domain/reporting/ledger/account.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredRecord } from '../../store/catalog/record-store.ts'

type Request = { accountKind: AccountKind; accountId: string; generation?: number | undefined }
/** `record`: absent once the school or source was deleted. */
export type LoadedAccount = { account: Account; record?: StoredRecord; name?: string; timeZone: string }

/** Loads an account with its name and time zone. @throws Refusal NOT_FOUND if no school or source has or had the ID */
export async function loadAccount(
  { accountKind: kind, accountId: id, generation }: Request,
  { records, ledger }: Pick<Dependencies, 'records' | 'ledger'>,
): Promise<LoadedAccount> {
  const record = await records.get(kind, id)
  const isCurrent = record !== undefined && (generation === undefined || generation === (record.generation ?? 1))
  if (isCurrent) {
    const account = { kind, id, ...(record.generation !== undefined && { generation: record.generation }) }
    return { account, record, ...readTerms[kind](record.body) }
  }
  const account = { kind, id, ...(generation !== undefined && generation > 1 && { generation }) }
  const { entries } = await ledger.list(account, { limit: 1 })
  if (entries.length === 0)
    throw new Refusal('NOT_FOUND', kind === 'schools' ? 'School not found.' : 'Source not found.')
  return { account, timeZone: 'UTC' }
}

const readTerms = {
  schools: (body: unknown) => pickTerms(school.parse(body)),
  sources: (body: unknown) => pickTerms(storedSource.parse(body)),
}

function pickTerms({ name, timeZone }: { name: string; timeZone: string }) {
  return { name, timeZone }
}
