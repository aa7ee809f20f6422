import type { StoredSource } from '../../capture/source.ts'
import { planCounters } from '../edits/cap-counters.ts'
import { planCalendar } from '../edits/edit-school.ts'
import { toCountedCaps } from './source-limits.ts'

type Terms = Pick<StoredSource, 'caps' | 'timeZone'>
type Counted = Pick<StoredSource, 'counters' | 'calendar'>

/** What a source keeps of its counters when staff write it: a cap that is removed and set again counts on, also in another time zone. */
export function planSourceCounters(input: Terms, previous: (Terms & Counted) | undefined, at: string): Counted {
  const counters = planCounters(
    toCountedCaps(input),
    previous && { caps: toCountedCaps(previous), counters: previous.counters },
    at,
  )
  const calendar = planCalendar(input, previous, at)
  return { ...(counters.length > 0 && { counters }), ...(calendar && counters.length > 0 && { calendar }) }
}
