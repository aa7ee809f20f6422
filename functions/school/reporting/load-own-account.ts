import type { Principal } from '#shared/http/authorize.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type LoadedAccount, loadCurrentAccount } from '#shared/workflows/reporting/load-account.ts'

/** Loads the account of the calling school. */
export async function loadOwnAccount(
  { schoolId, generation = 1 }: Pick<Principal<'school'>, 'schoolId' | 'generation'>,
  deps: Pick<Dependencies, 'records' | 'ledger'>,
): Promise<LoadedAccount> {
  return loadCurrentAccount({ accountKind: 'schools', accountId: schoolId, generation }, deps)
}
