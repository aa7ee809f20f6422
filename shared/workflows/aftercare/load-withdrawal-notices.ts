import * as z from 'zod'
import { type WithdrawalNotice, withdrawalNotice } from '../../domain/aftercare/withdrawal.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

/** The notices of a withdrawal to schools, with the state of each as it is now and without its body. */
export async function loadWithdrawalNotices(
  withdrawalId: string,
  { withdrawals, deliveries }: Pick<Dependencies, 'withdrawals' | 'deliveries'>,
): Promise<WithdrawalNotice[]> {
  const noticeIds = await withdrawals.listNoticeIds(withdrawalId)
  const notices = await Promise.all(noticeIds.map((deliveryId) => deliveries.find(deliveryId)))
  return notices.flatMap((notice) => (notice ? [noticeResponse.parse(notice)] : []))
}

// A plain object schema strips the body of the notice.
const noticeResponse = z.object(withdrawalNotice.shape)
