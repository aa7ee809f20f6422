import type { Principal } from '#shared/http/authorize.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type LoadedAccount, loadCurrentAccount } from '#shared/workflows/reporting/load-account.ts'
import { requireSourceOwner } from '../require-source-owner.ts'

/** Loads the account of the calling source. @throws Refusal if the source was deleted */
export async function loadOwnAccount(
  principal: Principal<'source'>,
  deps: Pick<Dependencies, 'records' | 'ledger'>,
): Promise<LoadedAccount> {
  await requireSourceOwner(principal, deps)
  const { sourceId, generation = 1 } = principal
  return loadCurrentAccount({ accountKind: 'sources', accountId: sourceId, generation }, deps)
}
