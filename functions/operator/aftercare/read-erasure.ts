import { readErasure as route } from '#shared/contract/aftercare/erasures.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Request, serve } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { receiptOf } from './receipt-of.ts'

type Needs = Pick<Dependencies, 'erasures' | 'deliveries'>

/** The receipt of an erasure, as things stand now. */
export async function readErasure({ params }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  return { status: 200, body: await receiptOf(params.erasureId, needs) }
}

export const handler = serve(route, readErasure)
