import { describe, expect, it } from 'vitest'
import { paginateListing } from '#shared/domain/catalog/listing.ts'
import type { OfferFilter } from '#shared/domain/catalog/offer-counts.ts'
import { aListedProgram, aListing, type OfferedProgram } from '#test/builders/career.ts'

describe('a listing', () => {
  it('ranks sponsored schools first by rank and name, then others by name', () => {
    const programs = [
      aSchoolProgram('Yew', { sponsored: false, rank: 1 }),
      aSchoolProgram('Elm', { sponsored: false, rank: 2 }),
      aSchoolProgram('Dogwood', { rank: 2 }),
      aSchoolProgram('Cedar', { rank: 1 }),
      aSchoolProgram('Birch', { rank: 2 }),
    ]
    expect(rankNames(programs)).toEqual(['Cedar', 'Birch', 'Dogwood', 'Elm', 'Yew'])
  })

  it('ranks schools by their best program, and includes all programs', () => {
    const programs = [
      aSchoolProgram('Alder', { programId: 'good', rank: 2 }),
      aSchoolProgram('Birch', { programId: 'poor', rank: 9 }),
      aSchoolProgram('Birch', { programId: 'best', rank: 1 }),
    ]
    const [first] = aListing(programs)
    expect(first?.name).toBe('Birch')
    expect(first?.programs.map(({ programId }) => programId)).toEqual(['best', 'poor'])
  })

  it('gives the same ranking in any order of programs, also for equal names', () => {
    const programs = ['b', 'a', 'c'].map((id) => aListedProgram({ schoolId: id, programId: id, schoolName: 'Alike' }))
    expect(aListing(programs).map(({ schoolId }) => schoolId)).toEqual(['a', 'b', 'c'])
    expect(aListing(programs.toReversed())).toEqual(aListing(programs))
  })

  it('shows place and logo of the school, and tuition, length and campus of the program', () => {
    const details = {
      tuition: { cents: 1_250_000, per: 'program' },
      length: { count: 2, unit: 'years' },
      place: { city: 'Waco', state: 'TX' },
    } as const
    const schoolDetails = { place: { city: 'Austin', state: 'TX' }, logoUrl: 'https://alder.example/logo.svg' } as const
    const program = aListedProgram({
      ...details,
      schoolPlace: schoolDetails.place,
      schoolLogoUrl: schoolDetails.logoUrl,
    })
    const { schools } = paginateListing(aListing([program]), { page: 1, pageSize: 5 })
    expect(schools).toMatchObject([{ ...schoolDetails, programs: [details] }])
  })

  it('omits paused schools', () => {
    expect(rankNames([aSchoolProgram('Alder', { schoolStatus: 'paused' }), aSchoolProgram('Birch')])).toEqual(['Birch'])
  })
})

describe('12 schools in pages of 5', () => {
  const ranked = aListing(Array.from({ length: 12 }, (_, at) => aSchoolProgram(`School ${10 + at}`)))

  it.each([
    [1, 5, 2, null],
    [2, 5, 3, 1],
    [3, 2, null, 2],
    [4, 0, null, 3],
    [99, 0, null, 3],
  ])('page %i holds %i; next is %s, previous is %s', (page, count, next, previous) => {
    const result = paginateListing(ranked, { page, pageSize: 5 })
    expect(result.schools).toHaveLength(count)
    expect(result.page).toEqual({ number: page, size: 5, total: 12, pages: 3, next, previous })
  })

  it('show every school once, with continuous positions', () => {
    const listedSchools = [1, 2, 3].flatMap((page) => paginateListing(ranked, { page, pageSize: 5 }).schools)
    expect(listedSchools.map(({ position }) => position)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
    expect(new Set(listedSchools.map(({ schoolId }) => schoolId)).size).toBe(12)
  })
})

it('a listing of nothing is one empty page', () => {
  expect(paginateListing([], { page: 1, pageSize: 5 })).toEqual({
    schools: [],
    page: { number: 1, size: 5, total: 0, pages: 1, next: null, previous: null },
  })
})

describe('paginateListing', () => {
  const ranked = aListing([
    aSchoolProgram('Alder', { programId: 'alder-1', states: ['TX'], level: 'certificate', modality: 'online' }),
    aSchoolProgram('Alder', { programId: 'alder-2', states: ['OH'], level: 'bachelor', modality: 'campus' }),
    aSchoolProgram('Birch', { programId: 'birch-1', level: 'certificate', modality: 'campus' }),
  ])

  it.each<[string, OfferFilter, string[]]>([
    ['nothing', {}, ['alder-1', 'alder-2', 'birch-1']],
    ['state, with what is offered everywhere', { state: 'OH' }, ['alder-2', 'birch-1']],
    ['level', { level: 'certificate' }, ['alder-1', 'birch-1']],
    ['modality', { modality: 'campus' }, ['alder-2', 'birch-1']],
    ['all three, for a single program', { state: 'TX', level: 'certificate', modality: 'campus' }, ['birch-1']],
    ['a level that no school offers', { level: 'doctorate' }, []],
  ])('filters by %s', (_, filter, expected) => {
    const { schools, page } = paginateListing(ranked, { page: 1, pageSize: 5, ...filter })
    expect(schools.flatMap(({ programs }) => programs.map(({ programId }) => programId))).toEqual(expected)
    expect(page.total).toBe(schools.length)
    expect(schools.map(({ position }) => position)).toEqual(schools.map((__, at) => at + 1))
  })
})

it('states for each school whether it is sponsored', () => {
  const ranked = aListing([aSchoolProgram('Alder'), aSchoolProgram('Birch', { sponsored: false })])
  expect(paginateListing(ranked, { page: 1, pageSize: 5 }).schools).toMatchObject([
    { sponsored: true, placementBasis: expect.stringMatching(/^Sponsored/), links: { rel: 'sponsored nofollow' } },
    { sponsored: false, placementBasis: expect.stringMatching(/^Not sponsored/), links: { rel: 'nofollow' } },
  ])
})

function aSchoolProgram(schoolName: string, fields: Partial<OfferedProgram> = {}): OfferedProgram {
  const id = schoolName.toLowerCase().replaceAll(' ', '-')
  return aListedProgram({ schoolId: id, programId: `${id}-program`, schoolName, ...fields })
}

function rankNames(programs: readonly OfferedProgram[]): string[] {
  return aListing(programs).map(({ name }) => name)
}
