import * as z from 'zod'
import { isBillable, toEntryId } from '../domain/reporting/ledger/ledger-entry.ts'
import { listedProgram } from './catalog/listing-rows.ts'
import type { Item, Row, Value } from './engine/engine.ts'
import { deliveriesPartition, ledgerIndexEntry, schoolReturnsPartition } from './index-keys.ts'
import { deliveryKey, linkKey, manifestKey, pageKey, publishIntentKey, returnKey } from './keys.ts'
import { isMap, mapItem, mapItems, renameAttributes, repack, withMapped } from './map-rows.ts'
import { pack, unpack } from './packed.ts'

/** What a row of the schema version before becomes. It is given every row of every table, and returns most as they are. */
export type RowMigration = (row: Row) => Row

/**
 * The steps in order. A database's schema version is the number of steps that it has been through. A field or value that is
 * only added needs a step too, which returns each row as it is, because an older program would read new rows by half.
 */
export const schemaMigrations: readonly RowMigration[] = [
  usePlainTerms,
  enterInLedger,
  moveSourceEntries,
  listInPages,
  addFields,
  joinMarkers,
  addFields,
  addFields,
  leaseInPlace,
  addFields,
  deflateDecisions,
  ...Array.from({ length: 10 }, () => addFields),
]

/**
 * Fields that are only added, so that a row stays as it is. 2026-11-30: further dispositions, terms of returns and of payouts, and
 * who wrote them; then caps and hours of sources, with their counters; then the evidence of returns, and credits and outcomes by staff; then
 * recipients, templates and attachments of emails (decision 0085), consent that is older than its lead (0086), and texts,
 * figures and links of the pages of careers, programs and schools; then notifications, publishers' people, and files of leads; then lead forms of sources, and
 * their leads that could not be taken; then certificates of leads and what campaigns want of them, what a source has its form load, forms of Meta, and counts by quarter of an hour.
 */
function addFields(row: Row): Row {
  return row
}

/**
 * 2026-11-30: the dedupe markers of a person are one row (decision 0069). Those that have rows of their own stay until they expire.
 */
function joinMarkers(row: Row): Row {
  return row
}

/**
 * 2026-11-30: a lease changes no index (decision 0070). One that was stored before is read as it is; a program of before would
 * take a delivery that has a lease of today for one that waits.
 */
function leaseInPlace(row: Row): Row {
  return row
}

/** 2026-11-30: on DynamoDB, verdicts and inputs of decisions are deflated with a dictionary. Those of before are read as they are. */
function deflateDecisions(row: Row): Row {
  return row
}

/** 2026-11-28: stored names in the terms of the field. Rows of the edition before have the names on the left. */
function usePlainTerms(row: Row): Row {
  const [attributes] = attributeMigrations.flatMap(({ matches, migrate }) => (matches(row) ? [migrate] : []))
  return renameKey(attributes ? { ...attributes(row), pk: row.pk, sk: row.sk } : row)
}

/** 2026-11-29: deliveries and returns are entries in the ledger of their school, so those of the past become entries too. */
function enterInLedger(row: Row): Row {
  const delivered = soldDelivery.safeParse(row).data
  if (row.sk === deliveryKey('').sk && delivered && isBillable(delivered)) {
    const { deliveryId, deliveredAt: at } = delivered
    const accountName = `schools#${delivered.timelinePk.slice(deliveriesPartition('').length)}`
    const entryId = toEntryId(deliveryId, 'charge')
    return { ...row, ...ledgerIndexEntry(accountName, { at, entryId }) }
  }
  const accepted = acceptedReturn.safeParse(row).data
  if (row.sk === returnKey('').sk && accepted) {
    const { deliveryId, decidedAt: at } = accepted
    const accountName = `schools#${accepted.timelinePk.slice(schoolReturnsPartition('').length)}`
    return { ...row, ...ledgerIndexEntry(accountName, { at, entryId: toEntryId(deliveryId, 'credit') }) }
  }
  return row
}

/** 2026-11-30: entries of sources have an index of their own. */
function moveSourceEntries(row: Row): Row {
  if (!row.pk.startsWith('LEDGER#sources#')) return row
  const { ledgerPk, ledgerSk, ...entry } = row
  return {
    ...entry,
    pk: row.pk,
    sk: row.sk,
    ...(ledgerPk !== undefined && { payoutPk: ledgerPk }),
    ...(ledgerSk !== undefined && { payoutSk: ledgerSk }),
  }
}

const soldDelivery = z.object({
  deliveryId: z.string(),
  deliveredAt: z.string(),
  priceCents: z.number(),
  test: z.boolean(),
  erases: z.string().optional(),
  withdraws: z.string().optional(),
  timelinePk: z.string().startsWith(deliveriesPartition('')),
})
const acceptedReturn = z.object({
  deliveryId: z.string(),
  decidedAt: z.string(),
  state: z.literal('accepted'),
  creditCents: z.number().min(1),
  timelinePk: z.string().startsWith(schoolReturnsPartition('')),
})

/**
 * 2026-11-30: a listing is composed school by school. Each program is published again, which writes the rows from which its
 * listings are composed; until then they are as they were.
 */
function listInPages(row: Row): Row {
  if (row.pk === manifestKey('programs', '').pk) {
    const intent = { kind: 'programs', id: row.sk, intentId: `migrated ${row.sk}`, removal: false }
    return { ...publishIntentKey('programs', row.sk), ...intent }
  }
  if (row.pk.startsWith(linkKey(['careers', ''], ['programs', '']).pk) && row.sk.startsWith('programs#'))
    return { pk: row.pk, sk: row.sk }
  if (!row.pk.startsWith(pageKey('', 'LISTING').pk) || row.sk !== pageKey('', 'LISTING').sk) return row
  const schools = 'edition' in row ? [] : earlierListing.parse(unpack(row))
  const levels: { [level: string]: number } = {}
  for (const { level } of schools.flatMap(({ programs }) => programs)) levels[level] = (levels[level] ?? 0) + 1
  return { pk: row.pk, sk: row.sk, version: 0, ...pack({ levels, schools, leaves: [] }) }
}

const earlierListing = z.array(z.looseObject({ programs: z.array(z.object(listedProgram.shape)) }))

const attributeMigrations: readonly { matches: (row: Row) => boolean; migrate: (row: Row) => Item }[] = [
  {
    matches: ({ pk, sk }) => pk.startsWith('DELIVERY#') && sk === 'DELIVERY',
    migrate: renameAttributes({ charged: 'countedFailures' }),
  },
  {
    matches: ({ pk, sk }) => pk.startsWith('DELIVERY#') && sk.startsWith('ATTEMPT#'),
    migrate: (row) => {
      const { outcome, ...attempt } = renameAttributes({ cameBackAt: 'bouncedAt', answer: 'response' })(row)
      return { ...attempt, outcome: outcome === 'held' ? 'uncounted-retry' : (outcome ?? null) }
    },
  },
  {
    matches: ({ pk, sk, abuse }) => pk.startsWith('LEAD#') && sk === 'LEAD' && isMap(abuse),
    migrate: ({ abuse, ...lead }) => ({ ...lead, abuse: withMapped(abuse, 'reasons', renameAbuseReasons) }),
  },
  {
    matches: ({ pk, sk, inputs }) => pk.startsWith('LEAD#') && sk.startsWith('DECISION#') && isMap(inputs),
    migrate: ({ inputs, ...decision }) => ({ ...decision, inputs: repack(inputs, migrateDecisionInputs) }),
  },
  { matches: ({ pk }) => pk === 'RECORD#schools', migrate: (row) => repack(row, renameNoticeEmail) },
  { matches: ({ pk }) => pk.startsWith('ROUTING#'), migrate: (row) => repack(row, migrateCandidate) },
  { matches: ({ pk }) => pk === 'REPORT#reconciliation', migrate: migrateReconciliation },
  { matches: ({ pk }) => pk === 'REPORT#daily', migrate: migrateDailyReport },
]

const keyPrefixes = [
  ['LINE#', 'ENDPOINTS#'],
  ['ANSWER#', 'RESPONSE#'],
  ['GUARD#', 'DEDUPE#'],
] as const
const endpointSortKeys = [
  ['PACE', 'CIRCUIT'],
  ['SLOT#', 'PERMIT#'],
  ['CLOSED#', 'DISABLED#'],
] as const

function renameKey(row: Row): Row {
  const pk = replacePrefix(row.pk, keyPrefixes)
  return { ...row, pk, sk: row.pk.startsWith('LINE#') ? replacePrefix(row.sk, endpointSortKeys) : row.sk }
}

function replacePrefix(text: string, prefixes: readonly (readonly [string, string])[]): string {
  const match = prefixes.find(([before]) => text.startsWith(before))
  return match ? `${match[1]}${text.slice(match[0].length)}` : text
}

const abuseReasons: { [before: string]: string } = {
  TOO_OLD: 'FORM_TOKEN_EXPIRED',
  TURNSTILE_UNREACHED: 'TURNSTILE_UNAVAILABLE',
  ZIP_STATE: 'ZIP_STATE_MISMATCH',
}
function renameAbuseReasons(reasons: Value): Value {
  return Array.isArray(reasons) ? reasons.map((one) => abuseReasons[String(one)] ?? one) : reasons
}

function migrateDecisionInputs(inputs: Item): Item {
  const { candidates, ...others } = renameAttributes({ enquiry: 'profile' })(inputs)
  return { ...others, candidates: mapItems(candidates, migrateCandidate) }
}

function migrateCandidate(candidate: Item): Item {
  return withMapped(candidate, 'school', mapItem(renameNoticeEmail))
}

function renameNoticeEmail(school: Item): Item {
  return renameAttributes({ noticesTo: 'privacyNoticeEmail' })(school)
}

const differenceKinds: { [before: string]: string } = {
  missing: 'missing-delivery',
  orphan: 'unexpected-delivery',
  homeless: 'accepted-without-delivery',
  denied: 'unmatched-with-delivery',
}
const migrateTotals = mapItem((totals) => {
  const withLeads = withMapped(totals, 'leads', mapItem(renameAttributes({ kept: 'received' })))
  return withMapped(withLeads, 'differences', (differences) =>
    mapItems(differences, ({ kind, ...difference }) => ({
      ...difference,
      kind: differenceKinds[String(kind)] ?? kind ?? null,
    })),
  )
})

function migrateReconciliation(row: Row): Item {
  const withProgress = withMapped(
    row,
    'underWay',
    mapItem((progress) => withMapped(progress, 'soFar', migrateTotals)),
  )
  return withMapped(withProgress, 'finished', migrateTotals)
}

function migrateDailyReport(row: Row): Item {
  const migratePacked = mapItem((packed) => repack(packed, migrateDailyFigures))
  return withMapped(withMapped(row, 'underWay', migratePacked), 'finished', migratePacked)
}

function migrateDailyFigures(rollUp: Item): Item {
  const migrateFigures = (figures: Item) =>
    withMapped(figures, 'deliveries', mapItem(renameAttributes({ made: 'created', arrived: 'delivered' })))
  const withWhole = withMapped(rollUp, 'whole', mapItem(migrateFigures))
  const withSchools = withMapped(withWhole, 'schools', (schools) => mapItems(schools, migrateFigures))
  return withMapped(withSchools, 'sources', (sources) => mapItems(sources, migrateFigures))
}
