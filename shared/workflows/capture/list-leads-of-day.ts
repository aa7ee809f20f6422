import { findDaySpan } from '#shared/domain/reporting/day-span.ts'
import { shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'

type ZonedDay = { day: string; timeZone?: string | undefined }

/**
 * One page of the leads of a calendar day in a time zone, latest first. Leads are stored by UTC day, so that a day of another
 * zone is parts of two or three: a page may be short, or empty, and have a next one.
 */
export async function listLeadsOfDay(
  { day, timeZone = 'UTC' }: ZonedDay,
  { limit, after }: { limit: number; after?: Cursor },
  { leads }: Pick<Dependencies, 'leads'>,
) {
  if (timeZone === 'UTC') return leads.listByDay(day, { limit, ...(after && { after }) })
  const { from, last } = findDaySpan(day, timeZone)
  const { utcDay = toDay(last), ...rest } = after ?? {}
  const position = Object.keys(rest).length > 0 ? { after: rest } : {}
  const page = await leads.listByDay(utcDay, { from, to: last, limit, ...position })
  const earlierDay = shiftDay(utcDay, -1)
  const next = page.next ? { ...page.next, utcDay } : earlierDay >= toDay(from) ? { utcDay: earlierDay } : undefined
  return { leads: page.leads, ...(next && { next }) }
}
