import type { Rights } from '#infra/right.ts'
import {
  answers,
  counters,
  deliveries,
  everyKeyed,
  guards,
  keys,
  lines,
  pages,
  read,
  readAndWrite,
  replaysDeliveries,
  suppressed,
} from '#infra/right-keys.ts'
import { workerRights } from '#infra/worker-rights.ts'
import type { Lambda } from '#shared/platform/environment.ts'
import { deliveriesOfSchool, returnsOfSchool } from '#shared/store/index-keys.ts'
import {
  candidateKey,
  consentKey,
  leadKey,
  linkKey,
  manifestKey,
  personKey,
  recordKey,
  secretKey,
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
export const rights: { [Name in Lambda]: Rights } = {
  catalog: {
    tables: [{ table: 'catalog', may: read, keys: pages }],
    edgeSecret: 'read',
  },
  capture: {
    tables: [
      { table: 'catalog', may: ['Query'], keys: [candidateKey('*', '*', '').pk] },
      {
        table: 'catalog',
        may: ['GetItem'],
        keys: [...pages, keys, recordKey('sources', '').pk, recordKey('schools', '').pk],
      },
      { table: 'leads', may: ['GetItem'], keys: [answers, guards, counters, suppressed] },
      {
        table: 'leads',
        may: ['PutItem'],
        keys: [
          leadKey('*').pk,
          consentKey('*').pk,
          personKey('*', '').pk,
          deliveries,
          answers,
          guards,
          counters,
          suppressed,
        ],
      },
      { table: 'leads', may: ['UpdateItem', 'ConditionCheckItem'], keys: [answers, guards, counters] },
      ...everyKeyed,
    ],
    secret: 'read',
    edgeSecret: 'read',
    deliveries: ['SendMessage'],
  },
  school: {
    tables: [
      { table: 'catalog', may: ['GetItem'], keys: [keys, recordKey('schools', '').pk, recordKey('programs', '').pk] },
      { table: 'catalog', may: ['GetItem', 'UpdateItem'], keys: [secretKey('*').pk] },
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
      { table: 'leads', may: ['PutItem'], keys: [leadKey('*').pk, consentKey('*').pk, personKey('*', '').pk, answers] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [deliveriesOfSchool('*'), returnsOfSchool('*')] },
      { table: 'leads', may: read, keys: [deliveries] },
      ...everyKeyed,
      replaysDeliveries,
    ],
    secret: 'read',
    edgeSecret: 'read',
    deliveries: ['SendMessage'],
  },
  operator: {
    tables: [
      { table: 'catalog', may: [...readAndWrite, 'DeleteItem'], keys: 'any' },
      { table: 'leads', may: readAndWrite, keys: 'any' },
      // Of a person who is forgotten nothing leads to a lead any more.
      { table: 'leads', may: ['DeleteItem'], keys: [personKey('*', '').pk, guards] },
      // Who saves a campaign wants its endpoints tried again.
      { table: 'leads', may: ['DeleteItem'], keys: [lines] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: 'any' },
      { table: 'leads', index: 'due', may: ['Query'], keys: 'any' },
    ],
    secret: 'read',
    edgeSecret: 'read',
    deliveries: ['SendMessage'],
  },
  ...workerRights,
}
