import type { DeliveryState } from '../../domain/delivery/delivery.ts'
import { isMatch, type ReplayFilter } from '../../domain/delivery/replay.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { Outline, SearchPosition } from '../../store/delivery/replays.ts'
import type { Cursor } from '../../store/engine/engine.ts'

type FindMatchingDeliveriesDependencies = Pick<Dependencies, 'records' | 'replays'>
/** `until`: deliveries that were made later are not looked at. `run`: what it has replayed is meant, as it was before. */
type DeliveryFilter = Omit<ReplayFilter, 'states'> & { states: readonly DeliveryState[] }
type DeliverySearch = {
  filter: DeliveryFilter
  until: string
  from: SearchPosition | undefined
  limit: number
  run?: string
}

export type DeliveryBatch = { schoolId?: string; scannedCount: number; matching: Outline[]; next?: SearchPosition }

/**
 * Looks at the next deliveries of one school, at most `limit` of them, and says which are meant and where to go on; at
 * the end nowhere. Two queries, however many there are.
 */
export async function findMatchingDeliveries(
  { filter, until, from = {}, limit, run }: DeliverySearch,
  { records, replays }: FindMatchingDeliveriesDependencies,
): Promise<DeliveryBatch> {
  const { schools: schoolsAfter, deliveries: deliveriesAfter } = from
  const { schoolId, next: nextSchools } = await findNextSchool(filter, schoolsAfter, records)
  if (schoolId === undefined)
    return { scannedCount: 0, matching: [], ...(nextSchools && { next: { schools: nextSchools } }) }
  const { outlines, next } = await replays.outlines(schoolId, filter, until, { limit, after: deliveriesAfter })
  const nextPosition: SearchPosition | undefined = next
    ? { deliveries: next, ...(schoolsAfter && { schools: schoolsAfter }) }
    : nextSchools && { schools: nextSchools }
  return {
    schoolId,
    scannedCount: outlines.length,
    matching: outlines.filter(
      (outline) => isMatch(filter, outline) || (run !== undefined && outline.replayedBy === run),
    ),
    ...(nextPosition && { next: nextPosition }),
  }
}

type NextSchool = { schoolId?: string; next?: Cursor }

async function findNextSchool(
  { schoolId }: DeliveryFilter,
  after: Cursor | undefined,
  records: FindMatchingDeliveriesDependencies['records'],
) {
  if (schoolId !== undefined) return { schoolId } satisfies NextSchool
  const { records: schools, next } = await records.list('schools', { limit: 1, ...(after && { after }) })
  const [first] = schools
  return { ...(first && { schoolId: first.id }), ...(next && { next }) } satisfies NextSchool
}
