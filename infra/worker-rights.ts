import { type Rights, whereItStands } from '#infra/right.ts'
import { counters, deliveries, forgets, guards, lines, read, replaysDeliveries, suppressed } from '#infra/right-keys.ts'
import type { Lambda } from '#shared/platform/environment.ts'
import {
  deliveriesOfSchool,
  duePartition,
  erasuresPartition,
  leadsOfDay,
  offersPartition,
  replaysPartition,
} from '#shared/store/index-keys.ts'
import {
  candidateKey,
  consentKey,
  leadKey,
  recordKey,
  replayKey,
  reportKey,
  retentionKey,
  secretKey,
} from '#shared/store/keys.ts'

type Worker = Extract<Lambda, `worker/${string}`>

/** Who may touch what, of those that a queue or a clock starts. */
export const workerRights: { [Name in Worker]: Rights } = {
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
      { table: 'leads', may: ['Query', 'UpdateItem', 'ConditionCheckItem'], keys: [deliveries] },
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
  'worker/replay': {
    tables: [
      { table: 'catalog', may: ['Query'], keys: [recordKey('schools', '').pk] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [deliveriesOfSchool('*')] },
      { table: 'leads', index: 'due', may: ['Query'], keys: [replaysPartition] },
      { table: 'leads', may: ['GetItem'], keys: [deliveries] },
      replaysDeliveries,
      { table: 'leads', may: ['GetItem', 'UpdateItem'], keys: [replayKey('*').pk] },
    ],
  },
  'worker/erase': {
    tables: [{ table: 'leads', index: 'due', may: ['Query'], keys: [erasuresPartition] }, ...forgets],
    secret: 'read',
  },
  'worker/retain': {
    tables: [
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [leadsOfDay('*')] },
      { table: 'leads', may: ['GetItem', 'PutItem'], keys: [retentionKey().pk] },
      ...forgets,
    ],
    secret: 'read',
  },
  'worker/reconcile': {
    tables: [
      { table: 'catalog', may: ['Query'], keys: [recordKey('schools', '').pk] },
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [leadsOfDay('*'), deliveriesOfSchool('*')] },
      // Decisions stand with their lead.
      { table: 'leads', may: ['Query'], keys: [leadKey('*').pk] },
      { table: 'leads', may: ['GetItem', 'PutItem'], keys: [reportKey('reconciliation', '').pk] },
    ],
  },
  'worker/roll-up': {
    tables: [
      { table: 'leads', index: 'timeline', may: ['Query'], keys: [leadsOfDay('*')] },
      // Decisions stand with their lead, and what a school tells with its delivery.
      { table: 'leads', may: ['Query'], keys: [leadKey('*').pk, deliveries] },
      { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem'], keys: [reportKey('daily', '').pk] },
    ],
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
