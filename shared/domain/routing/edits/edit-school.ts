import type { School } from '../../catalog/school.ts'
import { addDays } from '../../time.ts'
import { planCounters } from './cap-counters.ts'
import { isCreditCounted } from './credit-level.ts'

type Zoned = Pick<School, 'timeZone' | 'calendar'>

// The longest window is a month, so an earlier time zone matters no longer than that.
const formerDays = 32
const maxFormerZones = 10

/** Returns the school that a write of staff leaves. Its caps keep their counters, also if its time zone changes,
 * and its credit is counted on without a limit. */
export function editSchool(input: School, previous: School | undefined, at: string): School {
  const counters = planCounters(input.caps, previous, at)
  const calendar = planCalendar(input, previous, at)
  const creditCounted = isCreditCounted(input) || (previous !== undefined && isCreditCounted(previous))
  return {
    ...input,
    ...(counters.length > 0 && { counters }),
    ...(calendar && { calendar }),
    ...(creditCounted && { creditCounted }),
  }
}

/** Calendar days keep the counters that they had before the time zone changed, and running windows end as they would have. */
export function planCalendar({ timeZone }: Zoned, previous: Zoned | undefined, at: string): School['calendar'] {
  if (!previous || previous.timeZone === timeZone) return previous?.calendar
  const { anchor = previous.timeZone, former = [] } = previous.calendar ?? {}
  return {
    anchor,
    former: [...former, { timeZone: previous.timeZone, until: at }]
      .filter(({ until }) => until > addDays(at, -formerDays))
      .slice(-maxFormerZones),
  }
}
