import type { Lead } from '../capture/lead.ts'
import type { DeliveryState } from '../delivery/delivery.ts'

/** Upper bounds in seconds of the buckets in which times to delivery are counted; the last bucket has none. */
export const deliveryTimeBounds = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400] as const

type CountableLead = Pick<Lead, 'receivedAt' | 'outcome' | 'test'>

/** Leads by the hour (UTC) in which they came; hours in which nothing came are left out. */
export function countLeads(leads: readonly CountableLead[]) {
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

type CountableDelivery = { state: DeliveryState; createdAt: string; deliveredAt?: string | undefined }

/** Deliveries by their state, and how long those that arrived were on their way. */
export function countDeliveries(rows: readonly CountableDelivery[]) {
  const states = [...Map.groupBy(rows, ({ state }) => state)]
  const timeToDelivery = Array.from({ length: deliveryTimeBounds.length + 1 }, () => 0)
  for (const { createdAt, deliveredAt } of rows)
    if (deliveredAt !== undefined) {
      const bucket = findBucket((Date.parse(deliveredAt) - Date.parse(createdAt)) / 1000)
      timeToDelivery[bucket] = (timeToDelivery[bucket] ?? 0) + 1
    }
  return { deliveries: Object.fromEntries(states.map(([state, all]) => [state, all.length])), timeToDelivery }
}

function findBucket(seconds: number): number {
  const index = deliveryTimeBounds.findIndex((bound) => seconds <= bound)
  return index === -1 ? deliveryTimeBounds.length : index
}

/**
 * Within how many seconds that share of the deliveries arrived; `Infinity` where the last bound does not do, nothing where
 * none arrived. @param share such as 0.95
 */
export function findPercentileSeconds(timeToDelivery: readonly number[], share: number): number | undefined {
  const total = timeToDelivery.reduce((sum, count) => sum + count, 0)
  if (total === 0) return undefined
  let sum = 0
  const at = timeToDelivery.findIndex((count) => {
    sum += count
    return sum >= share * total
  })
  return deliveryTimeBounds[at] ?? Number.POSITIVE_INFINITY
}
