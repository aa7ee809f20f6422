import type { Reply } from '#shared/contract/route.ts'
import { readOwnSource as route } from '#shared/contract/routing/source-caps.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { readSourceUsage } from '#shared/workflows/routing/read-source-usage.ts'
import { requireOwnSource } from '../require-source-owner.ts'

/** Returns the terms of the calling source, and how full its caps are. */
export async function readOwnSource(
  { principal }: Request<typeof route>,
  deps: Pick<Dependencies, 'records' | 'routing' | 'now'>,
): Promise<Reply<typeof route>> {
  const { id, generation, body } = await requireOwnSource(principal, deps)
  const source = storedSource.parse(body)
  const { name, mode, status, timeZone, hours, payout, postback } = source
  return {
    status: 200,
    body: {
      sourceId: id,
      ...{ name, mode, status, timeZone },
      ...(await readSourceUsage({ ...source, id, generation }, deps)),
      ...(hours && { hours }),
      ...(payout && { payout: { amount: payout.amount, on: payout.on, per: payout.per } }),
      ...(postback && { postback: { kind: postback.kind, events: postback.events } }),
    },
  }
}

export const handler = defineHandler(route, readOwnSource)
