import { acceptLeadRights } from '#infra/delivery-rights.ts'
import {
  apiKeyRights,
  apiKeys,
  certificates,
  counters,
  dedupeMarkers,
  deliveries,
  endpointHealth,
  inboundFetches,
  ledgerEntries,
  notifications,
  pages,
  peopleRows,
  postbacks,
  publishIntents,
  readActions,
  readLedgerRights,
  readWriteActions,
  recountMarkRight,
  rejectedInbound,
  replayRight,
  returnShares,
  routingRights,
  sessionRights,
  storedResponses,
  withdrawalRights,
} from '#infra/key-patterns.ts'
import type { Rights } from '#infra/right.ts'
import { workerRights } from '#infra/worker-rights.ts'
import type { LambdaName } from '#shared/platform/environments.ts'
import { deliveriesPartition, schoolReturnsPartition, sourceLeadsPartition } from '#shared/store/index-keys.ts'
import {
  candidateKey,
  consentKey,
  leadKey,
  linkKey,
  manifestKey,
  personKey,
  readinessKey,
  recordKey,
  searchKey,
  webhookSecretKey,
} from '#shared/store/keys.ts'

const campaignLinks = [
  linkKey(['schools', '*'], ['campaigns', '']).pk,
  linkKey(['programs', '*'], ['campaigns', '']).pk,
]

/**
 * All rights of all Lambdas. No Lambda may scan. A row that may write but not `GetItem` gets nothing back from its
 * writes. `UpdateItem` needs `PutItem` too if the item can expire, because the engine replaces an expired item by a
 * put.
 */
export const rights: { [Name in LambdaName]: Rights } = {
  catalog: {
    tables: [{ table: 'catalog', may: readActions, keys: [...pages, searchKey('').pk] }],
    edgeSecret: 'read',
  },
  capture: {
    tables: [
      ...routingRights,
      {
        table: 'catalog',
        may: ['GetItem'],
        keys: [...pages, apiKeys, recordKey('sources', '').pk, recordKey('careers', '').pk],
      },
      ...acceptLeadRights,
      { table: 'leads', may: ['PutItem'], keys: [readinessKey().pk] },
      { table: 'leads', may: ['PutItem'], keys: [inboundFetches] },
      ...withdrawalRights,
      ...apiKeyRights,
    ],
    secret: 'read',
    edgeSecret: 'read',
    deliveries: ['SendMessage'],
  },
  school: {
    tables: [
      {
        table: 'catalog',
        may: ['GetItem'],
        keys: [apiKeys, recordKey('schools', '').pk, recordKey('programs', '').pk, recordKey('sources', '').pk],
      },
      { table: 'catalog', may: ['GetItem', 'UpdateItem'], keys: [webhookSecretKey('*').pk] },
      // A school changes its own campaigns: the record, and its routing candidates.
      {
        table: 'catalog',
        may: ['GetItem', 'PutItem', 'ConditionCheckItem'],
        keys: [recordKey('campaigns', '').pk, manifestKey('campaigns', '').pk],
      },
      { table: 'catalog', may: ['PutItem', 'DeleteItem'], keys: [candidateKey('*', '*', '').pk, ...campaignLinks] },
      { table: 'catalog', may: ['Query'], keys: campaignLinks },
      { table: 'catalog', may: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], keys: [publishIntents] },
      { table: 'leads', may: ['GetItem'], keys: [counters, endpointHealth] },
      // Dispositions and returns of its leads, its test leads, and the charge of a lead that it opens after a bounce.
      { table: 'leads', may: ['PutItem', 'UpdateItem', 'ConditionCheckItem'], keys: [deliveries, returnShares] },
      {
        table: 'leads',
        may: ['PutItem'],
        keys: [leadKey('*').pk, consentKey('*').pk, personKey('*', '').pk, storedResponses, ledgerEntries, postbacks],
      },
      {
        table: 'leads',
        index: 'timeline',
        may: ['Query'],
        keys: [deliveriesPartition('*'), schoolReturnsPartition('*')],
      },
      { table: 'leads', may: readActions, keys: [deliveries] },
      { table: 'leads', may: ['Query'], keys: [notifications, certificates] },
      ...withdrawalRights,
      ...apiKeyRights,
      replayRight,
      recountMarkRight,
      ...readLedgerRights('schools'),
      ...sessionRights,
    ],
    secret: 'read',
    edgeSecret: 'read',
    deliveries: ['SendMessage'],
  },
  publisher: {
    tables: [
      // The record of a school is read when one of its keys is sent here, to refuse it.
      {
        table: 'catalog',
        may: ['GetItem'],
        keys: [apiKeys, recordKey('sources', '').pk, recordKey('schools', '').pk],
      },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [sourceLeadsPartition('*')] },
      ...readLedgerRights('sources'),
      { table: 'leads', may: ['Query'], keys: [leadKey('*').pk, deliveries] },
      { table: 'leads', may: ['GetItem'], keys: [counters] },
      { table: 'leads', may: ['Query'], keys: [notifications] },
      ...apiKeyRights,
      ...sessionRights,
    ],
    secret: 'read',
    edgeSecret: 'read',
  },
  operator: {
    tables: [
      { table: 'catalog', may: [...readWriteActions, 'DeleteItem'], keys: 'any' },
      { table: 'leads', may: readWriteActions, keys: 'any' },
      // After an erasure no row leads from the person to a lead.
      { table: 'leads', may: ['DeleteItem'], keys: [personKey('*', '').pk, dedupeMarkers] },
      // Saving a campaign enables its disabled endpoints.
      { table: 'leads', may: ['DeleteItem'], keys: [endpointHealth] },
      // People who sign in are deleted, and sessions end.
      { table: 'leads', may: ['DeleteItem'], keys: peopleRows },
      { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem'], keys: [rejectedInbound] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: 'any' },
      { table: 'leads', index: 'due', may: ['Query'], keys: 'any' },
      { table: 'leads', index: 'ledger', may: ['Query'], keys: 'any' },
      { table: 'leads', index: 'payouts', may: ['Query'], keys: 'any' },
    ],
    secret: 'read',
    edgeSecret: 'read',
    deliveries: ['SendMessage'],
    // Invitations and sign-in links.
    mail: 'send',
  },
  ...workerRights,
}
