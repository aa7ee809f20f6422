import type { ReturnState } from '../domain/aftercare/lead-return.ts'

/** Index keys of rows, by index of `keys.ts`. */

/** Spreads due rows over partitions, so that no single partition is written for every lead. */
export const dueShards = ['0', '1', '2', '3', '4', '5', '6', '7'] as const
export const duePartition = (shard: string) => `DUE#${shard}`
/** The sweeper finds a delivery from `lookAt` on; `sweeps` counts how often it was queued since. */
export const dueEntry = (deliveryId: string, lookAt: string, sweeps = 0) => ({
  duePk: duePartition(getShard(deliveryId)),
  dueSk: `${lookAt}#${deliveryId}`,
  sweeps,
})
/** Leads that are offered again are in their own partitions of the same index. */
export const offersPartition = (shard: string) => `OFFERS#${shard}`
export const offerEntry = (leadId: string, offerAt: string | undefined) =>
  offerAt === undefined ? {} : { offerAt, duePk: offersPartition(getShard(leadId)), dueSk: `${offerAt}#${leadId}` }
/** Quarantined leads. They are not offered meanwhile, so a lead is in one partition or the other. */
export const quarantinePartition = 'QUARANTINE'
export const quarantineEntry = (leadId: string, receivedAt: string) => ({
  duePk: quarantinePartition,
  dueSk: `${receivedAt}#${leadId}`,
})

/** Returns by state: open ones by the time of the request, others by the time of the decision. */
export const returnsPartition = (state: ReturnState) => `RETURNS#${state}`
export const returnEntry = ({ deliveryId, state, at }: { deliveryId: string; state: ReturnState; at: string }) => ({
  duePk: returnsPartition(state),
  dueSk: `${at}#${deliveryId}`,
})

export function getShard(id: string): string {
  return String([...id].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % dueShards.length)
}

/** Bulk replays are in the timeline; running ones are in the due index too. */
export const replaysPartition = 'REPLAYS'

/** Erasures are in the timeline; running ones are in the due index too. */
export const erasuresPartition = 'ERASURES'

/** Suppressions are in the timeline. */
export const suppressionsPartition = 'SUPPRESSIONS'

/** Withdrawals are in the timeline; those that the worker must look at again are in the due index too. */
export const withdrawalsPartition = 'WITHDRAWALS'

/** Emails to visitors that are still to be sent. */
export const visitorMessagesPartition = 'MESSAGES'
export const visitorMessageEntry = ({ leadId, kind }: { leadId: string; kind: string }, dueAt: string) => ({
  duePk: visitorMessagesPartition,
  dueSk: `${dueAt}#${leadId}#${kind}`,
})

/** Files of leads that are still to be sent. */
export const filesPartition = 'FILES'
export const fileEntry = (fileId: string, dueAt: string) => ({ duePk: filesPartition, dueSk: `${dueAt}#${fileId}` })

/** Certificates that are still to be retained: new ones, and those whose attempts fail. */
export const certificatesPartition = (part: 'fresh' | 'failing') => `CERTIFICATES#${part}`
type WaitingCertificate = { leadId: string; vendor: string; failures: number }
export const certificateEntry = ({ leadId, vendor, failures }: WaitingCertificate, dueAt: string) => ({
  duePk: certificatesPartition(failures > 0 ? 'failing' : 'fresh'),
  dueSk: `${dueAt}#${leadId}#${vendor}`,
})

/** Postbacks to sources that are still to be sent. */
export const postbacksPartition = 'POSTBACKS'
export const postbackEntry = ({ leadId, name }: { leadId: string; name: string }, dueAt: string) => ({
  duePk: postbacksPartition,
  dueSk: `${dueAt}#${leadId}#${name}`,
})

/** Notifications that are still to be sent. */
export const notificationsPartition = 'NOTIFICATIONS'
export const notificationEntry = ({ pk, sk }: { pk: string; sk: string }, dueAt: string) => ({
  duePk: notificationsPartition,
  dueSk: `${dueAt}#${pk}#${sk}`,
})

export const leadsPartition = (day: string) => `LEADS#${day}`
/** Consents by the owner name of the source: they are kept as long as anything of a lead, and say nothing here but its id. */
export const sourceLeadsPartition = (sourceOwner: string) => `SOURCE#${sourceOwner}`
export const deliveriesPartition = (schoolId: string) => `SCHOOL#${schoolId}`
/** Attempts of schools to work leads that they never took, until staff have handled them. */
export const untakenWorkPartition = 'UNTAKENWORK'
/** Leads of lead forms that are still to be read from their vendor. */
export const inboundFetchesPartition = 'INBOUNDFETCHES'
export const inboundFetchEntry = (inboundId: string, dueAt: string) => ({
  duePk: inboundFetchesPartition,
  dueSk: `${dueAt}#${inboundId}`,
})
/** Leads of lead forms that could not be taken, until staff have handled them. */
export const rejectedInboundPartition = 'REJECTEDINBOUND'
export const schoolReturnsPartition = (schoolId: string) => `RETURNS#${schoolId}`

/** Audit entries by the record that they are of, oldest first. */
export const auditedRecordPartition = (record: { kind: string; id: string }) => `AUDIT#${record.kind}#${record.id}`
/** Audit entries that are not in the hash chain yet. */
export const unsealedPartition = 'AUDIT'

/** Ledger entries of an account by time: those of schools in the index `ledger`, those of sources in `payouts`. */
export const ledgerPartition = (accountName: string) => `LEDGER#${accountName}`
export const ledgerIndexEntry = (accountName: string, { at, entryId }: { at: string; entryId: string }) => ({
  ledgerPk: ledgerPartition(accountName),
  ledgerSk: `${at}#${entryId}`,
})
export const payoutIndexEntry = (accountName: string, { at, entryId }: { at: string; entryId: string }) => ({
  payoutPk: ledgerPartition(accountName),
  payoutSk: `${at}#${entryId}`,
})
