import { refuseReturn as route } from '#shared/contract/aftercare/returns.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type DecideReturnDependencies, decideReturn } from './decide-return.ts'

/** Refuses a return: the lead stays sold, and its school sees the reason. */
export async function refuseReturn(
  request: Request<typeof route>,
  deps: DecideReturnDependencies,
): Promise<Reply<typeof route>> {
  return { status: 200, body: await decideReturn('refuse', request, deps) }
}

export const handler = defineHandler(route, refuseReturn)
