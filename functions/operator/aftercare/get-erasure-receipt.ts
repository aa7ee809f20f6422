import * as z from 'zod'
import { Refusal } from '#shared/contract/problems.ts'
import { type Erasure, type ErasureNotice, erasureNotice } from '#shared/domain/aftercare/erasure.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredErasure } from '#shared/store/aftercare/erasures.ts'

type GetErasureReceiptDependencies = Pick<Dependencies, 'erasures' | 'deliveries'>

/** What an erasure has come to, and how far each school has been told. @throws Refusal where there is none. */
export async function getErasureReceipt(
  erasureId: string,
  { erasures, deliveries }: GetErasureReceiptDependencies,
): Promise<Erasure & { notices: ErasureNotice[] }> {
  const storedErasure = await erasures.find(erasureId)
  if (!storedErasure) throw new Refusal('NOT_FOUND', 'There is no erasure of that id.')
  const notices = await Promise.all(
    (await erasures.listNoticeIds(erasureId)).map((deliveryId) => deliveries.find(deliveryId)),
  )
  return {
    ...toErasureResponse(storedErasure),
    notices: notices.flatMap((one) => (one ? [noticeResponse.parse(one)] : [])),
  }
}

/** An erasure without the HMACs by which it finds its person. */
export function toErasureResponse({ people: _, ...erasure }: StoredErasure): Erasure {
  return erasure
}

// What is to be sent is nobody's to read here.
const noticeResponse = z.object(erasureNotice.shape)
