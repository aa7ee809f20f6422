/** From the ground up, as the chart shows them. */
export const outcomes = ['accepted', 'unmatched', 'duplicate'] as const
export type Outcome = (typeof outcomes)[number]
/** What came in one hour of a day (UTC). */
export type Hour = { hour: number } & { [outcome in Outcome]: number }

/** The 24 hours of a day, with how many leads of each outcome came. */
export function hoursOf(leads: readonly { receivedAt: string; outcome: Outcome }[]): Hour[] {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, accepted: 0, unmatched: 0, duplicate: 0 }))
  for (const { receivedAt, outcome } of leads) {
    const hour = hours[new Date(receivedAt).getUTCHours()]
    if (hour) hour[outcome] += 1
  }
  return hours
}

export function totalOf(hour: Pick<Hour, Outcome>): number {
  return outcomes.reduce((sum, outcome) => sum + hour[outcome], 0)
}
