import * as z from 'zod'
import { startReplay as route } from '#shared/contract/delivery/replays.ts'
import type { Reply } from '#shared/contract/route.ts'
import { normalFilter } from '#shared/domain/delivery/replay.ts'
import { replayIdOf } from '#shared/domain/delivery/replay-id.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { resume, suspend } from '#shared/http/suspended.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { place } from '#shared/store/delivery/replays.ts'
import { lookForDeliveries } from '#shared/workflows/delivery/look-for-deliveries.ts'
import { toldReplay } from './told-replay.ts'

type Needs = Pick<Dependencies, 'records' | 'replays' | 'tokens' | 'now'>
type Body = Request<typeof route>['body']

// What one dry run looks at: well below a second of work, and the next page goes on.
const mostLooks = 40
const deliveriesPerLook = 500
const sampled = 10

/** Starts a replay of all that match, for the worker to carry out; or counts them. */
export async function startReplay({ body }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  if (body.dryRun) return { status: 200, body: await count(body, needs) }
  return { status: 202, body: toldReplay(await needs.replays.start(body.filter, needs.now().toISOString())) }
}

async function count({ filter: given, cursor }: Body, needs: Needs) {
  const filter = normalFilter(given)
  const work = `dry-run:${replayIdOf(filter)}`
  const before = cursor === undefined ? undefined : carried.parse(await resume(work, cursor, needs))
  const until = before?.until ?? needs.now().toISOString()
  const found: { deliveryId: string; state: string; schoolId: string }[] = []
  let looked = 0
  let from = before?.from
  for (let looks = 0; looks < mostLooks; looks++) {
    const look = await lookForDeliveries({ filter, until, from, limit: deliveriesPerLook }, needs)
    const { schoolId = '' } = look
    found.push(...look.meant.map(({ deliveryId, state }) => ({ deliveryId, state, schoolId })))
    looked += look.looked
    from = look.next
    if (!from) break
  }
  return {
    count: found.length,
    byState: countBy(found.map(({ state }) => state)),
    bySchool: countBy(found.map(({ schoolId }) => schoolId)),
    sample: found.slice(0, sampled).map(({ deliveryId }) => deliveryId),
    looked,
    complete: from === undefined,
    page: { nextCursor: from ? await suspend(work, { from, until }, needs) : null },
  }
}

function countBy(names: readonly string[]): { [name: string]: number } {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))
}

const carried = z.object({ from: place, until: z.string() })

export const handler = serve(route, startReplay)
