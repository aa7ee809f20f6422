import type * as z from 'zod'
import { countMatchingOffers, countOffers, type OfferCounts, type OfferFilter } from './offer-counts.ts'
import type { listedDetails, Program } from './program.ts'
import type { School } from './school.ts'

/** A program in a listing. */
export type ListedProgram = Pick<Program, 'name' | 'level' | 'modality' | 'states' | 'sponsored' | 'rank'> &
  z.output<typeof listedDetails> & { programId: string }
export type ListingSchool = Pick<School, 'name' | 'place' | 'logoUrl' | 'status'>
/** A school with its programs, the best placed first. */
export type ListedSchool = Pick<School, 'name' | 'place' | 'logoUrl'> & {
  schoolId: string
  sponsored: boolean
  programs: ListedProgram[]
  /** How many programs it has of each kind, if `programs` has not all of them. */
  counts?: OfferCounts | undefined
}
export type ListingQuery = OfferFilter & { page: number; pageSize: number }

/** Returns how a listing shows a school, or undefined if it is paused or offers nothing. */
export function buildListedSchool(
  schoolId: string,
  { name, place, logoUrl, status }: ListingSchool,
  programs: readonly ListedProgram[],
): ListedSchool | undefined {
  const [best, ...others] = programs.toSorted(comparePrograms)
  if (status !== 'active' || !best) return undefined
  const all = [best, ...others]
  const listed = all.length > maxProgramsInListing ? pickPrograms(all) : all
  return {
    schoolId,
    name,
    ...(place && { place }),
    ...(logoUrl !== undefined && { logoUrl }),
    sponsored: best.sponsored,
    programs: listed,
    ...(listed.length < all.length && { counts: countOffers(all) }),
  }
}

/** Where a school stands in a listing: what its best program and its name say. */
export type ListingPlacement = { sponsored: boolean; rank: number; name: string; programId: string }

export function getPlacement({ sponsored, name, programs }: ListedSchool): ListingPlacement {
  return { sponsored, rank: programs[0]?.rank ?? 0, name, programId: programs[0]?.programId ?? '' }
}

export function comparePlacements(a: ListingPlacement, b: ListingPlacement): number {
  return (
    Number(b.sponsored) - Number(a.sponsored) ||
    (a.sponsored ? a.rank - b.rank : 0) ||
    collator.compare(a.name, b.name) ||
    a.rank - b.rank ||
    collator.compare(a.programId, b.programId)
  )
}

export function compareSchools(a: ListedSchool, b: ListedSchool): number {
  return comparePlacements(getPlacement(a), getPlacement(b))
}

export function rankSchools(schools: readonly ListedSchool[]): ListedSchool[] {
  return schools.toSorted(compareSchools)
}

/** Returns one numbered page of a ranked listing. A page past the end is empty. */
export function paginateListing(ranked: readonly ListedSchool[], query: ListingQuery) {
  const matchingSchools = ranked.filter((school) => countMatchingPrograms(school, query) > 0)
  const first = (query.page - 1) * query.pageSize
  return toListingPage(matchingSchools.slice(first, first + query.pageSize), matchingSchools.length, query)
}

/** Returns a page that has these schools, of `total` that match the filter. */
export function toListingPage(schools: readonly ListedSchool[], total: number, query: ListingQuery) {
  const { page, pageSize } = query
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const first = (page - 1) * pageSize
  return {
    schools: schools.map((school, index) => toListingItem(school, first + index + 1, query)),
    page: {
      number: page,
      size: pageSize,
      total,
      pages,
      next: page < pages ? page + 1 : null,
      previous: page > 1 ? Math.min(page - 1, pages) : null,
    },
  }
}

export function countMatchingPrograms({ programs, counts }: ListedSchool, filter: OfferFilter): number {
  return countMatchingOffers(counts ?? countOffers(programs), filter)
}

function toListingItem(listedSchool: ListedSchool, position: number, filter: OfferFilter) {
  const { schoolId, name, place, logoUrl, sponsored } = listedSchool
  const programs = listedSchool.programs.filter((program) => matchesFilter(program, filter)).slice(0, maxProgramsOnPage)
  return {
    position,
    schoolId,
    name,
    ...(place && { place }),
    ...(logoUrl !== undefined && { logoUrl }),
    sponsored,
    placementBasis: sponsored
      ? 'Sponsored: this school pays to be listed.'
      : 'Not sponsored: listed alphabetically after sponsored schools.',
    programCount: countMatchingPrograms(listedSchool, filter),
    programs: programs.map(({ programId, name: title, level, modality, tuition, length, place: campus }) => ({
      programId,
      name: title,
      level,
      modality,
      ...(tuition && { tuition }),
      ...(length && { length }),
      ...(campus && { place: campus }),
    })),
    links: {
      programs: programs.map(({ programId }) => `/v1/programs/${programId}`),
      rel: sponsored ? 'sponsored nofollow' : 'nofollow',
    },
  }
}

function matchesFilter({ states, ...program }: ListedProgram, { state, level, modality }: OfferFilter): boolean {
  return (
    (state === undefined || (states?.some((one) => one === state) ?? true)) &&
    program.level === (level ?? program.level) &&
    program.modality === (modality ?? program.modality)
  )
}

/** Of very many programs of one school: the best placed, and the best of each kind, so that every filter finds one. */
function pickPrograms(programs: readonly ListedProgram[]): ListedProgram[] {
  const kinds = new Set<string>()
  return programs
    .filter((program, index) => {
      const own = Object.entries(countOffers([program])).flatMap(([kind, states]) =>
        Object.keys(states).map((state) => `${kind} ${state}`),
      )
      const isNew = own.some((kind) => !kinds.has(kind))
      for (const kind of own) kinds.add(kind)
      return index < maxProgramsOnPage || isNew
    })
    .slice(0, maxProgramsInListing)
}

function comparePrograms(a: ListedProgram, b: ListedProgram): number {
  return Number(b.sponsored) - Number(a.sponsored) || a.rank - b.rank || collator.compare(a.programId, b.programId)
}

/** How many programs of a school a page shows; `programCount` says how many there are. */
export const maxProgramsOnPage = 50
export const maxProgramsInListing = 200
const collator = new Intl.Collator('en-US')
