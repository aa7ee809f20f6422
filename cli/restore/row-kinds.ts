import type { Key, Row } from '#shared/store/engine/engine.ts'
import { deliveryKey, leadKey, suppressionRecordKey, type Table } from '#shared/store/keys.ts'

/**
 * What becomes of rows that differ between a restored table and the one that it replaces:
 * - `newest`: as in the replaced table, if it is there: what happened since cannot be undone. A row that is only in the restored table is recovered.
 * - `restored`: as of the restored time.
 * - `replaced`: as in the replaced table, also if it is absent there, so that no revoked key works again.
 * - `passing`: neither compared nor copied, because it is of no use a minute later.
 */
export type RestoreRule = 'newest' | 'restored' | 'replaced' | 'passing'
export type RowKind = {
  name: string
  pk: string
  sk?: string
  rule: RestoreRule
  /** When a row was created, if it says so: an older row that the restored table lacks was not restored. */
  findCreatedAt?: (row: Row) => unknown
  /** Of a row that says no time and is written with another one: if the restored table has that one, it must have both. */
  findOwner?: (row: Row) => Key
}

const attribute = (name: string) => (row: Row) => row[name]
/** The instant at this place of a sort key such as `REVEAL#{at}#{id}`. */
const sortKeyPart = (position: number) => (row: Row) => row.sk.split('#')[position]
/** A field of a map in the row, or of the oldest map in a list, such as `key.createdAt`. */
const innerAttribute = (name: string, inner: string) => (row: Row) => {
  const value = row[name]
  const maps = Array.isArray(value) ? value : [value]
  const instants = maps.map((one) => (isMap(one) ? String(one[inner]) : ''))
  return instants.toSorted()[0]
}
const isMap = (value: unknown): value is { [name: string]: unknown } => typeof value === 'object' && value !== null
const lastPart = (text: string) => text.split('#').at(-1) ?? ''
const timelineInstant = (row: Row) => String(row.timelineSk ?? '').split('#')[0]

/** The kinds of rows in each table, as `shared/store/keys.ts` lists them. The first that matches counts. */
export const rowKinds: { readonly [T in Table]: readonly RowKind[] } = {
  catalog: [
    { name: 'record', pk: 'RECORD#', rule: 'restored', findCreatedAt: attribute('updatedAt') },
    { name: 'tombstone of a record', pk: 'REMOVED#', rule: 'restored', findCreatedAt: attribute('removedAt') },
    { name: 'composed row', pk: 'LINK#', rule: 'restored' },
    { name: 'composed row', pk: 'MANIFEST#', rule: 'restored' },
    { name: 'composed row', pk: 'INTENTS', rule: 'restored' },
    { name: 'composed row', pk: 'PAGE#', rule: 'restored' },
    { name: 'composed row', pk: 'LISTED#', rule: 'restored' },
    { name: 'composed row', pk: 'LISTINGS#', rule: 'restored' },
    { name: 'composed row', pk: 'FIND', rule: 'restored' },
    { name: 'composed row', pk: 'OFFER#', rule: 'restored' },
    { name: 'composed row', pk: 'QUESTIONS#', rule: 'restored' },
    { name: 'composed row', pk: 'ROUTING#', rule: 'restored' },
    { name: 'key', pk: 'KEYS', rule: 'replaced', findCreatedAt: innerAttribute('key', 'createdAt') },
    { name: 'key', pk: 'KEY', rule: 'replaced' },
    { name: 'portal access', pk: 'PORTALLINK#', rule: 'replaced', findCreatedAt: innerAttribute('link', 'createdAt') },
    { name: 'portal access', pk: 'PORTAL', rule: 'replaced', findCreatedAt: sortKeyPart(0) },
    {
      name: 'webhook secret',
      pk: 'SECRET#',
      sk: 'SECRET',
      rule: 'replaced',
      findCreatedAt: innerAttribute('secrets', 'createdAt'),
    },
    { name: 'webhook secret', pk: 'SECRET#', rule: 'replaced' },
    { name: 'fingerprint', pk: 'ROOT', rule: 'replaced' },
    { name: 'hold', pk: 'HOLD', rule: 'passing' },
  ],
  leads: [
    { name: 'lead', pk: 'LEAD#', sk: 'LEAD', rule: 'newest', findCreatedAt: attribute('receivedAt') },
    { name: 'decision', pk: 'LEAD#', sk: 'DECISION#', rule: 'newest', findCreatedAt: sortKeyPart(1) },
    { name: 'decision part', pk: 'LEAD#', sk: 'INPUTS#', rule: 'newest', findCreatedAt: sortKeyPart(1) },
    { name: 'decision part', pk: 'LEAD#', sk: 'VERDICTS#', rule: 'newest', findCreatedAt: sortKeyPart(1) },
    { name: 'reveal', pk: 'LEAD#', sk: 'REVEAL#', rule: 'newest', findCreatedAt: sortKeyPart(1) },
    { name: 'withdrawal of a lead', pk: 'LEAD#', sk: 'WITHDRAWN#', rule: 'newest' },
    { name: 'file of leads', pk: 'FILE#', rule: 'newest' },
    { name: 'delivery', pk: 'DELIVERY#', sk: 'DELIVERY', rule: 'newest', findCreatedAt: attribute('createdAt') },
    {
      name: 'content',
      pk: 'DELIVERY#',
      sk: 'CONTENT',
      rule: 'newest',
      findOwner: ({ pk }) => deliveryKey(lastPart(pk)),
    },
    { name: 'attempt', pk: 'DELIVERY#', sk: 'ATTEMPT#', rule: 'newest', findCreatedAt: attribute('endedAt') },
    {
      name: 'disposition',
      pk: 'DELIVERY#',
      sk: 'DISPOSITION#',
      rule: 'newest',
      findCreatedAt: attribute('recordedAt'),
    },
    { name: 'return', pk: 'DELIVERY#', sk: 'RETURN', rule: 'newest', findCreatedAt: attribute('requestedAt') },
    { name: 'untaken work', pk: 'DELIVERY#', sk: 'UNTAKENWORK', rule: 'newest', findCreatedAt: attribute('at') },
    { name: 'inbound fetch', pk: 'INBOUNDFETCH#', rule: 'newest', findCreatedAt: attribute('at') },
    { name: 'rejected inbound', pk: 'REJECTEDINBOUND#', rule: 'newest', findCreatedAt: attribute('at') },
    { name: 'permit', pk: 'ENDPOINTS#', sk: 'PERMIT#', rule: 'passing' },
    { name: 'endpoint', pk: 'ENDPOINTS#', rule: 'newest' },
    { name: 'consent', pk: 'CONSENT#', sk: 'CONSENT', rule: 'newest', findCreatedAt: timelineInstant },
    { name: 'view of a proof', pk: 'CONSENT#', sk: 'VIEW#', rule: 'newest', findCreatedAt: sortKeyPart(1) },
    { name: 'person', pk: 'PERSON#', rule: 'newest', findOwner: ({ sk }) => leadKey(sk) },
    { name: 'consent list', pk: 'CONSENTLIST', rule: 'newest' },
    // What it says of one table is not true of another.
    { name: 'person index', pk: 'PERSONINDEX', rule: 'passing' },
    { name: 'proof', pk: 'PROOF#', rule: 'newest' },
    {
      name: 'suppressed person',
      pk: 'SUPPRESSED#',
      sk: 'HISTORY#',
      rule: 'newest',
      findOwner: ({ sk }) => suppressionRecordKey(lastPart(sk)),
    },
    { name: 'suppressed person', pk: 'SUPPRESSED#', rule: 'newest' },
    { name: 'suppression', pk: 'SUPPRESSION#', rule: 'newest', findCreatedAt: attribute('at') },
    { name: 'withdrawal', pk: 'WITHDRAWAL#', sk: 'WITHDRAWAL', rule: 'newest', findCreatedAt: attribute('at') },
    { name: 'part of a withdrawal', pk: 'WITHDRAWAL#', rule: 'newest' },
    { name: 'stored response', pk: 'RESPONSE#', rule: 'newest' },
    // The markers of a person in both tables count, because a row has those of many leads.
    { name: 'markers of a person', pk: 'DEDUPE#', sk: 'MARKERS', rule: 'newest' },
    { name: 'dedupe marker', pk: 'DEDUPE#', rule: 'newest' },
    { name: 'cover', pk: 'COVER#', rule: 'passing' },
    // A confirmation that is sent again later than its request would only confuse.
    { name: 'message', pk: 'MESSAGE#', rule: 'passing' },
    { name: 'return share', pk: 'RETURNSHARE#', rule: 'newest' },
    { name: 'certificate', pk: 'CERTIFICATE#', rule: 'newest' },
    { name: 'postback', pk: 'POSTBACK#', rule: 'passing' },
    { name: 'notification', pk: 'NOTIFICATIONS#', rule: 'passing' },
    { name: 'notified', pk: 'NOTIFIED#', rule: 'passing' },
    { name: 'counter', pk: 'COUNTER#', rule: 'newest' },
    { name: 'bucket', pk: 'BUCKET#', rule: 'passing' },
    { name: 'replay', pk: 'REPLAY#', rule: 'newest', findCreatedAt: attribute('startedAt') },
    { name: 'report', pk: 'REPORT#', rule: 'newest' },
    { name: 'report progress', pk: 'REPORTPROGRESS#', rule: 'passing' },
    { name: 'statement', pk: 'STATEMENTS#', rule: 'newest' },
    { name: 'statement', pk: 'STATEMENTPARTS#', rule: 'newest' },
    { name: 'ledger entry', pk: 'LEDGER#', rule: 'newest', findCreatedAt: attribute('at') },
    { name: 'recount', pk: 'RECOUNT#', rule: 'newest', findCreatedAt: attribute('at') },
    { name: 'erasure', pk: 'ERASURE#', sk: 'ERASURE', rule: 'newest', findCreatedAt: attribute('requestedAt') },
    { name: 'notice of an erasure', pk: 'ERASURE#', rule: 'newest' },
    { name: 'readiness', pk: 'READINESS', rule: 'passing' },
    { name: 'retention', pk: 'RETENTION', rule: 'newest' },
    { name: 'access of a person', pk: 'ACCESS#', rule: 'replaced' },
    { name: 'session', pk: 'SESSION', rule: 'replaced' },
    { name: 'sign-in email', pk: 'SIGNIN#', rule: 'replaced' },
    { name: 'people', pk: 'PEOPLE#', rule: 'replaced' },
    { name: 'audit seal', pk: 'AUDITSEAL#', rule: 'newest' },
    { name: 'audit head', pk: 'AUDITHEAD', rule: 'newest' },
    { name: 'audit entry', pk: 'AUDIT#', rule: 'newest', findCreatedAt: sortKeyPart(0) },
  ],
}

/** Rows of a newer program. What it wrote is not undone. */
const unknownKind: RowKind = { name: 'other', pk: '', rule: 'newest' }

export function findRowKind(table: Table, { pk, sk }: { pk: string; sk: string }): RowKind {
  return (
    rowKinds[table].find((kind) => pk.startsWith(kind.pk) && (kind.sk === undefined || sk.startsWith(kind.sk))) ??
    unknownKind
  )
}

/**
 * The kinds whose changed rows may be taken as of the restored time, because an accident overwrote them. Never those that say
 * what a person asked for or what a school got.
 */
export const revertibleKinds = ['lead', 'delivery', 'counter', 'endpoint', 'return'] as const
export type RevertibleKind = (typeof revertibleKinds)[number]

/** Whether a row of the replaced table says that a person withdrew or was erased. It always stays. */
export function isFinal(row: Row): boolean {
  return 'erasedAt' in row || 'withdrawnAt' in row || row.state === 'erased'
}
