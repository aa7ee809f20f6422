import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'
import { recordId } from '../vocabulary.ts'
import { deliveryFigures } from './figures.ts'
import { countDeliveryFigures, type RollUpDelivery } from './roll-up/roll-up.ts'

/** What became of the leads that one campaign got in one week. Rows of several pages add up. */
export const weekResult = z
  .object({
    week: z.iso.date().meta({ description: 'Its Monday, in the time zone of the school.' }),
    campaignId: recordId,
    // What sources earn is not for schools.
    ...deliveryFigures.omit({ payoutCents: true }).shape,
  })
  .meta({ id: 'WeekResult' })
export type WeekResult = z.output<typeof weekResult>

/** Groups deliveries by the week (Monday to Sunday, in a time zone) in which they were created and by campaign. */
export function summarizeWeeks(
  deliveries: readonly (RollUpDelivery & { campaignId: string })[],
  timeZone: string,
): WeekResult[] {
  const groups = Map.groupBy(deliveries, ({ createdAt, campaignId }) => `${toWeek(createdAt, timeZone)} ${campaignId}`)
  return [...groups].map(([name, group]) => {
    const [week = '', campaignId = ''] = name.split(' ')
    const { payoutCents: _, ...figures } = countDeliveryFigures(group)
    return { week, campaignId, ...figures }
  })
}

/** The Monday of the week of an instant. */
export function toWeek(instant: string, timeZone: string): string {
  const date = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate()
  return date.subtract({ days: date.dayOfWeek - 1 }).toString()
}

/** The first instant of a day in a time zone. */
export function toDayStart(day: string, timeZone: string): string {
  const start = Temporal.PlainDate.from(day).toZonedDateTime(timeZone).toInstant()
  return new Date(start.epochMilliseconds).toISOString()
}
