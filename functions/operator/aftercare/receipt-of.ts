import * as z from 'zod'
import { Refusal } from '#shared/contract/problems.ts'
import { type Erasure, type Notice, notice } from '#shared/domain/aftercare/erasure.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { KeptErasure } from '#shared/store/aftercare/erasures.ts'

type Needs = Pick<Dependencies, 'erasures' | 'deliveries'>

/** What an erasure has come to, and how far each school has been told. @throws Refusal where there is none. */
export async function receiptOf(
  erasureId: string,
  { erasures, deliveries }: Needs,
): Promise<Erasure & { notices: Notice[] }> {
  const found = await erasures.find(erasureId)
  if (!found) throw new Refusal('NOT_FOUND', 'There is no erasure of that id.')
  const notices = await Promise.all(
    (await erasures.notices(erasureId)).map((deliveryId) => deliveries.find(deliveryId)),
  )
  return { ...toldErasure(found), notices: notices.flatMap((one) => (one ? [told.parse(one)] : [])) }
}

/** An erasure without the HMACs by which it finds its person. */
export function toldErasure({ people: _, ...told }: KeptErasure): Erasure {
  return told
}

// What is to be sent is nobody's to read here.
const told = z.object(notice.shape)
