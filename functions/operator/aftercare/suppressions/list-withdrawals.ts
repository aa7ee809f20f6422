import { listWithdrawals as route } from '#shared/contract/aftercare/withdrawals.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { addWithdrawalNotices } from './read-withdrawal.ts'

/** Lists withdrawals of consent, latest first, with the notices to schools. */
export async function listWithdrawals(
  { query }: Request<typeof route>,
  deps: Pick<Dependencies, 'withdrawals' | 'deliveries' | 'tokens' | 'now'>,
): Promise<Reply<typeof route>> {
  return replyWithPage('withdrawals', { route, query }, deps, async (pageRequest) => {
    const { withdrawals, ...rest } = await deps.withdrawals.list(pageRequest)
    return { ...rest, withdrawals: await Promise.all(withdrawals.map((one) => addWithdrawalNotices(one, deps))) }
  })
}

export const handler = defineHandler(route, listWithdrawals)
