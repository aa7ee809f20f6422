import type { Campaign, Cap } from './campaign.ts'
import type { Reason } from './reasons.ts'
import { windowOf } from './windows.ts'

/** What one lead takes from one cap: the counter of the window, what it adds, and the most that may stand there. */
export type Reservation = {
  campaignId: string
  counter: string
  amount: number
  limit: number
  reason: Reason
  end?: string
}

/** One reservation for each cap of a campaign, at an instant, in the school's time zone. */
export function reservationsOf(
  { id, caps, priceCents }: Pick<Campaign, 'caps' | 'priceCents'> & { id: string },
  at: string,
  timeZone: string,
): Reservation[] {
  return caps.map(({ period, unit, limit }) => {
    const { start, end } = windowOf(period, at, timeZone)
    return {
      campaignId: id,
      counter: `${unit}#${period}#${start}`,
      amount: unit === 'cents' ? priceCents : 1,
      limit,
      reason: unit === 'cents' ? 'CAP_SPEND' : reasonOf[period],
      ...(end && { end }),
    }
  })
}

/** What stands in counters, by campaign and counter. A counter that is absent stands at 0. */
export type Counters = { [campaignId: string]: { [counter: string]: number } }

/** Whether a reservation still fits. The store's write condition says the same, and it has the last word. */
export function fits({ campaignId, counter, amount, limit }: Reservation, counters: Counters): boolean {
  return (counters[campaignId]?.[counter] ?? 0) + amount <= limit
}

const reasonOf: { [period in Cap['period']]: Reason } = {
  hour: 'CAP_HOUR',
  day: 'CAP_DAY',
  week: 'CAP_WEEK',
  month: 'CAP_MONTH',
  total: 'CAP_TOTAL',
}
