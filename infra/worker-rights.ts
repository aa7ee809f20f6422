import { acceptLeadRights, deliverRights, fileRights } from '#infra/delivery-rights.ts'
import {
  apiKeys,
  certificates,
  counters,
  dayCounts,
  dedupeMarkers,
  deliveries,
  endpointHealth,
  erasureRights,
  files,
  inboundFetches,
  ledgerRight,
  notifyRights,
  pages,
  postbackSenderRights,
  postbacks,
  publishIntents,
  readActions,
  recountMarkRight,
  recountMarks,
  replayRight,
  returnApprovalRights,
  routingRights,
  sealRights,
  statementParts,
  statements,
  suppressionRecords,
  suppressions,
  verifyAuditRights,
  visitorMailRights,
  withdrawWorkerRights,
} from '#infra/key-patterns.ts'
import { dueIndexAttributes, type Rights } from '#infra/right.ts'
import type { WorkerName } from '#shared/platform/workers.ts'
import {
  certificatesPartition,
  deliveriesPartition,
  duePartition,
  erasuresPartition,
  inboundFetchesPartition,
  leadsPartition,
  ledgerPartition,
  offersPartition,
  replaysPartition,
} from '#shared/store/index-keys.ts'
import {
  accessKeyRecordKey,
  candidateKey,
  consentKey,
  contentsKey,
  keyRingKey,
  leadKey,
  linkKey,
  listedSchoolKey,
  manifestKey,
  questionKey,
  recordKey,
  replayKey,
  retentionKey,
  schoolListingKey,
  searchKey,
  searchMarkKey,
  withdrawalKey,
} from '#shared/store/keys.ts'
import { reportKey } from '#shared/store/report-keys.ts'

const recordKinds = ['careers', 'schools', 'programs', 'campaigns', 'sources', 'state-figures'] as const

/** What each worker may read and write. */
export const workerRights: { [Name in `worker/${WorkerName}`]: Rights } = {
  'worker/deliver': deliverRights,
  'worker/file': fileRights,
  'worker/bounce': {
    tables: [
      // An email with a file tells of each lead in it.
      { table: 'leads', may: ['GetItem'], keys: [files] },
      { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem', 'ConditionCheckItem'], keys: [deliveries] },
      { table: 'leads', may: ['PutItem'], keys: [endpointHealth] },
      recountMarkRight,
      ledgerRight,
    ],
  },
  'worker/publish': {
    tables: [
      { table: 'catalog', may: ['GetItem'], keys: recordKinds.map((kind) => recordKey(kind, '').pk) },
      { table: 'catalog', may: ['Query', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], keys: [publishIntents] },
      {
        table: 'catalog',
        may: ['GetItem', 'PutItem', 'ConditionCheckItem'],
        keys: recordKinds.map((kind) => manifestKey(kind, '').pk),
      },
      {
        table: 'catalog',
        may: ['Query', 'PutItem', 'DeleteItem'],
        keys: [
          ...recordKinds.map((kind) => linkKey([kind, '*'], [kind, '']).pk),
          listedSchoolKey('*', '').pk,
          schoolListingKey('*', '', '').pk,
        ],
      },
      {
        table: 'catalog',
        may: ['PutItem', 'DeleteItem'],
        keys: [contentsKey('', '').pk, ...pages, questionKey('*', '', '').pk, candidateKey('*', '*', '').pk],
      },
      // The search is built from all careers.
      { table: 'catalog', may: ['Query'], keys: [recordKey('careers', '').pk] },
      { table: 'catalog', may: ['Query', 'PutItem', 'DeleteItem'], keys: [searchKey('').pk] },
      { table: 'catalog', may: ['GetItem', 'PutItem', 'DeleteItem'], keys: [searchMarkKey().pk] },
      // Whether the page of a related career shows the title as it is; listings and their leaves.
      { table: 'catalog', may: ['GetItem', 'Query', 'ConditionCheckItem'], keys: pages },
      // The keys of a removed school or source are revoked.
      { table: 'catalog', may: ['GetItem', 'PutItem'], keys: [keyRingKey('*').pk] },
      { table: 'catalog', may: ['GetItem', 'UpdateItem'], keys: [accessKeyRecordKey('').pk] },
      { table: 'catalog', may: ['DeleteItem'], keys: [apiKeys] },
      // The deliveries that wait for a removed campaign become due. It changes nothing else of them.
      { table: 'leads', index: 'due', may: ['Query'], keys: [duePartition('*')] },
      { table: 'leads', may: ['Query'], keys: [deliveries] },
      {
        table: 'leads',
        may: ['UpdateItem'],
        keys: [deliveries],
        attributes: [...dueIndexAttributes, 'dueAt', 'attempts', 'replays'],
      },
    ],
  },
  'worker/seal': { tables: sealRights },
  'worker/verify-audit': { tables: verifyAuditRights },
  'worker/offer': {
    tables: [
      ...routingRights,
      { table: 'catalog', may: ['GetItem'], keys: [recordKey('sources', '').pk] },
      { table: 'leads', index: 'due', may: ['Query'], keys: [offersPartition('*')] },
      {
        table: 'leads',
        may: readActions,
        keys: [leadKey('*').pk, consentKey('*').pk, deliveries, dedupeMarkers, counters],
      },
      { table: 'leads', may: ['PutItem', 'UpdateItem'], keys: [leadKey('*').pk, deliveries, dedupeMarkers, counters] },
      { table: 'leads', may: ['PutItem'], keys: [postbacks] },
      { table: 'leads', may: ['GetItem'], keys: [suppressions] },
      { table: 'leads', may: ['Query'], keys: [certificates] },
      recountMarkRight,
    ],
    secret: 'read',
  },
  'worker/replay': {
    tables: [
      { table: 'catalog', may: readActions, keys: [recordKey('schools', '').pk] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [deliveriesPartition('*')] },
      { table: 'leads', index: 'due', may: ['Query'], keys: [replaysPartition] },
      { table: 'leads', may: ['GetItem'], keys: [deliveries] },
      replayRight,
      recountMarkRight,
      { table: 'leads', may: ['GetItem', 'UpdateItem'], keys: [replayKey('*').pk] },
    ],
  },
  'worker/erase': {
    tables: [
      { table: 'leads', index: 'due', may: ['Query'], keys: [erasuresPartition] },
      ...erasureRights,
      // The email, phone and reasons in the suppressions of an erased person.
      { table: 'leads', may: ['Query'], keys: [suppressions] },
      { table: 'leads', may: ['GetItem', 'UpdateItem'], keys: [suppressionRecords] },
      { table: 'leads', may: ['UpdateItem'], keys: [withdrawalKey('*').pk] },
    ],
    secret: 'read',
  },
  'worker/withdraw': {
    tables: withdrawWorkerRights,
    secret: 'read',
  },
  'worker/visitor-mail': { tables: visitorMailRights, secret: 'read', mail: 'send' },
  'worker/postback': { tables: postbackSenderRights, secret: 'read' },
  'worker/certify': {
    tables: [
      {
        table: 'leads',
        index: 'due',
        may: ['Query'],
        keys: [certificatesPartition('fresh'), certificatesPartition('failing')],
      },
      // The contact details that the vendor compares.
      { table: 'leads', may: ['Query'], keys: [leadKey('*').pk] },
      { table: 'leads', may: ['GetItem'], keys: [consentKey('*').pk] },
      { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem'], keys: [certificates] },
    ],
    secret: 'read',
  },
  'worker/inbound': {
    tables: [
      ...routingRights,
      ...acceptLeadRights,
      { table: 'catalog', may: ['GetItem'], keys: [recordKey('sources', '').pk, recordKey('careers', '').pk] },
      { table: 'leads', may: ['GetItem'], keys: [suppressions] },
      { table: 'leads', index: 'due', may: ['Query'], keys: [inboundFetchesPartition] },
      { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem'], keys: [inboundFetches] },
    ],
    secret: 'read',
    deliveries: ['SendMessage'],
  },
  'worker/notify': { tables: notifyRights, secret: 'read', mail: 'send' },
  'worker/retain': {
    tables: [
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [leadsPartition('*')] },
      { table: 'leads', may: ['GetItem', 'PutItem'], keys: [retentionKey().pk] },
      ...erasureRights,
    ],
    secret: 'read',
  },
  'worker/credit': {
    tables: [
      { table: 'catalog', may: readActions, keys: [recordKey('schools', '').pk, recordKey('sources', '').pk] },
      { table: 'leads', may: ['GetItem', 'UpdateItem'], keys: [counters] },
      { table: 'leads', index: 'ledger', may: ['Query'], keys: [ledgerPartition('*')] },
      { table: 'leads', index: 'payouts', may: ['Query'], keys: [ledgerPartition('*')] },
      { table: 'leads', may: ['GetItem', 'Query', 'PutItem', 'ConditionCheckItem'], keys: [statements] },
      { table: 'leads', may: ['Query', 'PutItem'], keys: [statementParts] },
      ...returnApprovalRights,
    ],
    secret: 'read',
  },
  'worker/reconcile': {
    tables: [
      { table: 'catalog', may: ['Query'], keys: [recordKey('schools', '').pk] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [leadsPartition('*'), deliveriesPartition('*')] },
      // Decisions are in the partition of their lead.
      { table: 'leads', may: ['Query'], keys: [leadKey('*').pk] },
      { table: 'leads', may: ['GetItem', 'PutItem'], keys: [reportKey('reconciliation', '').pk] },
    ],
  },
  'worker/roll-up': {
    tables: [
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [leadsPartition('*')] },
      // Decisions are in the partition of their lead, dispositions in that of their delivery.
      { table: 'leads', may: readActions, keys: [leadKey('*').pk, deliveries] },
      { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem', 'PutItem'], keys: dayCounts },
      { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem', 'DeleteItem'], keys: [recountMarks] },
    ],
  },
  'worker/sweep': {
    tables: [
      { table: 'leads', index: 'due', may: ['Query'], keys: [duePartition('*')] },
      // It only moves rows within the due index, so it may read no row and write only index attributes.
      { table: 'leads', may: ['UpdateItem'], keys: [deliveries], attributes: dueIndexAttributes },
    ],
    deliveries: ['SendMessage', 'GetQueueAttributes'],
  },
}
