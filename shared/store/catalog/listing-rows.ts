import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { ListedSchool } from '../../domain/catalog/listing.ts'
import { describeLeaf, type ListingLeaf } from '../../domain/catalog/listing-leaves.ts'
import { listedDetails, program } from '../../domain/catalog/program.ts'
import { schoolDetails } from '../../domain/catalog/school-details.ts'
import { modality, programLevel } from '../../domain/vocabulary.ts'
import type { Condition, Engine, Row, Write } from '../engine/engine.ts'
import { listedSchoolKey, listingLeafKey, pageKey, type Table } from '../keys.ts'
import { pack, unpack } from '../packed.ts'
import { parseOnce } from '../parse-once.ts'

/**
 * The row of a listing. A short listing is whole in it. A long one has leaves, each a row of some hundred schools in their
 * order, and a row of filters, which says what the schools of each leaf offer. So a page, whatever its number, is read with the
 * row of the listing and one or two leaves, and an edit writes the leaf of its school.
 * Every write of a listing raises `version`, on condition that it was the current one.
 */
export type ListingRoot = {
  version: number
  /** The number of programs of each level. */
  levels: { [level: string]: number }
  /** Absent: they are in the leaves. */
  schools?: ListedSchool[] | undefined
  leaves: Omit<ListingLeaf, 'offers'>[]
  /** The version that wrote the filters. Absent: there are no leaves. */
  filtersVersion?: number | undefined
}
export type LeafOffers = { [leafId: string]: ListingLeaf['offers'] }
type Reader = Pick<Engine<Table>, 'get'>

export async function readListingRoot(engine: Reader, slug: string, mayLag = false): Promise<ListingRoot | undefined> {
  const row = await engine.get({ in: 'catalog', key: pageKey(slug, 'LISTING'), mayLag })
  return row && parseRoot(row)
}

/** Returns the schools of a leaf, or undefined if another version of the listing has replaced it. */
export async function readLeaf(
  engine: Reader,
  slug: string,
  { id, version }: Pick<ListingLeaf, 'id' | 'version'>,
  mayLag = false,
): Promise<ListedSchool[] | undefined> {
  const row = await engine.get({ in: 'catalog', key: listingLeafKey(slug, id), mayLag })
  const leaf = row && parseLeaf(row)
  return leaf?.version === version ? leaf.schools : undefined
}

/** Returns what the schools of each leaf offer, or undefined if another version of the listing has replaced it. */
export async function readLeafOffers(
  engine: Reader,
  slug: string,
  { filtersVersion }: Pick<ListingRoot, 'filtersVersion'>,
  mayLag = false,
): Promise<LeafOffers | undefined> {
  if (filtersVersion === undefined) return {}
  const row = await engine.get({ in: 'catalog', key: listingLeafKey(slug, filtersId), mayLag })
  const filters = row && parseFilters(row)
  return filters?.version === filtersVersion ? filters.offers : undefined
}

/** Writes the row of a listing if `before` is still the current one. */
export function buildRootWrite(slug: string, before: ListingRoot | undefined, root: ListingRoot): Write<Table> {
  const { version, ...content } = root
  return {
    in: 'catalog',
    put: { ...pageKey(slug, 'LISTING'), version, ...pack(content) },
    when: ifListingUnchanged(before),
  }
}

export function checkRootWrite(slug: string, root: ListingRoot): Write<Table> {
  return { in: 'catalog', check: pageKey(slug, 'LISTING'), when: ifListingUnchanged(root) }
}

export function buildLeafRow(slug: string, { id, version }: ListingLeaf, schools: readonly ListedSchool[]): Row {
  return { ...listingLeafKey(slug, id), version, ...pack({ schools }) }
}

/** A leaf with an ID that no other one has had, unless it had the same schools. */
export function createLeaf(version: number, schools: readonly ListedSchool[]): ListingLeaf {
  const digest = createHash('sha256').update(JSON.stringify(schools)).digest('base64url').slice(0, digestLength)
  return describeLeaf(`${version}-${digest}`, version, schools)
}

export function buildFiltersRow(slug: string, version: number, offers: LeafOffers): Row {
  const descriptions = [...new Set(Object.values(offers).flatMap((leaf) => Object.keys(leaf)))]
  const indexes = new Map(descriptions.map((description, index) => [description, index]))
  const leaves = Object.entries(offers).map(([id, leaf]) => ({
    id,
    counts: Object.entries(leaf).map(([description, count]) => [indexes.get(description) ?? 0, count]),
  }))
  return { ...listingLeafKey(slug, filtersId), version, ...pack({ descriptions, leaves }) }
}

function ifListingUnchanged(root: ListingRoot | undefined): Condition {
  return root ? { attribute: 'version', is: 'equal', value: root.version } : { exists: false }
}

/** The rows of the programs of a school follow that of the school. */
export const listedProgramKey = (slug: string, schoolId: string, programId: string) =>
  listedSchoolKey(slug, `${schoolId}#${programId}`)

/** In place of the ID of a leaf: what the schools of all leaves offer. */
export const filtersId = 'FILTERS'

/** A program as rows of listings have it. */
export const listedProgram = z.object({
  ...program.pick({ name: true, states: true, sponsored: true, rank: true }).shape,
  level: programLevel,
  modality,
  ...listedDetails.shape,
  programId: z.string(),
})
const listedSchool = z.object({
  schoolId: z.string(),
  name: z.string(),
  ...schoolDetails.shape,
  sponsored: z.boolean(),
  programs: z.array(listedProgram),
  counts: z.record(z.string(), z.record(z.string(), z.number())).optional(),
})
export const placement = z.object({
  sponsored: z.boolean(),
  rank: z.number(),
  name: z.string(),
  programId: z.string(),
})
const rootContent = z.object({
  levels: z.record(z.string(), z.number()),
  schools: z.array(listedSchool).optional(),
  leaves: z.array(z.object({ id: z.string(), version: z.int(), size: z.int(), first: placement })),
  filtersVersion: z.int().optional(),
})
const leafContent = z.object({ schools: z.array(listedSchool) })
const filtersContent = z.object({
  descriptions: z.array(z.string()),
  leaves: z.array(z.object({ id: z.string(), counts: z.array(z.tuple([z.int(), z.int()])) })),
})
const versioned = z.object({ version: z.int() })

const parseRoot = parseOnce((row: Row) => ({ ...versioned.parse(row), ...rootContent.parse(unpack(row)) }))
export const parseLeaf = parseOnce((row: Row) => ({ ...versioned.parse(row), ...leafContent.parse(unpack(row)) }))
const parseFilters = parseOnce((row: Row) => {
  const { descriptions, leaves } = filtersContent.parse(unpack(row))
  const offers: LeafOffers = Object.fromEntries(
    leaves.map(({ id, counts }) => [
      id,
      Object.fromEntries(counts.map(([index, count]) => [descriptions[index] ?? '', count])),
    ]),
  )
  return { ...versioned.parse(row), offers }
})

const digestLength = 10
