import { readWithdrawal as route } from '#shared/contract/aftercare/withdrawals.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredWithdrawal } from '#shared/store/aftercare/withdrawals.ts'
import { loadWithdrawalNotices } from '#shared/workflows/aftercare/load-withdrawal-notices.ts'

type ReadWithdrawalDependencies = Pick<Dependencies, 'withdrawals' | 'deliveries'>

/** Returns a withdrawal of consent with the state of each notice to a school as it is now. */
export async function readWithdrawal(
  { params }: Request<typeof route>,
  deps: ReadWithdrawalDependencies,
): Promise<Reply<typeof route>> {
  const storedWithdrawal = await deps.withdrawals.find(params.withdrawalId)
  if (!storedWithdrawal) throw new Refusal('NOT_FOUND', 'Withdrawal not found.')
  return { status: 200, body: await addWithdrawalNotices(storedWithdrawal, deps) }
}

/** Leaves out the hashes by which the person is found. */
export async function addWithdrawalNotices(
  { people: _, isHashed: __, ...withdrawal }: StoredWithdrawal,
  deps: ReadWithdrawalDependencies,
) {
  return { ...withdrawal, notices: await loadWithdrawalNotices(withdrawal.withdrawalId, deps) }
}

export const handler = defineHandler(route, readWithdrawal)
