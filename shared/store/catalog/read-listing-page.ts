import {
  countMatchingPrograms,
  type ListingQuery,
  paginateListing,
  toListingPage,
} from '../../domain/catalog/listing.ts'
import { selectLeaves } from '../../domain/catalog/listing-leaves.ts'
import type { Engine } from '../engine/engine.ts'
import type { Table } from '../keys.ts'
import { readLeaf, readLeafOffers, readListingRoot } from './listing-rows.ts'

/**
 * Returns one page of a listing, or undefined if there is no such career. One lookup; for a long listing two or three,
 * whatever the number of the page; with a filter that few of its schools match, at most one for each school of the page.
 * @throws Error if the listing was replaced during every attempt
 */
export async function readListingPage(engine: Pick<Engine<Table>, 'get'>, slug: string, query: ListingQuery) {
  for (let attempt = 0; attempt < maxReadAttempts; attempt++) {
    // A row that lags may name a leaf that was replaced; then all are read as they are now.
    const mayLag = attempt === 0
    const root = await readListingRoot(engine, slug, mayLag)
    if (!root) return undefined
    if (root.schools) return paginateListing(root.schools, query)
    const isFiltered = [query.state, query.level, query.modality].some((value) => value !== undefined)
    const offers = isFiltered ? await readLeafOffers(engine, slug, root, mayLag) : {}
    if (!offers) continue
    const leaves = root.leaves.map((leaf) => ({ ...leaf, offers: offers[leaf.id] ?? {} }))
    const { selected, skip, total } = selectLeaves(leaves, query)
    const contents = await Promise.all(selected.map((leaf) => readLeaf(engine, slug, leaf, mayLag)))
    if (contents.includes(undefined)) continue
    const schools = contents.flatMap((leaf) => leaf ?? []).filter((school) => countMatchingPrograms(school, query) > 0)
    return toListingPage(schools.slice(skip, skip + query.pageSize), total, query)
  }
  throw new Error(`The listing of ${slug} was replaced during each of ${maxReadAttempts} reads.`)
}

const maxReadAttempts = 4
