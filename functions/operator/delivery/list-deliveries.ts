import * as z from 'zod'
import { listDeliveries as route } from '#shared/contract/reporting/overview.ts'
import type { Reply } from '#shared/contract/route.ts'
import { type Delivery, delivery } from '#shared/domain/delivery/delivery.ts'
import { type Request, serve } from '#shared/http/api.ts'
import { linkTo } from '#shared/http/lists.ts'
import { resume, suspend } from '#shared/http/suspended.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { place } from '#shared/store/delivery/replays.ts'
import { lookForDeliveries } from '#shared/workflows/delivery/look-for-deliveries.ts'

type Needs = Pick<Dependencies, 'records' | 'replays' | 'deliveries' | 'tokens' | 'now'>

// What one page looks at: well below a second of work, and the next page goes on.
const mostLooks = 40
const deliveriesPerLook = 500
const enough = 50

/** The deliveries that are in one state, without anyone's contact details. */
export async function listDeliveries({ query }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  const { state, cursor, from: after, to: before, ...named } = query
  const span = { ...(after && { from: full(after) }), ...(before && { to: full(before) }) }
  const filter = { ...named, ...span, states: [state] }
  const list = `deliveries:${JSON.stringify(filter)}`
  const kept = cursor === undefined ? undefined : carried.parse(await resume(list, cursor, needs))
  const until = kept?.until ?? needs.now().toISOString()
  const ids: string[] = []
  let from = kept?.from
  for (let looks = 0; looks < mostLooks && ids.length < enough; looks++) {
    const look = await lookForDeliveries({ filter, until, from, limit: deliveriesPerLook }, needs)
    ids.push(...look.meant.map(({ deliveryId }) => deliveryId))
    from = look.next
    if (!from) break
  }
  const found = await Promise.all(ids.map((deliveryId) => needs.deliveries.find(deliveryId)))
  const nextCursor = from ? await suspend(list, { from, until }, needs) : null
  return {
    status: 200,
    headers: nextCursor === null ? {} : { link: linkTo('next', route.path, { ...query, cursor: nextCursor }) },
    body: { deliveries: found.flatMap((one) => (one?.state === state ? told(one) : [])), page: { nextCursor } },
  }
}

/** What is to be sent is nobody's to read here. */
function told(row: Delivery): Delivery {
  return z.object(delivery.shape).parse(row)
}

// As rows write it: instants are compared letter by letter.
function full(given: string): string {
  return new Date(given).toISOString()
}

const carried = z.object({ from: place, until: z.string() })

export const handler = serve(route, listDeliveries)
