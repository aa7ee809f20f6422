import { Refusal } from '../../contract/problems.ts'
import { storedSource } from '../../domain/capture/source.ts'
import { school } from '../../domain/catalog/school.ts'
import type { Account, AccountKind } from '../../domain/reporting/ledger/account.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { StoredRecord } from '../../store/catalog/record-store.ts'

type Request = { accountKind: AccountKind; accountId: string; generation?: number | undefined }
/** `record`: absent once the school or source was deleted. */
export type LoadedAccount = { account: Account; record?: StoredRecord; name?: string; timeZone: string }

/**
 * Loads an account with its name and time zone: also of a school or source that was deleted, with or without entries.
 * Without `generation`, of the last one with the ID. @throws Refusal NOT_FOUND if no school or source has or had the ID
 */
export async function loadAccount(
  { accountKind: kind, accountId: id, generation }: Request,
  deps: Pick<Dependencies, 'records'>,
): Promise<LoadedAccount> {
  const current = await findCurrentAccount({ accountKind: kind, accountId: id, generation }, deps)
  if (current) return current
  const removedGeneration = await deps.records.findRemovedGeneration(kind, id)
  if (removedGeneration === undefined || (generation ?? 1) > removedGeneration) throw noAccountRefusal(kind)
  const account = { kind, id, generation: generation ?? removedGeneration }
  return { account: account.generation > 1 ? account : { kind, id }, timeZone: 'UTC' }
}

/** Loads the account of a school or source that exists. @throws Refusal NOT_FOUND if it was deleted */
export async function loadCurrentAccount(
  request: Request,
  deps: { records: Pick<Dependencies['records'], 'get'> },
): Promise<LoadedAccount> {
  const current = await findCurrentAccount(request, deps)
  if (!current) throw noAccountRefusal(request.accountKind)
  return current
}

/** Returns undefined if the school or source does not exist any more, or is a later one with the ID. */
export async function findCurrentAccount(
  { accountKind: kind, accountId: id, generation }: Request,
  { records }: { records: Pick<Dependencies['records'], 'get'> },
): Promise<LoadedAccount | undefined> {
  const record = await records.get(kind, id)
  if (!record || (generation !== undefined && generation !== (record.generation ?? 1))) return undefined
  const account = { kind, id, ...(record.generation !== undefined && { generation: record.generation }) }
  return { account, record, ...readTerms[kind](record.body) }
}

function noAccountRefusal(kind: AccountKind): Refusal {
  return new Refusal('NOT_FOUND', kind === 'schools' ? 'School not found.' : 'Source not found.')
}

const readTerms = {
  schools: (body: unknown) => pickTerms(school.parse(body)),
  sources: (body: unknown) => pickTerms(storedSource.parse(body)),
}

function pickTerms({ name, timeZone }: { name: string; timeZone: string }) {
  return { name, timeZone }
}
