import type { DeliveryState } from '../../domain/delivery/delivery.ts'
import { isMeant, type ReplayFilter } from '../../domain/delivery/replay.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Outline, Place } from '../../store/delivery/replays.ts'
import type { Cursor } from '../../store/engine/engine.ts'

type Needs = Pick<Dependencies, 'records' | 'replays'>
/** `until`: deliveries that were made later are not looked at. `run`: what it has replayed is meant, as it was before. */
type Filter = Omit<ReplayFilter, 'states'> & { states: readonly DeliveryState[] }
type Search = { filter: Filter; until: string; from: Place | undefined; limit: number; run?: string }

export type Look = { schoolId?: string; looked: number; meant: Outline[]; next?: Place }

/**
 * Looks at the next deliveries of one school, at most `limit` of them, and says which are meant and where to go on; at
 * the end nowhere. Two queries, however many there are.
 */
export async function lookForDeliveries(
  { filter, until, from = {}, limit, run }: Search,
  { records, replays }: Needs,
): Promise<Look> {
  const { schools, deliveries: after } = from
  const { schoolId, next: nextSchools } = await schoolAt(filter, schools, records)
  if (schoolId === undefined) return { looked: 0, meant: [], ...(nextSchools && { next: { schools: nextSchools } }) }
  const { outlines, next } = await replays.outlines(schoolId, filter, until, { limit, after })
  const goesOn: Place | undefined = next
    ? { deliveries: next, ...(schools && { schools }) }
    : nextSchools && { schools: nextSchools }
  return {
    schoolId,
    looked: outlines.length,
    meant: outlines.filter((one) => isMeant(filter, one) || (run !== undefined && one.replayedBy === run)),
    ...(goesOn && { next: goesOn }),
  }
}

type SchoolAt = { schoolId?: string; next?: Cursor }

async function schoolAt({ schoolId }: Filter, after: Cursor | undefined, records: Needs['records']) {
  if (schoolId !== undefined) return { schoolId } satisfies SchoolAt
  const { records: found, next } = await records.list('schools', { limit: 1, ...(after && { after }) })
  const [first] = found
  return { ...(first && { schoolId: first.id }), ...(next && { next }) } satisfies SchoolAt
}
