import type { Lead } from '../capture/lead.ts'
import type { DeliveryState } from '../delivery/delivery.ts'

/** Upper bounds in seconds of the buckets in which times to delivery are counted; the last bucket has none. */
export const deliveryTimeBounds = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400] as const

type Counted = Pick<Lead, 'receivedAt' | 'outcome' | 'test'>

/** Leads by the hour (UTC) in which they came; hours in which nothing came are left out. */
export function countLeads(leads: readonly Counted[]) {
  const hours = Map.groupBy(leads, ({ receivedAt }) => new Date(receivedAt).getUTCHours())
  return [...hours]
    .toSorted(([one], [other]) => one - other)
    .map(([hour, all]) => {
      const real = all.filter(({ test }) => !test)
      const count = (outcome: Lead['outcome']) => real.filter((lead) => lead.outcome === outcome).length
      return {
        hour,
        accepted: count('accepted'),
        unmatched: count('unmatched'),
        duplicate: count('duplicate'),
        test: all.length - real.length,
      }
    })
}

type Sent = { state: DeliveryState; createdAt: string; deliveredAt?: string | undefined }

/** Deliveries by their state, and how long those that arrived were on their way. */
export function countDeliveries(sent: readonly Sent[]) {
  const states = [...Map.groupBy(sent, ({ state }) => state)]
  const timeToDelivery = Array.from({ length: deliveryTimeBounds.length + 1 }, () => 0)
  for (const { createdAt, deliveredAt } of sent)
    if (deliveredAt !== undefined) {
      const bucket = bucketOf((Date.parse(deliveredAt) - Date.parse(createdAt)) / 1000)
      timeToDelivery[bucket] = (timeToDelivery[bucket] ?? 0) + 1
    }
  return { deliveries: Object.fromEntries(states.map(([state, all]) => [state, all.length])), timeToDelivery }
}

function bucketOf(seconds: number): number {
  const found = deliveryTimeBounds.findIndex((bound) => seconds <= bound)
  return found === -1 ? deliveryTimeBounds.length : found
}

/**
 * Within how many seconds that share of the deliveries arrived; `Infinity` where the last bound does not do, nothing where
 * none arrived. @param share such as 0.95
 */
export function withinSeconds(timeToDelivery: readonly number[], share: number): number | undefined {
  const total = timeToDelivery.reduce((sum, count) => sum + count, 0)
  if (total === 0) return undefined
  let sum = 0
  const at = timeToDelivery.findIndex((count) => {
    sum += count
    return sum >= share * total
  })
  return deliveryTimeBounds[at] ?? Number.POSITIVE_INFINITY
}
