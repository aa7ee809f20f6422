import type { TableRight } from '#infra/right.ts'
import {
  deliveriesPartition,
  leadsPartition,
  ledgerPartition,
  notificationsPartition,
  postbacksPartition,
  returnsPartition,
  unsealedPartition,
  visitorMessagesPartition,
  withdrawalsPartition,
} from '#shared/store/index-keys.ts'
import {
  accessKeyKey,
  accessKeyRecordKey,
  accessKeyUseKey,
  accessPersonKey,
  auditEntryKey,
  auditHeadKey,
  auditSealKey,
  bucketKey,
  candidateKey,
  certificateKey,
  consentKey,
  consentListKey,
  counterKey,
  dedupeMarkerKey,
  deliveryKey,
  endpointHealthKey,
  erasureKey,
  fileKey,
  inboundFetchKey,
  keyRingKey,
  leadKey,
  ledgerEntryKey,
  notificationKey,
  notifiedKey,
  offerKey,
  pageKey,
  peopleKey,
  personIndexKey,
  personKey,
  personSessionKey,
  personSessionUseKey,
  postbackKey,
  proofKey,
  publishIntentKey,
  recordKey,
  recountMarkKey,
  rejectedInboundKey,
  returnShareKey,
  signInEmailKey,
  statementKey,
  statementPartKey,
  storedResponseKey,
  suppressionKey,
  suppressionRecordKey,
  visitorMessageKey,
  withdrawalKey,
} from '#shared/store/keys.ts'
import { reportPartKey, reportProgressKey } from '#shared/store/report-keys.ts'

export const pages = [pageKey('*', 'CAREER').pk, offerKey('*', 'PROGRAM').pk]
export const storedResponses = storedResponseKey('*', '').pk
export const counters = counterKey('*', '').pk
export const deliveries = deliveryKey('*').pk
export const dedupeMarkers = dedupeMarkerKey('*', '').pk
export const files = fileKey('*').pk
export const endpointHealth = endpointHealthKey('*').pk
export const suppressions = suppressionKey('*').pk
export const auditEntries = auditEntryKey('*', '').pk
export const auditSeals = auditSealKey('*', 0).pk
export const auditHeads = auditHeadKey('').pk
export const suppressionRecords = suppressionRecordKey('*').pk
export const withdrawals = withdrawalKey('*').pk
export const returnShares = returnShareKey('*', '').pk
export const certificates = certificateKey('*', '').pk
export const inboundFetches = inboundFetchKey('*').pk
export const rejectedInbound = rejectedInboundKey('*').pk
export const postbacks = postbackKey('*', '').pk
export const notifications = notificationKey('*', '').pk
export const visitorMessages = visitorMessageKey('*', '').pk
export const apiKeys = accessKeyKey('*').pk
export const apiKeyUse = accessKeyUseKey('').pk
export const buckets = bucketKey('*', '*').pk

export const readActions = ['GetItem', 'Query'] as const
export const readWriteActions = [...readActions, 'PutItem', 'UpdateItem', 'ConditionCheckItem'] as const

// Every Lambda that checks API keys records their use and updates rate limits, but cannot change the keys themselves.
export const apiKeyRights: readonly TableRight[] = [
  { table: 'catalog', may: ['UpdateItem'], keys: [apiKeyUse] },
  // A portal session ends with its place in the ring, and with the staff key that created its link.
  { table: 'catalog', may: ['GetItem'], keys: [keyRingKey('*').pk, accessKeyRecordKey('').pk] },
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem'], keys: [buckets] },
]
/** People who sign in, with their emails and sessions. */
export const peopleRows = [
  accessPersonKey('*').pk,
  personSessionKey('*', '').pk,
  personSessionUseKey('*', '').pk,
  signInEmailKey('*', '').pk,
  peopleKey('*', '').pk,
]
/** Checks the session of a person, and records its use. It cannot begin one, nor change a person. */
export const sessionRights: readonly TableRight[] = [
  { table: 'leads', may: ['GetItem'], keys: [accessPersonKey('*').pk, personSessionKey('*', '').pk] },
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem'], keys: [personSessionUseKey('*', '').pk] },
]
/** Adds audit entries to the changes that a Lambda makes. It cannot read, change or delete them. */
export const auditRight: TableRight = { table: 'leads', may: ['PutItem'], keys: [auditEntries] }
/** The counts of days, and of those that are not finished. */
export const dayCounts = [
  ...['daily', 'totals#*', 'quarters#*', 'owner#*'].map((of) => reportPartKey(of, '').pk),
  reportProgressKey('*', '').pk,
]
export const recountMarks = recountMarkKey('*', '').pk
/** Marks the day of a lead that changed late. */
export const recountMarkRight: TableRight = { table: 'leads', may: ['UpdateItem'], keys: [recountMarks] }
/** Erases a person's data from their leads, and creates the notices to schools. */
export const erasureRights: readonly TableRight[] = [
  { table: 'leads', may: ['GetItem', 'Query', 'PutItem', 'UpdateItem'], keys: [leadKey('*').pk, deliveries] },
  { table: 'leads', may: ['GetItem', 'Query', 'PutItem', 'UpdateItem'], keys: [erasureKey('*').pk] },
  { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem', 'PutItem'], keys: [consentKey('*').pk] },
  { table: 'leads', may: ['Query', 'DeleteItem'], keys: [personKey('*', '').pk] },
  { table: 'leads', may: ['PutItem'], keys: [proofKey('*', '').pk] },
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'DeleteItem'], keys: [dedupeMarkers] },
  { table: 'leads', may: ['UpdateItem'], keys: [counters] },
  recountMarkRight,
]
/** Sends postbacks to sources. Decisions are in the partition of their lead. */
export const postbackSenderRights: readonly TableRight[] = [
  { table: 'catalog', may: ['GetItem'], keys: [recordKey('sources', '').pk] },
  { table: 'leads', index: 'due', may: ['Query'], keys: [postbacksPartition] },
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'DeleteItem'], keys: [postbacks] },
  { table: 'leads', may: ['Query'], keys: [leadKey('*').pk, deliveries] },
]
/** Notices what staff and schools should know of, and emails it to their people. */
export const notifyRights: readonly TableRight[] = [
  { table: 'catalog', may: readActions, keys: [recordKey('schools', '').pk] },
  { table: 'catalog', may: ['Query'], keys: [recordKey('campaigns', '').pk] },
  { table: 'catalog', may: ['GetItem'], keys: [recordKey('sources', '').pk] },
  { table: 'leads', may: ['GetItem'], keys: [counters] },
  { table: 'leads', may: ['Query'], keys: [endpointHealth] },
  // When a school got its latest lead, from the index alone.
  { table: 'leads', index: 'timeline', may: ['Query'], keys: [deliveriesPartition('*')] },
  { table: 'leads', may: ['Query', 'PutItem', 'DeleteItem'], keys: [notifiedKey('*', '').pk] },
  { table: 'leads', index: 'due', may: ['Query'], keys: [notificationsPartition] },
  { table: 'leads', may: ['GetItem', 'PutItem', 'UpdateItem'], keys: [notifications] },
  // The emails of those who are told.
  { table: 'leads', may: ['Query'], keys: [peopleKey('*', '').pk] },
  { table: 'leads', may: ['GetItem'], keys: [accessPersonKey('*').pk] },
]
/** Accepts the returns that staff have not decided in time. */
export const returnApprovalRights: readonly TableRight[] = [
  { table: 'leads', index: 'due', may: ['Query'], keys: [returnsPartition('requested')] },
  { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem'], keys: [deliveries] },
  { table: 'leads', may: ['PutItem'], keys: [auditEntries, postbacks, notifications] },
  recountMarkRight,
]
/** Sends emails to visitors, about their leads. Decisions are in the partition of their lead. */
export const visitorMailRights: readonly TableRight[] = [
  { table: 'leads', index: 'due', may: ['Query'], keys: [visitorMessagesPartition] },
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem', 'DeleteItem'], keys: [visitorMessages] },
  { table: 'leads', may: readActions, keys: [leadKey('*').pk] },
  { table: 'leads', may: ['GetItem'], keys: [consentKey('*').pk, suppressions] },
]
export const ledgerEntries = ledgerEntryKey('*', '').pk
/** Adds entries to ledgers. It cannot change or delete them. */
export const ledgerRight: TableRight = { table: 'leads', may: ['PutItem'], keys: [ledgerEntries] }
export const statements = statementKey('*', '').pk
export const statementParts = statementPartKey('*', { month: '', hash: '' }, 0).pk
/** Reads the ledgers and statements of one kind of account. */
export const readLedgerRights = (kind: 'schools' | 'sources'): readonly TableRight[] => {
  const accounts = `${kind}#*`
  const index = kind === 'sources' ? 'payouts' : 'ledger'
  return [
    { table: 'leads', index, may: ['Query'], keys: [ledgerPartition(accounts)] },
    {
      table: 'leads',
      may: readActions,
      keys: [statementKey(accounts, '').pk, statementPartKey(accounts, { month: '', hash: '' }, 0).pk],
    },
  ]
}
export const publishIntents = publishIntentKey('careers', '').pk
/** Reads the candidates of a career and state, and the records of those that are being published. */
export const routingRights: readonly TableRight[] = [
  { table: 'catalog', may: ['Query'], keys: [candidateKey('*', '*', '').pk, publishIntents] },
  {
    table: 'catalog',
    may: ['GetItem'],
    keys: [recordKey('campaigns', '').pk, recordKey('schools', '').pk, recordKey('programs', '').pk],
  },
]
/** Records a withdrawal of consent. The worker applies it to leads and deliveries. */
export const withdrawalRights: readonly TableRight[] = [
  auditRight,
  { table: 'leads', may: ['GetItem', 'PutItem'], keys: [suppressions] },
  { table: 'leads', may: ['GetItem', 'PutItem', 'UpdateItem'], keys: [suppressionRecords] },
  { table: 'leads', may: ['PutItem'], keys: [withdrawals] },
]
/** Applies withdrawals to leads and deliveries, and creates the notices to schools. */
export const withdrawWorkerRights: readonly TableRight[] = [
  recountMarkRight,
  { table: 'leads', index: 'due', may: ['Query'], keys: [withdrawalsPartition] },
  {
    table: 'leads',
    may: ['GetItem', 'Query', 'UpdateItem', 'PutItem', 'ConditionCheckItem'],
    keys: [leadKey('*').pk],
  },
  { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem', 'PutItem'], keys: [deliveries, withdrawals] },
  { table: 'leads', may: ['GetItem'], keys: [consentKey('*').pk] },
  { table: 'leads', may: ['Query', 'PutItem'], keys: [personKey('*', '').pk] },
  // Leads of an earlier version are found by a hash once they have been indexed.
  { table: 'leads', index: 'timeline', may: ['Query'], keys: [leadsPartition('*')] },
  { table: 'leads', may: ['GetItem', 'PutItem'], keys: [personIndexKey().pk] },
  // Deliveries that end release their cap reservations.
  { table: 'leads', may: ['UpdateItem'], keys: [counters] },
  // A later consent of the person is no duplicate.
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'DeleteItem'], keys: [dedupeMarkers] },
]
// A replay makes a delivery due. A dead one reserves its caps again.
export const replayRight: TableRight = { table: 'leads', may: ['UpdateItem'], keys: [deliveries, counters] }
/** Gives audit entries their place in the chain. */
export const sealRights: readonly TableRight[] = [
  { table: 'leads', index: 'due', may: ['Query'], keys: [unsealedPartition] },
  { table: 'leads', may: ['GetItem'], keys: [auditEntries] },
  // It gives an entry its place in the chain and can change nothing else of it.
  {
    table: 'leads',
    may: ['UpdateItem'],
    keys: [auditEntries],
    attributes: ['pk', 'sk', 'duePk', 'dueSk', 'sealDay', 'sequence', 'expiresAt'],
  },
  { table: 'leads', may: ['PutItem'], keys: [auditSeals] },
  { table: 'leads', may: ['Query', 'PutItem', 'ConditionCheckItem'], keys: [auditHeads] },
]
/** Verifies the chain of the audit. */
export const verifyAuditRights: readonly TableRight[] = [
  { table: 'leads', may: ['GetItem', 'Query'], keys: [auditEntries, auditSeals, auditHeads] },
  // It lists the proofs of consent of each day.
  { table: 'leads', index: 'timeline', may: ['Query'], keys: [leadsPartition('*')] },
  { table: 'leads', may: ['GetItem'], keys: [consentKey('*').pk] },
  { table: 'leads', may: ['GetItem', 'PutItem'], keys: [consentListKey().pk] },
  { table: 'leads', may: ['PutItem'], keys: [auditEntries] },
]
