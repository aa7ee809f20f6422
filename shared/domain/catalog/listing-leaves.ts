import { comparePlacements, getPlacement, type ListedSchool, type ListingPlacement } from './listing.ts'
import { countOffers, describeOffers, hasMatchingOffer, type OfferFilter } from './offer-counts.ts'

/**
 * A part of a long listing, in its order: how many schools it has, the place of its first one, and how many offer what
 * (`describeOffers`). `version`: of the listing when the leaf was written.
 */
export type ListingLeaf = {
  id: string
  version: number
  size: number
  first: ListingPlacement
  offers: { [description: string]: number }
}

/** Returns the index of the leaf in which a school with this place is, or would be. */
export function findLeaf(leaves: readonly Pick<ListingLeaf, 'first'>[], placement: ListingPlacement): number {
  let [low, high] = [0, leaves.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const leaf = leaves[middle]
    if (leaf && comparePlacements(leaf.first, placement) <= 0) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

export function describeLeaf(id: string, version: number, schools: readonly ListedSchool[]): ListingLeaf {
  const [first] = schools
  if (!first) throw new Error('A leaf of a listing has at least one school.')
  const offers: { [description: string]: number } = {}
  for (const { counts, programs } of schools) {
    const description = describeOffers(counts ?? countOffers(programs))
    offers[description] = (offers[description] ?? 0) + 1
  }
  return { id, version, size: schools.length, first: getPlacement(first), offers }
}

/** Divides ranked schools so that no part is longer than a leaf may be, unless it is a single school. */
export function splitIntoLeaves(schools: readonly ListedSchool[]): ListedSchool[][] {
  const lengths = schools.map((school) => JSON.stringify(school).length)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  if (total <= maxLeafLength) return schools.length > 0 ? [[...schools]] : []
  const targetLength = total / Math.ceil(total / (maxLeafLength * 0.6))
  const leaves: ListedSchool[][] = []
  let length = 0
  for (const [index, school] of schools.entries()) {
    const own = lengths[index] ?? 0
    const leaf = leaves.at(-1)
    if (leaf && length + own <= targetLength) {
      leaf.push(school)
      length += own
    } else {
      leaves.push([school])
      length = own
    }
  }
  return leaves
}

/** Returns the leaves that have the matching schools of a page, how many to skip in them, and how many match in all. */
export function selectLeaves<Leaf extends Pick<ListingLeaf, 'size' | 'offers'>>(
  leaves: readonly Leaf[],
  { page, pageSize, ...filter }: OfferFilter & { page: number; pageSize: number },
) {
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  const first = (page - 1) * pageSize
  const selected: Leaf[] = []
  let [total, skip] = [0, 0]
  for (const leaf of leaves) {
    const matching = isFiltered ? countMatching(leaf, filter) : leaf.size
    if (matching > 0 && total + matching > first && total < first + pageSize) {
      if (selected.length === 0) skip = first - total
      selected.push(leaf)
    }
    total += matching
  }
  return { selected, skip, total }
}

function countMatching({ offers }: Pick<ListingLeaf, 'offers'>, filter: OfferFilter): number {
  return Object.entries(offers).reduce(
    (sum, [description, count]) => (hasMatchingOffer(description, filter) ? sum + count : sum),
    0,
  )
}

/** Characters of JSON; gzipped about a sixth of it. A listing that is no longer has no leaves, and is read with its row. */
export const maxLeafLength = 64 * 1024
