import { acceptReturn as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type DecideReturnDependencies, decideReturn } from './decide-return.ts'

/** Accepts a return: the school gets credit, and the lead no longer counts against its caps. */
export async function acceptReturn(
  request: Request<typeof route>,
  deps: DecideReturnDependencies,
): Promise<Reply<typeof route>> {
  return { status: 200, body: await decideReturn('accept', request, deps) }
}

export const handler = defineHandler(route, acceptReturn)
