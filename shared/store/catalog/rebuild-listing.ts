import {
  buildListedSchool,
  getPlacement,
  type ListedSchool,
  type ListingSchool,
  rankSchools,
} from '../../domain/catalog/listing.ts'
import { findLeaf, type ListingLeaf, maxLeafLength, splitIntoLeaves } from '../../domain/catalog/listing-leaves.ts'
import type { Engine, Row, Write } from '../engine/engine.ts'
import { listedSchoolKey, listingLeafKey, pageKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toItem } from '../rows.ts'
import {
  buildFiltersRow,
  buildLeafRow,
  buildRootWrite,
  checkRootWrite,
  createLeaf,
  filtersId,
  type ListingRoot,
  parseLeaf,
  readListingRoot,
} from './listing-rows.ts'
import { countLevels, emptyListing, isAlike, type PlacedSchool, parseListedRows, toPlacedRow } from './place-school.ts'

type ReadSchool = (schoolId: string) => Promise<ListingSchool | undefined>

/**
 * Builds a listing from all programs of its career, for an import or after an interruption, and writes the leaves that differ. Its
 * readers see the old listing or the new one. Returns `conflict` if another writer changed it since it was read.
 */
export async function rebuildListing(
  engine: Engine<Table>,
  slug: string,
  readSchool: ReadSchool,
): Promise<'built' | 'conflict'> {
  const before = await readListingRoot(engine, slug)
  const root = before ?? emptyListing
  const listed = await readListedSchools(engine, slug, readSchool)
  const ranked = rankSchools(listed.flatMap(({ next }) => next ?? []))
  const leafRows = await queryAll(engine, { in: 'catalog', ...leavesOf(slug), limit: 100 })
  const version = root.version + 1
  const leaves = divideSchools(root, ranked, version, leafRows)
  const next = buildRoot(ranked, leaves, version)
  const isChanged =
    !before ||
    leaves.some(({ isNew }) => isNew) ||
    !isAlike({ ...next, version: 0 }, { ...root, version: 0, filtersVersion: next.filtersVersion })
  if (isChanged) {
    const added = leaves.filter(({ isNew }) => isNew)
    await writeInChunks(
      engine,
      added.map(({ leaf, schools }) => ({ in: 'catalog', put: buildLeafRow(slug, leaf, schools) })),
    )
    const offers = Object.fromEntries(leaves.map(({ leaf }) => [leaf.id, leaf.offers]))
    const { done } = await engine.transact([
      buildRootWrite(slug, before, next),
      ...(next.schools ? [] : [{ in: 'catalog', put: buildFiltersRow(slug, version, offers) } as const]),
    ])
    if (!done) return 'conflict'
  }
  const current = isChanged ? next : root
  const usedKeys = new Set([
    ...current.leaves.map(({ id }) => listingLeafKey(slug, id).sk),
    ...(current.schools ? [] : [listingLeafKey(slug, filtersId).sk]),
  ])
  await writeInChunks(
    engine,
    leafRows.flatMap(({ pk, sk }) => (usedKeys.has(sk) ? [] : [{ in: 'catalog', delete: { pk, sk } }])),
  )
  // Last, because a school without this row has no place yet in the eyes of other writers; they change the listing, so that this fails.
  const placedWrites = listed.flatMap(({ schoolId, placed, nextPlaced }): Write<Table>[] => {
    const key = listedSchoolKey(slug, schoolId)
    if (isAlike(placed, nextPlaced)) return []
    return [nextPlaced ? { in: 'catalog', put: { ...key, ...toItem(nextPlaced) } } : { in: 'catalog', delete: key }]
  })
  return (await writeInChunks(engine, placedWrites, checkRootWrite(slug, current))) ? 'built' : 'conflict'
}

/** Removes a listing with all of its rows. */
export async function removeListing(engine: Engine<Table>, slug: string): Promise<void> {
  const rows = await queryAll(engine, { in: 'catalog', ...leavesOf(slug), limit: 100 })
  const listedRows = await queryAll(engine, { in: 'catalog', pk: listedSchoolKey(slug, '').pk, limit: 1000 })
  const keys = [pageKey(slug, 'LISTING'), ...rows, ...listedRows]
  await writeInChunks(
    engine,
    keys.map(({ pk, sk }) => ({ in: 'catalog', delete: { pk, sk } })),
  )
}

/** The leaves and the filters, without the row of the listing itself. */
function leavesOf(slug: string) {
  const { pk, sk } = listingLeafKey(slug, '')
  return { pk, sk: { prefix: sk } }
}

type ListedState = {
  schoolId: string
  placed: PlacedSchool | undefined
  next: ListedSchool | undefined
  nextPlaced: object | undefined
}

/** A school that was placed before is taken as its row shows it, because its own publisher keeps that row. */
async function readListedSchools(engine: Engine<Table>, slug: string, readSchool: ReadSchool): Promise<ListedState[]> {
  const rows = await queryAll(engine, { in: 'catalog', pk: listedSchoolKey(slug, '').pk, limit: 1000 })
  const bySchool = [...Map.groupBy(rows, ({ sk }) => sk.split('#', 1)[0] ?? '')]
  const states: ListedState[] = []
  for (let start = 0; start < bySchool.length; start += schoolsAtOnce)
    states.push(...(await Promise.all(bySchool.slice(start, start + schoolsAtOnce).map(readState))))
  return states

  async function readState([schoolId, schoolRows]: [string, Row[]]): Promise<ListedState> {
    const { placed, programs } = parseListedRows(schoolRows)
    const school = programs.length > 0 ? (placed ?? (await readSchool(schoolId))) : undefined
    const next = school && buildListedSchool(schoolId, school, programs)
    return { schoolId, placed, next, nextPlaced: school && toPlacedRow(school, next) }
  }
}

type DividedLeaf = { leaf: ListingLeaf; schools: ListedSchool[]; isNew: boolean }

/** Divides the schools as the listing is divided already, so that most of its leaves stay as they are. */
function divideSchools(
  root: ListingRoot,
  ranked: readonly ListedSchool[],
  version: number,
  leafRows: readonly Row[],
): DividedLeaf[] {
  const isShort = JSON.stringify(ranked).length < maxLeafLength / 2
  const groups = root.leaves.length > 0 && !isShort ? groupByLeaf(root.leaves, ranked) : [ranked]
  const rows = new Map(leafRows.map((row) => [row.sk, row]))
  const pieces = groups.flatMap((schools, index) => {
    const old = isShort ? undefined : root.leaves[index]
    const row = old && rows.get(listingLeafKey('', old.id).sk)
    const stored = row && parseLeaf(row)
    if (old && stored?.version === old.version && isAlike(stored.schools, schools) && schools.length > 0)
      return [
        {
          leaf: { ...createLeaf(version, schools), id: old.id, version: old.version },
          schools: [...schools],
          isNew: false,
        },
      ]
    return splitIntoLeaves(schools).map((part) => ({ leaf: createLeaf(version, part), schools: part, isNew: true }))
  })
  return pieces.length <= 1 ? [] : pieces
}

function groupByLeaf(leaves: ListingRoot['leaves'], ranked: readonly ListedSchool[]): ListedSchool[][] {
  const groups: ListedSchool[][] = leaves.map(() => [])
  for (const school of ranked) groups[findLeaf(leaves, getPlacement(school))]?.push(school)
  return groups
}

function buildRoot(ranked: readonly ListedSchool[], leaves: readonly DividedLeaf[], version: number): ListingRoot {
  const levels: ListingRoot['levels'] = {}
  for (const school of ranked)
    for (const [level, count] of Object.entries(countLevels(school))) levels[level] = (levels[level] ?? 0) + count
  const sortedLevels = Object.fromEntries(Object.entries(levels).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  if (leaves.length === 0) return { version, levels: sortedLevels, schools: [...ranked], leaves: [] }
  return {
    version,
    levels: sortedLevels,
    leaves: leaves.map(({ leaf: { id, version: written, size, first } }) => ({ id, version: written, size, first })),
    filtersVersion: version,
  }
}

/** @param check part of each transaction: nothing more is written if it fails */
async function writeInChunks(
  engine: Engine<Table>,
  writes: readonly Write<Table>[],
  check?: Write<Table>,
): Promise<boolean> {
  for (let start = 0; start < writes.length; start += rowsPerTransaction) {
    const { done } = await engine.transact([
      ...(check ? [check] : []),
      ...writes.slice(start, start + rowsPerTransaction),
    ])
    if (!done) return false
  }
  return true
}

const rowsPerTransaction = 90
const schoolsAtOnce = 50
