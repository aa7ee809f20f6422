import * as z from 'zod'
import { readErasure as route } from '#shared/contract/aftercare/erasures.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Erasure, type ErasureNotice, erasureNotice } from '#shared/domain/aftercare/erasure.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredErasure } from '#shared/store/aftercare/erasures.ts'

type ReadErasureDependencies = Pick<Dependencies, 'erasures' | 'deliveries'>

/** Returns the receipt of an erasure, with the state of each notice to a school as it is now. */
export async function readErasure(
  { params }: Request<typeof route>,
  deps: ReadErasureDependencies,
): Promise<Reply<typeof route>> {
  return { status: 200, body: await loadErasureReceipt(params.erasureId, deps) }
}

/** @throws Refusal if there is no erasure with this ID */
export async function loadErasureReceipt(
  erasureId: string,
  { erasures, deliveries }: ReadErasureDependencies,
): Promise<Erasure & { notices: ErasureNotice[] }> {
  const storedErasure = await erasures.find(erasureId)
  if (!storedErasure) throw new Refusal('NOT_FOUND', 'Erasure not found.')
  const noticeIds = await erasures.listNoticeIds(erasureId)
  const notices = await Promise.all(noticeIds.map((deliveryId) => deliveries.find(deliveryId)))
  return {
    ...toErasureResponse(storedErasure),
    notices: notices.flatMap((notice) => (notice ? [noticeResponse.parse(notice)] : [])),
  }
}

/** Leaves out the hashes by which the person is found. */
export function toErasureResponse({ people: _, ...erasure }: StoredErasure): Erasure {
  return erasure
}

// A plain object schema strips the body of the notice, which the receipt must not show.
const noticeResponse = z.object(erasureNotice.shape)

export const handler = defineHandler(route, readErasure)
