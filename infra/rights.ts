import {
  apiKeyRights,
  apiKeys,
  counters,
  dedupeMarkers,
  deliveries,
  endpointHealth,
  pages,
  readActions,
  readWriteActions,
  replayRight,
  storedResponses,
  suppressions,
} from '#infra/key-patterns.ts'
import type { Rights } from '#infra/right.ts'
import { workerRights } from '#infra/worker-rights.ts'
import type { LambdaName } from '#shared/platform/environment.ts'
import { deliveriesPartition, schoolReturnsPartition } from '#shared/store/index-keys.ts'
import {
  candidateKey,
  consentKey,
  leadKey,
  linkKey,
  manifestKey,
  personKey,
  recordKey,
  webhookSecretKey,
} from '#shared/store/keys.ts'

const campaignLinks = [
  linkKey(['schools', '*'], ['campaigns', '']).pk,
  linkKey(['programs', '*'], ['campaigns', '']).pk,
]

/**
 * Who may touch what, all of it: a Lambda that is not told here, cannot. Scan is nobody's. A row of writes without
 * `GetItem` gets nothing back from what it writes. `UpdateItem` brings `PutItem` along where the item may expire: the
 * engine then begins it anew.
 */
export const rights: { [Name in LambdaName]: Rights } = {
  catalog: {
    tables: [{ table: 'catalog', may: readActions, keys: pages }],
    edgeSecret: 'read',
  },
  capture: {
    tables: [
      { table: 'catalog', may: ['Query'], keys: [candidateKey('*', '*', '').pk] },
      {
        table: 'catalog',
        may: ['GetItem'],
        keys: [...pages, apiKeys, recordKey('sources', '').pk, recordKey('schools', '').pk],
      },
      { table: 'leads', may: ['GetItem'], keys: [storedResponses, dedupeMarkers, counters, suppressions] },
      {
        table: 'leads',
        may: ['PutItem'],
        keys: [
          leadKey('*').pk,
          consentKey('*').pk,
          personKey('*', '').pk,
          deliveries,
          storedResponses,
          dedupeMarkers,
          counters,
          suppressions,
        ],
      },
      { table: 'leads', may: ['UpdateItem', 'ConditionCheckItem'], keys: [storedResponses, dedupeMarkers, counters] },
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
        keys: [apiKeys, recordKey('schools', '').pk, recordKey('programs', '').pk],
      },
      { table: 'catalog', may: ['GetItem', 'UpdateItem'], keys: [webhookSecretKey('*').pk] },
      // A school changes its own campaigns: the record, and what routing reads of it.
      {
        table: 'catalog',
        may: ['GetItem', 'PutItem'],
        keys: [recordKey('campaigns', '').pk, manifestKey('campaigns', '').pk],
      },
      { table: 'catalog', may: ['PutItem', 'DeleteItem'], keys: [candidateKey('*', '*', '').pk, ...campaignLinks] },
      { table: 'catalog', may: ['Query'], keys: campaignLinks },
      { table: 'leads', may: ['GetItem'], keys: [counters] },
      // What it tells of its leads, and the leads that it sends itself to try.
      { table: 'leads', may: ['PutItem', 'UpdateItem', 'ConditionCheckItem'], keys: [deliveries] },
      {
        table: 'leads',
        may: ['PutItem'],
        keys: [leadKey('*').pk, consentKey('*').pk, personKey('*', '').pk, storedResponses],
      },
      {
        table: 'leads',
        index: 'timeline',
        may: ['Query'],
        keys: [deliveriesPartition('*'), schoolReturnsPartition('*')],
      },
      { table: 'leads', may: readActions, keys: [deliveries] },
      ...apiKeyRights,
      replayRight,
    ],
    secret: 'read',
    edgeSecret: 'read',
    deliveries: ['SendMessage'],
  },
  operator: {
    tables: [
      { table: 'catalog', may: [...readWriteActions, 'DeleteItem'], keys: 'any' },
      { table: 'leads', may: readWriteActions, keys: 'any' },
      // Of a person who is forgotten nothing leads to a lead any more.
      { table: 'leads', may: ['DeleteItem'], keys: [personKey('*', '').pk, dedupeMarkers] },
      // Who saves a campaign wants its endpoints tried again.
      { table: 'leads', may: ['DeleteItem'], keys: [endpointHealth] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: 'any' },
      { table: 'leads', index: 'due', may: ['Query'], keys: 'any' },
    ],
    secret: 'read',
    edgeSecret: 'read',
    deliveries: ['SendMessage'],
  },
  ...workerRights,
}
