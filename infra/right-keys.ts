import type { TableRight } from '#infra/right.ts'
import {
  answerKey,
  bucketKey,
  consentKey,
  counterKey,
  deliveryKey,
  erasureKey,
  guardKey,
  keyKey,
  keyUseKey,
  leadKey,
  lineKey,
  offerKey,
  pageKey,
  personKey,
  suppressionKey,
} from '#shared/store/keys.ts'

export const pages = [pageKey('*', 'CAREER').pk, offerKey('*', 'PROGRAM').pk]
export const answers = answerKey('*', '').pk
export const counters = counterKey('*', '').pk
export const deliveries = deliveryKey('*').pk
export const guards = guardKey('*', '').pk
export const lines = lineKey('*').pk
export const suppressed = suppressionKey('*').pk
export const keys = keyKey('*').pk
export const keyUse = keyUseKey('').pk
export const buckets = bucketKey('*', '*').pk

export const read = ['GetItem', 'Query'] as const
export const readAndWrite = [...read, 'PutItem', 'UpdateItem', 'ConditionCheckItem'] as const

// Who asks for keys notes their use and keeps rate limits. A key itself is beyond reach of the hands that note its use.
export const everyKeyed: readonly TableRight[] = [
  { table: 'catalog', may: ['UpdateItem'], keys: [keyUse] },
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem'], keys: [buckets] },
]
/** Takes a person out of all that is kept of their leads, and makes the notices by which schools are told. */
export const forgets: readonly TableRight[] = [
  { table: 'leads', may: ['GetItem', 'Query', 'PutItem', 'UpdateItem'], keys: [leadKey('*').pk, deliveries] },
  { table: 'leads', may: ['GetItem', 'Query', 'PutItem', 'UpdateItem'], keys: [erasureKey('*').pk] },
  { table: 'leads', may: ['GetItem', 'UpdateItem', 'PutItem'], keys: [consentKey('*').pk] },
  { table: 'leads', may: ['Query', 'DeleteItem'], keys: [personKey('*', '').pk] },
  { table: 'leads', may: ['DeleteItem'], keys: [guards] },
  { table: 'leads', may: ['UpdateItem'], keys: [counters] },
]
// Makes a delivery due; a dead one takes its place under its caps again.
export const replaysDeliveries: TableRight = { table: 'leads', may: ['UpdateItem'], keys: [deliveries, counters] }
