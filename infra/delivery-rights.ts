import {
  certificates,
  counters,
  dedupeMarkers,
  deliveries,
  endpointHealth,
  files,
  ledgerRight,
  postbacks,
  recountMarkRight,
  rejectedInbound,
  storedResponses,
  suppressions,
  visitorMessages,
} from '#infra/key-patterns.ts'
import type { Rights, TableRight } from '#infra/right.ts'
import { filesPartition } from '#shared/store/index-keys.ts'
import { consentKey, coverKey, leadKey, linkKey, personKey, recordKey, webhookSecretKey } from '#shared/store/keys.ts'

/** Reads where a lead goes and with which secrets. */
const routeRights: readonly TableRight[] = [
  {
    table: 'catalog',
    may: ['GetItem'],
    keys: [recordKey('campaigns', '').pk, recordKey('schools', '').pk, webhookSecretKey('*').pk],
  },
  // The other campaigns of a school, if the campaign of a delivery was deleted.
  { table: 'catalog', may: ['Query'], keys: [linkKey(['schools', '*'], ['campaigns', '']).pk] },
]

/** Leases deliveries and ends their attempts. */
const attemptRights: readonly TableRight[] = [
  { table: 'leads', may: ['GetItem'], keys: [suppressions] },
  // A lead that goes back to routing is no duplicate of itself.
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'DeleteItem'], keys: [dedupeMarkers] },
  // A rejected lead: its cap reservations are released, and it is offered again.
  { table: 'leads', may: ['UpdateItem'], keys: [counters, leadKey('*').pk] },
  recountMarkRight,
  // A lead that is delivered again after its email bounced.
  ledgerRight,
]

export const deliverRights: Rights = {
  tables: [
    ...routeRights,
    { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem', 'PutItem'], keys: [deliveries] },
    { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem', 'PutItem'], keys: [endpointHealth] },
    // A lead that goes in a file joins it.
    { table: 'leads', may: ['GetItem', 'PutItem', 'UpdateItem'], keys: [files] },
    ...attemptRights,
  ],
  secret: 'read',
  deliveries: ['SendMessage'],
  mail: 'send',
}

export const fileRights: Rights = {
  tables: [
    ...routeRights,
    { table: 'leads', index: 'due', may: ['Query'], keys: [filesPartition] },
    { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem'], keys: [files] },
    { table: 'leads', may: ['GetItem', 'Query', 'UpdateItem', 'PutItem'], keys: [deliveries, endpointHealth] },
    ...attemptRights,
  ],
  secret: 'read',
  mail: 'send',
}

/** Accepts a lead, and lists one of a lead form that cannot be accepted. */
export const acceptLeadRights: readonly TableRight[] = [
  { table: 'leads', may: ['GetItem'], keys: [storedResponses, dedupeMarkers, counters] },
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
      coverKey('*', 0).pk,
      visitorMessages,
      certificates,
      postbacks,
    ],
  },
  { table: 'leads', may: ['UpdateItem', 'ConditionCheckItem'], keys: [storedResponses, dedupeMarkers, counters] },
  { table: 'leads', may: ['PutItem', 'DeleteItem'], keys: [rejectedInbound] },
]
