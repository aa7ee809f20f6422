import type { Program } from './program.ts'
import type { School } from './school.ts'

/** A program in a listing, with its school. */
export type ListedProgram = Pick<
  Program,
  'name' | 'level' | 'modality' | 'states' | 'sponsored' | 'rank' | 'schoolId' | 'tuition' | 'length' | 'place'
> & {
  programId: string
  schoolName: string
  schoolPlace?: School['place']
  schoolLogoUrl?: School['logoUrl']
  schoolStatus: School['status']
}
export type ListedSchool = Pick<School, 'name' | 'place' | 'logoUrl'> & {
  schoolId: string
  sponsored: boolean
  programs: ListedProgram[]
}
export type ListingFilter = {
  state?: string | undefined
  level?: Program['level'] | undefined
  modality?: Program['modality'] | undefined
}

/** Ranks the active schools of a career. This runs when a record is written, so that reading a page needs no sorting. */
export function rankSchools(programs: readonly ListedProgram[]): ListedSchool[] {
  const activePrograms = programs.filter(({ schoolStatus }) => schoolStatus === 'active').toSorted(comparePlacement)
  const schools = Map.groupBy(activePrograms, ({ schoolId }) => schoolId)
  return [...schools.values()].flatMap((schoolPrograms) =>
    schoolPrograms.slice(0, 1).map(({ schoolId, schoolName, schoolPlace, schoolLogoUrl, sponsored }) => ({
      schoolId,
      name: schoolName,
      ...(schoolPlace && { place: schoolPlace }),
      ...(schoolLogoUrl !== undefined && { logoUrl: schoolLogoUrl }),
      sponsored,
      programs: schoolPrograms,
    })),
  )
}

/** Returns one numbered page of a ranked listing. A page past the end is empty. */
export function paginateListing(
  ranked: readonly ListedSchool[],
  { page, pageSize, ...filter }: ListingFilter & { page: number; pageSize: number },
) {
  const matchingSchools = ranked.flatMap((school) => {
    const programs = school.programs.filter((program) => matchesFilter(program, filter))
    return programs.length > 0 ? [{ ...school, programs }] : []
  })
  const pages = Math.max(1, Math.ceil(matchingSchools.length / pageSize))
  const first = (page - 1) * pageSize
  return {
    schools: matchingSchools
      .slice(first, first + pageSize)
      .map((school, index) => toListingItem(school, first + index + 1)),
    page: {
      number: page,
      size: pageSize,
      total: matchingSchools.length,
      pages,
      next: page < pages ? page + 1 : null,
      previous: page > 1 ? Math.min(page - 1, pages) : null,
    },
  }
}

function toListingItem({ schoolId, name, place, logoUrl, sponsored, programs }: ListedSchool, position: number) {
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

function matchesFilter(program: ListedProgram, { state, level, modality }: ListingFilter): boolean {
  return (
    (state === undefined || (program.states?.some((one) => one === state) ?? true)) &&
    program.level === (level ?? program.level) &&
    program.modality === (modality ?? program.modality)
  )
}

function comparePlacement(a: ListedProgram, b: ListedProgram): number {
  return (
    Number(b.sponsored) - Number(a.sponsored) ||
    (a.sponsored ? a.rank - b.rank : 0) ||
    a.schoolName.localeCompare(b.schoolName, 'en-US') ||
    a.rank - b.rank ||
    a.programId.localeCompare(b.programId, 'en-US')
  )
}
