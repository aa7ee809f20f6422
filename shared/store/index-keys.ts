import type { ReturnState } from '../domain/aftercare/lead-return.ts'

/** Where rows stand in the indexes of `keys.ts`, while they do. */

/** Spreads what is due over partitions, so that no single one is written by every lead. */
export const dueShards = ['0', '1', '2', '3', '4', '5', '6', '7'] as const
export const duePartition = (shard: string) => `DUE#${shard}`
/** Where the sweeper finds a delivery, from `lookAt` on; `sweeps` counts how often it did since. */
export const dueEntry = (deliveryId: string, lookAt: string, sweeps = 0) => ({
  duePk: duePartition(getShard(deliveryId)),
  dueSk: `${lookAt}#${deliveryId}`,
  sweeps,
})
/** Leads that are to be offered again stand in the same index, apart from the deliveries. */
export const offersPartition = (shard: string) => `OFFERS#${shard}`
export const offerEntry = (leadId: string, offerAt: string | undefined) =>
  offerAt === undefined ? {} : { offerAt, duePk: offersPartition(getShard(leadId)), dueSk: `${offerAt}#${leadId}` }
/** Where staff find what is kept back. It is offered to nobody meanwhile, and so stands in one place of the index or the other. */
export const quarantinePartition = 'QUARANTINE'
export const quarantineEntry = (leadId: string, receivedAt: string) => ({
  duePk: quarantinePartition,
  dueSk: `${receivedAt}#${leadId}`,
})

/** Where staff find returns: those that wait by when they were asked for, the others by when they were decided. */
export const returnsPartition = (state: ReturnState) => `RETURNS#${state}`
export const returnEntry = ({ deliveryId, state, at }: { deliveryId: string; state: ReturnState; at: string }) => ({
  duePk: returnsPartition(state),
  dueSk: `${at}#${deliveryId}`,
})

function getShard(id: string): string {
  return String([...id].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % dueShards.length)
}

/** Replays of all that match, in the timeline; those that run stand in the due index too. */
export const replaysPartition = 'REPLAYS'

/** Erasures, in the timeline; those that run stand in the due index too. */
export const erasuresPartition = 'ERASURES'

export const leadsPartition = (day: string) => `LEADS#${day}`
export const deliveriesPartition = (schoolId: string) => `SCHOOL#${schoolId}`
export const schoolReturnsPartition = (schoolId: string) => `RETURNS#${schoolId}`
