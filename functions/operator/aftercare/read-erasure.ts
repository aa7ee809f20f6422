import { readErasure as route } from '#shared/contract/aftercare/erasures.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getErasureReceipt } from './get-erasure-receipt.ts'

type ReadErasureDependencies = Pick<Dependencies, 'erasures' | 'deliveries'>

/** The receipt of an erasure, as things stand now. */
export async function readErasure(
  { params }: Request<typeof route>,
  deps: ReadErasureDependencies,
): Promise<Reply<typeof route>> {
  return { status: 200, body: await getErasureReceipt(params.erasureId, deps) }
}

export const handler = defineHandler(route, readErasure)
