import * as z from 'zod'
import { toCanonicalJson } from '../../domain/canonical-json.ts'
import {
  buildListedSchool,
  compareSchools,
  getPlacement,
  type ListedProgram,
  type ListedSchool,
  type ListingPlacement,
  type ListingSchool,
} from '../../domain/catalog/listing.ts'
import { describeLeaf, findLeaf, type ListingLeaf, splitIntoLeaves } from '../../domain/catalog/listing-leaves.ts'
import { countByLevel, countOffers } from '../../domain/catalog/offer-counts.ts'
import { school } from '../../domain/catalog/school.ts'
import type { Engine, Row, Write } from '../engine/engine.ts'
import { listedSchoolKey, listingLeafKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toItem } from '../rows.ts'
import {
  buildFiltersRow,
  buildLeafRow,
  buildRootWrite,
  createLeaf,
  filtersId,
  type LeafOffers,
  type ListingRoot,
  listedProgram,
  placement,
  readLeaf,
  readLeafOffers,
  readListingRoot,
} from './listing-rows.ts'

type ReadSchool = () => Promise<ListingSchool | undefined>
export type PlaceOutcome = 'placed' | 'unchanged' | 'conflict' | 'out-of-step'

/**
 * Puts a school where it belongs in the listing of a career, or removes it, from the programs of it that are composed now. Writes
 * one transaction: the row of the listing, and of a long listing the leaf. `buildLevelWrites` adds to it if the number of
 * programs of a level changes.
 * `conflict`: another writer changed the listing since it was read. `out-of-step`: the listing must be built again.
 */
export async function placeSchool(
  engine: Engine<Table>,
  { slug, schoolId, readSchool }: { slug: string; schoolId: string; readSchool: ReadSchool },
  buildLevelWrites: () => readonly Write<Table>[],
): Promise<PlaceOutcome> {
  // The listing is read first: whatever is read after it and changes meanwhile is placed by its own writer, who changes the listing.
  const before = await readListingRoot(engine, slug)
  const { placed, programs } = parseListedRows(await listListedRows(engine, slug, schoolId))
  const shownSchool = await readSchool()
  const next = shownSchool && buildListedSchool(schoolId, shownSchool, programs)
  const root = before ?? emptyListing
  const leafIndexes = [placed?.placement, next && getPlacement(next)].flatMap((one) =>
    one ? [findLeaf(root.leaves, one)] : [],
  )
  const groups = await readGroups(engine, slug, root, leafIndexes)
  if (!groups) return 'conflict'
  const previous = groups.flatMap(({ schools }) => schools).find((one) => one.schoolId === schoolId)
  if (placed?.placement && !previous) return 'out-of-step'
  const nextPlaced = programs.length > 0 && shownSchool ? toPlacedRow(shownSchool, next) : undefined
  const isListedAlike = isAlike(previous, next)
  if (isListedAlike && isAlike(placed, nextPlaced)) return 'unchanged'

  const version = root.version + 1
  const levels = changeLevels(root.levels, previous, next)
  const change = isListedAlike
    ? { root: { ...root, version }, writes: [] }
    : await changeLeaves(engine, slug, { ...root, version, levels }, { groups, schoolId, next })
  if (!change) return 'conflict'
  const key = listedSchoolKey(slug, schoolId)
  const { done } = await engine.transact([
    buildRootWrite(slug, before, change.root),
    ...change.writes,
    nextPlaced ? { in: 'catalog', put: { ...key, ...toItem(nextPlaced) } } : { in: 'catalog', delete: key },
    ...(isAlike(levels, root.levels) ? [] : buildLevelWrites()),
  ])
  return done ? 'placed' : 'conflict'
}

/** Leaves, or the whole of a short listing, which has no leaf. */
type Group = { leafIndex?: number; schools: readonly ListedSchool[] }

async function readGroups(
  engine: Engine<Table>,
  slug: string,
  root: ListingRoot,
  leafIndexes: readonly number[],
): Promise<Group[] | undefined> {
  if (root.schools) return [{ schools: root.schools }]
  const groups = await Promise.all(
    [...new Set(leafIndexes)].map(async (leafIndex) => {
      const leaf = root.leaves[leafIndex]
      const schools = leaf && (await readLeaf(engine, slug, leaf))
      return schools ? [{ leafIndex, schools }] : []
    }),
  )
  return groups.some((one) => one.length === 0) ? undefined : groups.flat()
}

/** Returns the new row of the listing and the writes of its leaves, or undefined if another writer was faster. */
async function changeLeaves(
  engine: Engine<Table>,
  slug: string,
  root: ListingRoot,
  { groups, schoolId, next }: { groups: readonly Group[]; schoolId: string; next: ListedSchool | undefined },
): Promise<{ root: ListingRoot; writes: Write<Table>[] } | undefined> {
  const { version } = root
  const target = next && !root.schools ? findLeaf(root.leaves, getPlacement(next)) : undefined
  const pieces = groups.map(({ leafIndex, schools }) => {
    const others = schools.filter((one) => one.schoolId !== schoolId)
    const isTarget = next && leafIndex === target
    return { leafIndex, leaves: splitIntoLeaves(isTarget ? [...others, next].toSorted(compareSchools) : others) }
  })
  const contents = new Map<string, ListedSchool[]>()
  const describe = (schools: ListedSchool[], id: string | undefined) => {
    const leaf = id === undefined ? createLeaf(version, schools) : describeLeaf(id, version, schools)
    contents.set(leaf.id, schools)
    return leaf
  }
  const unchanged = root.leaves.map((leaf) => [leaf])
  const replaced: (Omit<ListingLeaf, 'offers'> | ListingLeaf)[][] = root.schools ? [] : unchanged
  for (const { leafIndex, leaves } of pieces)
    replaced[leafIndex ?? 0] = leaves.map((schools, index) =>
      describe(schools, index === 0 ? root.leaves[leafIndex ?? 0]?.id : undefined),
    )
  const leaves = replaced.flat()
  const removedIds = root.leaves.map(({ id }) => id).filter((id) => !leaves.some((leaf) => leaf.id === id))
  if (leaves.length <= 1) return shorten(engine, slug, root, leaves, contents)

  const offers = await readLeafOffers(engine, slug, root)
  if (!offers) return undefined
  const nextOffers: LeafOffers = Object.fromEntries(
    leaves.map((leaf) => [leaf.id, 'offers' in leaf ? leaf.offers : (offers[leaf.id] ?? {})]),
  )
  const areOffersAlike = isAlike(offers, nextOffers)
  const filtersVersion = areOffersAlike ? root.filtersVersion : version
  const { schools: _, ...rest } = root
  return {
    root: {
      ...rest,
      leaves: leaves.map(({ id, version, size, first }) => ({ id, version, size, first })),
      filtersVersion,
    },
    writes: [
      ...leaves.flatMap((leaf): Write<Table>[] => {
        const schools = contents.get(leaf.id)
        return schools && 'offers' in leaf ? [{ in: 'catalog', put: buildLeafRow(slug, leaf, schools) }] : []
      }),
      ...removedIds.map((id): Write<Table> => ({ in: 'catalog', delete: listingLeafKey(slug, id) })),
      ...(areOffersAlike ? [] : [{ in: 'catalog', put: buildFiltersRow(slug, version, nextOffers) } as const]),
    ],
  }
}

/** A listing of one leaf or none is whole in its row. */
async function shorten(
  engine: Engine<Table>,
  slug: string,
  root: ListingRoot,
  [leaf]: readonly Omit<ListingLeaf, 'offers'>[],
  contents: ReadonlyMap<string, ListedSchool[]>,
): Promise<{ root: ListingRoot; writes: Write<Table>[] } | undefined> {
  const schools = leaf ? (contents.get(leaf.id) ?? (await readLeaf(engine, slug, leaf))) : []
  if (!schools) return undefined
  const { filtersVersion, ...rest } = root
  return {
    root: { ...rest, schools, leaves: [] },
    writes: [
      ...root.leaves.map(({ id }): Write<Table> => ({ in: 'catalog', delete: listingLeafKey(slug, id) })),
      ...(filtersVersion === undefined ? [] : [{ in: 'catalog', delete: listingLeafKey(slug, filtersId) } as const]),
    ],
  }
}

function changeLevels(
  levels: ListingRoot['levels'],
  previous: ListedSchool | undefined,
  next: ListedSchool | undefined,
): ListingRoot['levels'] {
  const [removed, added] = [countLevels(previous), countLevels(next)]
  const names = new Set([...Object.keys(levels), ...Object.keys(added)])
  return Object.fromEntries(
    [...names]
      .toSorted()
      .map((name) => [name, (levels[name] ?? 0) - (removed[name] ?? 0) + (added[name] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  )
}

export function countLevels(listedSchool: ListedSchool | undefined) {
  return listedSchool ? countByLevel(listedSchool.counts ?? countOffers(listedSchool.programs)) : {}
}

/** Reads the row that says where a school stands in a listing, and the rows of its programs there. */
function listListedRows(engine: Engine<Table>, slug: string, schoolId: string): Promise<Row[]> {
  const { pk, sk } = listedSchoolKey(slug, schoolId)
  // No character of an ID sorts between these.
  return queryAll(engine, { in: 'catalog', pk, sk: { from: sk, to: `${sk}#~` }, limit: 1000 })
}

export type PlacedSchool = ListingSchool & { placement?: ListingPlacement | undefined }

export function parseListedRows(rows: readonly Row[]): { placed?: PlacedSchool; programs: ListedProgram[] } {
  const programs = rows.filter((row) => 'programId' in row).map((row) => listedProgram.parse(row))
  const [placed] = rows.filter((row) => !('programId' in row)).map((row) => placedSchool.parse(row))
  return { programs, ...(placed && { placed }) }
}

export function toPlacedRow({ name, place, logoUrl, status }: ListingSchool, listed: ListedSchool | undefined) {
  return {
    name,
    ...(place && { place }),
    ...(logoUrl !== undefined && { logoUrl }),
    status,
    ...(listed && { placement: getPlacement(listed) }),
  }
}

export function isAlike(a: unknown, b: unknown): boolean {
  return toCanonicalJson(a ?? null) === toCanonicalJson(b ?? null)
}

export const emptyListing: ListingRoot = { version: 0, levels: {}, schools: [], leaves: [] }
const placedSchool = z.object({
  ...school.pick({ name: true, place: true, logoUrl: true, status: true }).shape,
  placement: placement.optional(),
})
