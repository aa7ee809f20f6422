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
import type { Lambda } from '#shared/runtime/environment.ts'
import {
  candidateKey,
  consentKey,
  deliveriesOfSchool,
  leadKey,
  personKey,
  recordKey,
  secretKey,
} from '#shared/store/keys.ts'

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
      replaysDeliveries,
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
  ...workerRights,
}
