import { type FileEndpoint, isFileEndpoint } from '#shared/domain/delivery/files/file-endpoint.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { parseSchoolEvent } from '#shared/domain/delivery/school-event.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { LeasedDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { LeasedFile } from '#shared/store/delivery/file-store.ts'
import { type CompleteAttemptDependencies, completeAttempt } from '#shared/workflows/delivery/complete-attempt.ts'
import {
  type FindSuppressionDependencies,
  findSuppressionReason,
} from '#shared/workflows/delivery/find-suppression-reason.ts'
import {
  type DeliveryRoute,
  type ResolveEndpointDependencies,
  resolveEndpoint,
} from '#shared/workflows/delivery/resolve-endpoint.ts'

export type LeaseRowsDependencies = Pick<Dependencies, 'files' | 'newId' | 'random' | 'now'> &
  CompleteAttemptDependencies &
  FindSuppressionDependencies &
  ResolveEndpointDependencies

export type FileRoute = DeliveryRoute & { endpoint: FileEndpoint }
/** A lead that may go into a file now, leased for it. */
export type FileRow = { lease: LeasedDelivery; event: LeadCreated; route: FileRoute; startedAt: string }

const concurrentLeases = 25

/**
 * Leases every delivery of a file that may be sent in it now, and returns them in the order of their rows: by the time of the
 * lead, then by ID. One that is bound to other records now, must wait or is stopped leaves the file.
 */
export async function leaseRows(file: LeasedFile, deps: LeaseRowsDependencies): Promise<FileRow[]> {
  const deliveryIds = await deps.files.listDeliveryIds(file.fileId)
  const rows: FileRow[] = []
  for (let from = 0; from < deliveryIds.length; from += concurrentLeases) {
    const batch = deliveryIds.slice(from, from + concurrentLeases)
    const leased = await Promise.all(batch.map((deliveryId) => leaseRow(deliveryId, file, deps)))
    rows.push(...leased.flatMap((row) => row ?? []))
  }
  return rows.toSorted((one, other) => (toSortKey(one) < toSortKey(other) ? -1 : 1))
}

function toSortKey({ event }: FileRow): string {
  return `${event.timestamp}#${event.data.deliveryId}`
}

async function leaseRow(
  deliveryId: string,
  { fileId, campaignId, leaseUntil }: LeasedFile,
  deps: LeaseRowsDependencies,
): Promise<FileRow | undefined> {
  const { deliveries, newId, random, now } = deps
  const startedAt = now().toISOString()
  const delivery = await deliveries.find(deliveryId)
  if (!delivery || delivery.state === 'erased' || delivery.fileId !== fileId) return undefined
  if (delivery.dueAt === undefined || delivery.dueAt > startedAt) return undefined
  const event = parseSchoolEvent(delivery.body)
  if (event.type !== 'lead.created') return undefined
  const route = await resolveEndpoint(delivery, event, startedAt, deps)
  if ('reason' in route) {
    await deliveries.park(delivery, route.dueAt)
    return undefined
  }
  const { endpoint } = route
  if (!endpoint || !isFileEndpoint(endpoint) || route.campaignId !== campaignId) {
    // The deliverer ends it, or sends it by the endpoint that it has now.
    await deliveries.makeDue(delivery, startedAt)
    return undefined
  }
  const token = newId('attempt')
  const lease = await deliveries.lease(delivery, { token, now: startedAt, until: leaseUntil, permitUntil: leaseUntil })
  if (typeof lease === 'string') return undefined
  const suppressedBy = await findSuppressionReason(lease, event, deps)
  if (suppressedBy === undefined) return { lease, event, route: { ...route, endpoint }, startedAt }
  const result = { kind: endpoint.kind, stage: 'refused', reason: suppressedBy, isStopped: true } as const
  const context = { event, route, startedAt, endedAt: now().toISOString(), randomFraction: random() }
  await completeAttempt(lease, result, context, deps)
  return undefined
}
