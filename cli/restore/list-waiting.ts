import type { Attempt } from '#shared/domain/delivery/delivery.ts'
import { isNotice } from '#shared/domain/delivery/notice.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { StoredDelivery } from '#shared/store/delivery/delivery-row.ts'
import type { WaitingPosition } from '#shared/store/delivery/due-store.ts'
import { endOffer, endUncertainDelivery } from '#shared/store/delivery/end-waiting.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { RestoreFault } from './restore-stage.ts'

/** What a backup was about to send to schools. Notices of erasures and withdrawals are not in it: they may arrive twice. */
export type Waiting = {
  deliveries: readonly StoredDelivery[]
  /** IDs of leads that were due to be offered to further schools. */
  offers: readonly string[]
  /** IDs of bulk replays that were running. */
  replays: readonly string[]
}
type WaitingDependencies = Pick<Dependencies, 'due' | 'deliveries' | 'replayJobs' | 'now' | 'newId'>

const pageSize = 1000
const maxOffersPerShard = 100_000

export async function listWaiting(
  { due, deliveries, replayJobs, now }: WaitingDependencies,
  isWanted: (deliveryId: string) => boolean = () => true,
): Promise<Waiting> {
  const waiting: StoredDelivery[] = []
  let position: WaitingPosition | undefined
  do {
    const page = await due.listWaiting(position, pageSize)
    for (const { deliveryId } of page.waiting) {
      const delivery = isWanted(deliveryId) ? await deliveries.find(deliveryId) : undefined
      if (delivery && delivery.state !== 'erased' && !isNotice(delivery)) waiting.push(delivery)
    }
    position = page.next
  } while (position)
  const offers = await due.listLeads(now().toISOString(), maxOffersPerShard)
  return { deliveries: waiting, offers: offers.flat(), replays: await replayJobs.listRunning() }
}

/** Ends all of it, so that nothing is sent twice. What is not sent is not charged, and staff can replay it. */
export async function endWaiting(
  { deliveries, offers, replays }: Waiting,
  engine: Engine<Table>,
  { deliveries: store, replayJobs, newId, now }: WaitingDependencies,
): Promise<void> {
  const at = now().toISOString()
  for (const { deliveryId } of deliveries) {
    // An erasure or a withdrawal may have ended it since it was listed.
    const delivery = await store.find(deliveryId)
    if (!delivery || delivery.state === 'erased' || delivery.dueAt === undefined) continue
    const attempt: Attempt = {
      attemptId: newId('attempt'),
      deliveryId,
      number: delivery.attempts + 1,
      startedAt: at,
      endedAt: at,
      kind: 'webhook',
      stage: 'refused',
      outcome: 'dead',
      reason: 'It may have been sent between a backup and its restore, and staff chose not to send it again.',
    }
    if (!(await endUncertainDelivery(engine, delivery, attempt)))
      throw new RestoreFault(`Delivery ${deliveryId} has changed meanwhile. Run the same command again.`)
  }
  for (const leadId of offers) await endOffer(engine, leadId)
  for (const replayId of replays) {
    const job = await replayJobs.find(replayId)
    if (job) await replayJobs.advance(job, { counts: { matched: 0, replayed: 0, skipped: 0, capReached: 0 }, at })
  }
}
