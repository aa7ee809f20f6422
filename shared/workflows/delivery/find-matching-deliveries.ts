import { toOwnerName } from '../../domain/catalog/generation.ts'
import type { DeliveryState } from '../../domain/delivery/delivery.ts'
import { matchesReplayFilter, type ReplayFilter } from '../../domain/delivery/replay-job.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { DeliveryOutline } from '../../store/delivery/delivery-store.ts'
import type { SearchPosition } from '../../store/delivery/replay-job-store.ts'
import type { Cursor } from '../../store/engine/engine.ts'

type FindMatchingDeliveriesDependencies = Pick<Dependencies, 'records' | 'deliveries'>
type DeliveryFilter = Omit<ReplayFilter, 'states'> & { states: readonly DeliveryState[] }
/** `until`: deliveries created later do not match. `run`: deliveries that this run has replayed still match. */
type DeliverySearch = {
  filter: DeliveryFilter
  until: string
  from: SearchPosition | undefined
  limit: number
  run?: string
}

export type DeliveryBatch = {
  schoolId?: string
  scannedCount: number
  matching: DeliveryOutline[]
  next?: SearchPosition
}

/**
 * Scans the next deliveries of one school, at most `limit`, and returns those that match. `next` is absent at the end
 * of the last school. Costs two queries, whatever the number of schools and deliveries.
 */
export async function findMatchingDeliveries(
  { filter, until, from = {}, limit, run }: DeliverySearch,
  { records, deliveries }: FindMatchingDeliveriesDependencies,
): Promise<DeliveryBatch> {
  const { schools: schoolsAfter, deliveries: deliveriesAfter } = from
  const { schoolId, schoolOwner, next: nextSchools } = await findNextSchool(filter, schoolsAfter, records)
  if (schoolId === undefined || schoolOwner === undefined)
    return { scannedCount: 0, matching: [], ...(nextSchools && { next: { schools: nextSchools } }) }
  const span = { from: filter.from, to: filter.to, until }
  const { outlines, next } = await deliveries.listOutlines(schoolOwner, span, { limit, after: deliveriesAfter })
  const nextPosition: SearchPosition | undefined = next
    ? { deliveries: next, ...(schoolsAfter && { schools: schoolsAfter }) }
    : nextSchools && { schools: nextSchools }
  return {
    schoolId,
    scannedCount: outlines.length,
    matching: outlines.filter(
      (outline) => matchesReplayFilter(filter, outline) || (run !== undefined && outline.replayedBy === run),
    ),
    ...(nextPosition && { next: nextPosition }),
  }
}

/** The deliveries of a school that was deleted are listed under its first generation. */
type NextSchool = { schoolId?: string; schoolOwner?: string; next?: Cursor }

async function findNextSchool(
  { schoolId }: DeliveryFilter,
  after: Cursor | undefined,
  records: FindMatchingDeliveriesDependencies['records'],
) {
  if (schoolId !== undefined) {
    const { generation } = (await records.get('schools', schoolId)) ?? {}
    return { schoolId, schoolOwner: toOwnerName({ id: schoolId, generation }) } satisfies NextSchool
  }
  const { records: schools, next } = await records.list('schools', { limit: 1, ...(after && { after }) })
  const [first] = schools
  return {
    ...(first && { schoolId: first.id, schoolOwner: toOwnerName(first) }),
    ...(next && { next }),
  } satisfies NextSchool
}
