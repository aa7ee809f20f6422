import { type Rights, type TableRight, whereItStands } from '#infra/right.ts'
import type { Lambda } from '#shared/runtime/environment.ts'
import {
  answerKey,
  bucketKey,
  candidateKey,
  consentKey,
  counterKey,
  deliveriesOfSchool,
  deliveryKey,
  duePartition,
  guardKey,
  keyKey,
  keyUseKey,
  leadKey,
  lineKey,
  offerKey,
  offersPartition,
  pageKey,
  personKey,
  recordKey,
  secretKey,
  suppressionKey,
} from '#shared/store/keys.ts'

const pages = [pageKey('*', 'CAREER').pk, offerKey('*', 'PROGRAM').pk]
const answers = answerKey('*', '').pk
const counters = counterKey('*', '').pk
const deliveries = deliveryKey('*').pk
const guards = guardKey('*', '').pk
const lines = lineKey('*').pk
const suppressed = suppressionKey('*').pk
const keys = keyKey('*').pk
const keyUse = keyUseKey('').pk
const buckets = bucketKey('*', '*').pk

const read = ['GetItem', 'Query'] as const
const readAndWrite = [...read, 'PutItem', 'UpdateItem', 'ConditionCheckItem'] as const

// Who asks for keys notes their use and keeps rate limits. A key itself is beyond reach of the hands that note its use.
const everyKeyed: readonly TableRight[] = [
  { table: 'catalog', may: ['UpdateItem'], keys: [keyUse] },
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem'], keys: [buckets] },
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
      { table: 'catalog', may: ['GetItem'], keys: [keys, recordKey('campaigns', '').pk] },
      { table: 'catalog', may: ['GetItem', 'UpdateItem'], keys: [secretKey('*').pk] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [deliveriesOfSchool('*')] },
      { table: 'leads', may: read, keys: [deliveries] },
      ...everyKeyed,
    ],
    secret: 'read',
    edgeSecret: 'read',
  },
  operator: {
    tables: [
      { table: 'catalog', may: [...readAndWrite, 'DeleteItem'], keys: 'any' },
      { table: 'leads', may: readAndWrite, keys: 'any' },
      // Who saves a campaign wants its endpoints tried again.
      { table: 'leads', may: ['DeleteItem'], keys: [lines] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: 'any' },
      { table: 'leads', index: 'due', may: ['Query'], keys: 'any' },
    ],
    secret: 'read',
    edgeSecret: 'read',
  },
  'worker/deliver': {
    tables: [
      {
        table: 'catalog',
        may: ['GetItem'],
        keys: [recordKey('campaigns', '').pk, recordKey('schools', '').pk, secretKey('*').pk],
      },
      { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem'], keys: [deliveries] },
      { table: 'leads', may: ['Query', 'UpdateItem', 'PutItem'], keys: [lines] },
      { table: 'leads', may: ['GetItem'], keys: [suppressed] },
      // A rejected lead: its caps are given back, and it is offered again.
      { table: 'leads', may: ['UpdateItem'], keys: [counters, leadKey('*').pk] },
    ],
    secret: 'read',
    mail: 'send',
  },
  'worker/bounce': {
    tables: [
      { table: 'leads', may: ['Query', 'UpdateItem'], keys: [deliveries] },
      { table: 'leads', may: ['PutItem'], keys: [lines] },
    ],
  },
  'worker/offer': {
    tables: [
      { table: 'catalog', may: ['Query'], keys: [candidateKey('*', '*', '').pk] },
      { table: 'catalog', may: ['GetItem'], keys: [recordKey('sources', '').pk, recordKey('campaigns', '').pk] },
      { table: 'leads', index: 'due', may: ['Query'], keys: [offersPartition('*')] },
      { table: 'leads', may: read, keys: [leadKey('*').pk, consentKey('*').pk, deliveries, guards, counters] },
      { table: 'leads', may: ['PutItem', 'UpdateItem'], keys: [leadKey('*').pk, deliveries, guards, counters] },
      { table: 'leads', may: ['GetItem'], keys: [suppressed] },
    ],
    secret: 'read',
  },
  'worker/sweep': {
    tables: [
      { table: 'leads', index: 'due', may: ['Query'], keys: [duePartition('*')] },
      // It moves a row back in the index, and reads none: where the row stands is all that it may touch.
      { table: 'leads', may: ['UpdateItem'], keys: [deliveries], attributes: whereItStands },
    ],
    deliveries: ['SendMessage', 'GetQueueAttributes'],
  },
}
