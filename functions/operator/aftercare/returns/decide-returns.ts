import { decideReturns as route } from '#shared/contract/aftercare/returns.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type DecideReturnDependencies, decideReturn } from './decide-return.ts'

/** Decides each return of a list, one after the other. One that is refused stops no other. */
export async function decideReturns(
  { body, principal }: Request<typeof route>,
  deps: DecideReturnDependencies,
): Promise<Reply<typeof route>> {
  const { decision, deliveryIds, answer } = body
  const request = { principal, body: answer === undefined ? {} : { answer } }
  const results = []
  for (const deliveryId of deliveryIds)
    try {
      const decided = await decideReturn(decision, { ...request, params: { deliveryId } }, deps)
      results.push({ deliveryId, result: 'decided' as const, return: decided })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      results.push({ deliveryId, result: 'refused' as const, code: error.code, detail: error.detail })
    }
  return { status: 200, body: { results } }
}

export const handler = defineHandler(route, decideReturns)
