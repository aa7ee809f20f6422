import type { DeliveryState } from '../delivery/delivery.ts'

/** Upper bounds in seconds of the histogram of delivery times. One more bucket holds everything slower. */
export const deliveryTimeBounds = [1, 2, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400] as const

type CountableDelivery = { state: DeliveryState; createdAt: string; deliveredAt?: string | undefined }

/** Counts deliveries by state, and those that arrived by the time from creation to delivery. */
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
 * The bound in seconds within which a share of the deliveries, such as 0.95, arrived: `Infinity` if that is the last
 * bucket, nothing if none arrived.
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
