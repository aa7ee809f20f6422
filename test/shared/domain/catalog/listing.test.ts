import { describe, expect, it } from 'vitest'
import { type ListedProgram, type ListingFilter, listing, pageOfListing } from '#shared/domain/catalog/listing.ts'
import { aListedProgram } from '#test/builders/career.ts'

describe('schools are ranked', () => {
  it('sponsored first by their paid placement, then by name; those that do not pay by name alone', () => {
    const programs = [
      aProgramOf('Yew', { sponsored: false, rank: 1 }),
      aProgramOf('Elm', { sponsored: false, rank: 2 }),
      aProgramOf('Dogwood', { rank: 2 }),
      aProgramOf('Cedar', { rank: 1 }),
      aProgramOf('Birch', { rank: 2 }),
    ]
    expect(namesIn(programs)).toEqual(['Cedar', 'Birch', 'Dogwood', 'Elm', 'Yew'])
  })

  it('by their best program, with all of their programs', () => {
    const programs = [
      aProgramOf('Alder', { programId: 'good', rank: 2 }),
      aProgramOf('Birch', { programId: 'poor', rank: 9 }),
      aProgramOf('Birch', { programId: 'best', rank: 1 }),
    ]
    const [first] = listing(programs)
    expect(first?.name).toBe('Birch')
    expect(first?.programs.map(({ programId }) => programId)).toEqual(['best', 'poor'])
  })

  it('the same in whatever order the programs come, also where names are alike', () => {
    const programs = ['b', 'a', 'c'].map((id) => aListedProgram({ schoolId: id, programId: id, schoolName: 'Alike' }))
    expect(listing(programs).map(({ schoolId }) => schoolId)).toEqual(['a', 'b', 'c'])
    expect(listing(programs.toReversed())).toEqual(listing(programs))
  })

  it('without those that are paused', () => {
    expect(namesIn([aProgramOf('Alder', { schoolStatus: 'paused' }), aProgramOf('Birch')])).toEqual(['Birch'])
  })
})

describe('12 schools in pages of 5', () => {
  const ranked = listing(Array.from({ length: 12 }, (_, at) => aProgramOf(`School ${10 + at}`)))

  it.each([
    [1, 5, 2, null],
    [2, 5, 3, 1],
    [3, 2, null, 2],
    [4, 0, null, 3],
    [99, 0, null, 3],
  ])('page %i holds %i; next is %s, previous is %s', (page, held, next, previous) => {
    const answer = pageOfListing(ranked, { page, pageSize: 5 })
    expect(answer.schools).toHaveLength(held)
    expect(answer.page).toEqual({ number: page, size: 5, total: 12, pages: 3, next, previous })
  })

  it('show every school once, at positions that go on from page to page', () => {
    const shown = [1, 2, 3].flatMap((page) => pageOfListing(ranked, { page, pageSize: 5 }).schools)
    expect(shown.map(({ position }) => position)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
    expect(new Set(shown.map(({ schoolId }) => schoolId)).size).toBe(12)
  })
})

it('a listing of nothing is one empty page', () => {
  expect(pageOfListing([], { page: 1, pageSize: 5 })).toEqual({
    schools: [],
    page: { number: 1, size: 5, total: 0, pages: 1, next: null, previous: null },
  })
})

describe('filtered by', () => {
  const ranked = listing([
    aProgramOf('Alder', { programId: 'alder-1', states: ['TX'], level: 'certificate', modality: 'online' }),
    aProgramOf('Alder', { programId: 'alder-2', states: ['OH'], level: 'bachelor', modality: 'campus' }),
    aProgramOf('Birch', { programId: 'birch-1', level: 'certificate', modality: 'campus' }),
  ])

  it.each<[string, ListingFilter, string[]]>([
    ['nothing', {}, ['alder-1', 'alder-2', 'birch-1']],
    ['state, with what is offered everywhere', { state: 'OH' }, ['alder-2', 'birch-1']],
    ['level', { level: 'certificate' }, ['alder-1', 'birch-1']],
    ['modality', { modality: 'campus' }, ['alder-2', 'birch-1']],
    [
      'all three, where one program must fit them all',
      { state: 'TX', level: 'certificate', modality: 'campus' },
      ['birch-1'],
    ],
    ['what nobody offers', { level: 'doctorate' }, []],
  ])('%s', (_, filter, expected) => {
    const { schools, page } = pageOfListing(ranked, { page: 1, pageSize: 5, ...filter })
    expect(schools.flatMap(({ programs }) => programs.map(({ programId }) => programId))).toEqual(expected)
    expect(page.total).toBe(schools.length)
    expect(schools.map(({ position }) => position)).toEqual(schools.map((__, at) => at + 1))
  })
})

it('labels at each item whether its place is paid for', () => {
  const ranked = listing([aProgramOf('Alder'), aProgramOf('Birch', { sponsored: false })])
  expect(pageOfListing(ranked, { page: 1, pageSize: 5 }).schools).toMatchObject([
    { sponsored: true, placementBasis: expect.stringMatching(/^Sponsored/), links: { rel: 'sponsored nofollow' } },
    { sponsored: false, placementBasis: expect.stringMatching(/^Not sponsored/), links: { rel: 'nofollow' } },
  ])
})

function aProgramOf(schoolName: string, given: Partial<ListedProgram> = {}): ListedProgram {
  const id = schoolName.toLowerCase().replaceAll(' ', '-')
  return aListedProgram({ schoolId: id, programId: `${id}-program`, schoolName, ...given })
}

function namesIn(programs: readonly ListedProgram[]): string[] {
  return listing(programs).map(({ name }) => name)
}
