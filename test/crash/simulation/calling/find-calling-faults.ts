import * as z from 'zod'
import { workers } from '#shared/platform/workers.ts'
import { deliveryKey } from '#shared/store/keys.ts'
import { maxSkewMs } from '../find-attempt-faults.ts'
import type { SimulatedWorld } from '../run-world.ts'

/** The campaign whose leads wait until the visitor may be called. */
export const waitingCampaign = 'alpha'
// Every visitor lives in Austin, and no world lasts until March.
const austinOffsetMs = -6 * 3_600_000

const leadEvent = z.object({ type: z.literal('lead.created'), data: z.object({ campaignId: z.string() }) })

/** Returns a fault for each lead of the waiting campaign that was sent at a time at which its visitor may not be called. */
export function findCallingFaults({ schools, observations }: Pick<SimulatedWorld, 'schools' | 'observations'>) {
  return schools.log.flatMap(({ id, body, at }) => {
    const event = body.startsWith('{') ? leadEvent.safeParse(JSON.parse(body)).data : undefined
    if (event?.data.campaignId !== waitingCampaign) return []
    // An attempt that began in time may arrive late.
    const begunAt = (observations.leases.get(deliveryKey(id).pk) ?? []).findLast((lease) => lease <= at) ?? at
    const isInTime = [0, -maxDelayMs, maxSkewMs].some((shiftMs) => isCallable(begunAt + shiftMs))
    return isInTime ? [] : [`${id} was sent at ${new Date(begunAt).toISOString()}, when its visitor may not be called`]
  })
}

const maxDelayMs = workers.deliver.timeoutSeconds * 1000 + maxSkewMs

/** Texas: 9 to 21, on Sundays 12 to 21. Written down again here, so that a fault in the rules of the product shows. */
export function isCallable(at: number): boolean {
  const local = new Date(at + austinOffsetMs)
  return local.getUTCHours() >= (local.getUTCDay() === 0 ? 12 : 9) && local.getUTCHours() < 21
}
