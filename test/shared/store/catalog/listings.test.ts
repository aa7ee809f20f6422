import { describe, expect, it } from 'vitest'
import { createSeededRandom } from '#local/week/seeded-random.ts'
import {
  buildListedSchool,
  type ListedProgram,
  type ListingQuery,
  type ListingSchool,
  paginateListing,
  rankSchools,
} from '#shared/domain/catalog/listing.ts'
import { splitIntoLeaves } from '#shared/domain/catalog/listing-leaves.ts'
import { catalogPages } from '#shared/store/catalog/catalog-pages.ts'
import { listedProgramKey } from '#shared/store/catalog/listing-rows.ts'
import { listingStore } from '#shared/store/catalog/listing-store.ts'
import { countItemBytes } from '#shared/store/engine/count-item-bytes.ts'
import type { Engine, Write } from '#shared/store/engine/engine.ts'
import { limits } from '#shared/store/engine/limits.ts'
import { pageKey, type Table } from '#shared/store/keys.ts'
import { toItem } from '#shared/store/rows.ts'
import { aListedProgram } from '#test/builders/career.ts'
import { watchedEngine } from '#test/functions/house/watched-engine.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const queries: ListingQuery[] = [
  { page: 1, pageSize: 10 },
  { page: 3, pageSize: 7 },
  { page: 2, pageSize: 50 },
  { page: 40, pageSize: 10 },
  { page: 1, pageSize: 10, state: 'TX' },
  { page: 5, pageSize: 9, level: 'bachelor' },
  { page: 2, pageSize: 10, state: 'OH', level: 'associate', modality: 'campus' },
]

describe('a listing that is changed school by school', () => {
  it.each([1, 2])(
    'has the pages of one that is ranked as a whole, also while it grows and shrinks: seed %i',
    async (seed) => {
      const random = createSeededRandom(seed)
      const world = createWorld()
      for (let turn = 0; turn < 600; turn++) {
        // It grows to some 350 schools, and shrinks again.
        const isRemoval = random() < (turn < 400 ? 0.1 : 0.8)
        await world.change(`school-${Math.floor(random() * 300)}`, isRemoval ? [] : somePrograms(random), random)
        if (turn % 60 === 0) await world.expectPages(queries)
      }
      await world.expectPages(queries)
    },
  )

  it('has the same pages when it is built again, and again after that nothing is written', async () => {
    const random = createSeededRandom(7)
    const world = createWorld()
    await world.fill(400, random)
    await world.change('school-5', somePrograms(random), random)
    await world.rebuild()
    await world.expectPages(queries)
    const { transactions } = world.watch
    await world.rebuild()
    expect(world.watch.transactions).toBe(transactions)
  })

  it('keeps no leaf that is not in use', async () => {
    const random = createSeededRandom(8)
    const world = createWorld()
    await world.fill(400, random)
    await world.fill(395, random, () => [])
    const { pk } = pageKey('nurse', 'LISTING')
    const { items } = await world.engine.query({ in: 'catalog', pk, limit: 100 })
    expect(items.map(({ sk }) => sk)).toEqual(['LISTING'])
    await world.expectPages(queries)
  })

  it('has each school once after many writers at the same time', async () => {
    const random = createSeededRandom(9)
    const world = createWorld()
    const ids = Array.from({ length: 40 }, (_, number) => `school-${number % 20}`)
    await Promise.all(ids.map((id) => world.change(id, somePrograms(random), random)))
    await world.expectPages([{ page: 1, pageSize: 50 }])
  })

  it('is read again if it is replaced between the reads of a page', async () => {
    const random = createSeededRandom(10)
    const world = createWorld()
    await world.fill(400, random)
    let isReplaced = false
    const engine: Engine<Table> = {
      ...world.engine,
      async get(from) {
        const row = await world.engine.get(from)
        if (from.key.sk === 'LISTING' && !isReplaced) {
          isReplaced = true
          for (let number = 0; number < 60; number++) await world.change(`school-${number}`, [], random)
        }
        return row
      },
    }
    const query = { page: 2, pageSize: 20 }
    expect(await catalogPages(engine).listingPage('nurse', query)).toEqual(world.expectedPage(query))
    expect(isReplaced).toBe(true)
  })

  it('shows 50 programs of a school that has thousands, and counts all, for each filter', async () => {
    const world = createWorld()
    const states = ['TX', 'OH', 'CA'] as const
    const programs = Array.from({ length: 3000 }, (_, number) => {
      const [state] = states.slice(number % 3)
      return program({
        programId: `p-${number}`,
        level: number === 2999 ? 'doctorate' : 'associate',
        ...(state && { states: [state] }),
      })
    })
    await world.change('large', programs, () => 0.5)
    const page = async (query: Partial<ListingQuery>) =>
      (await catalogPages(world.engine).listingPage('nurse', { page: 1, pageSize: 10, ...query }))?.schools.map(
        ({ programCount, programs: shown }) => [programCount, shown.length],
      )
    expect(await page({})).toEqual([[3000, 50]])
    expect(await page({ state: 'TX' })).toMatchObject([[1000, expect.any(Number)]])
    expect(await page({ level: 'doctorate' })).toEqual([[1, 1]])
    expect(await page({ state: 'NY' })).toEqual([])
    const row = await world.engine.get({ in: 'catalog', key: pageKey('nurse', 'LISTING') })
    expect(row && countItemBytes(row)).toBeLessThan(limits.itemBytes / 10)
  })

  it('detects: a listing whose leaves are not what its row says', async () => {
    const random = createSeededRandom(11)
    const world = createWorld()
    await world.fill(400, random)
    world.schools.delete('school-7')
    await expect(world.expectPages([{ page: 1, pageSize: 50 }])).rejects.toThrow()
  })
})

it('divides schools into leaves none of which is much longer than the others', () => {
  const listed = Array.from({ length: 2000 }, (_, number) => {
    const school = { name: `School ${number}`, status: 'active' } as const
    return buildListedSchool(`school-${number}`, school, [program({ programId: `p-${number}` })])
  })
  const lengths = splitIntoLeaves(listed.flatMap((one) => one ?? [])).map((leaf) => leaf.length)
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(2000)
  expect(Math.max(...lengths) / Math.min(...lengths.slice(0, -1))).toBeLessThan(1.5)
})

type Random = () => number

function somePrograms(random: Random): ListedProgram[] {
  const id = Math.floor(random() * 1e9)
  return Array.from({ length: 1 + Math.floor(random() * 3) }, (_, number) => {
    const states = (['TX', 'OH', 'CA'] as const).filter(() => random() < 0.4)
    return program({
      programId: `p-${id}-${number}`,
      name: `Program ${Math.floor(random() * 1e6)}`,
      sponsored: random() < 0.5,
      rank: Math.floor(random() * 20),
      level: random() < 0.5 ? 'associate' : 'bachelor',
      modality: random() < 0.5 ? 'online' : 'campus',
      ...(states.length > 0 && { states }),
    })
  })
}

function program(fields: Partial<ListedProgram>): ListedProgram {
  const { schoolId: _i, schoolName: _n, schoolStatus: _s, ...own } = aListedProgram(fields)
  return own
}

/** A listing, and what it must show. */
function createWorld() {
  const { engine, watch } = watchedEngine(memoryEngine())
  const listings = listingStore(engine)
  const schools = new Map<string, { school: ListingSchool; programs: readonly ListedProgram[] }>()
  const readSchool = async (schoolId: string) => schools.get(schoolId)?.school
  const expectedPage = (query: ListingQuery) => {
    const listed = [...schools].flatMap(([id, { school, programs }]) => buildListedSchool(id, school, programs) ?? [])
    return paginateListing(rankSchools(listed), query)
  }
  const write = async (schoolId: string, programs: readonly ListedProgram[], random: Random) => {
    const status = random() < 0.1 ? ('paused' as const) : ('active' as const)
    const earlier = schools.get(schoolId)?.programs ?? []
    schools.set(schoolId, { school: { name: `School ${schoolId.slice(-1)}`, status }, programs })
    const gone = earlier.filter(({ programId }) => !programs.some((one) => one.programId === programId))
    const writes: Write<Table>[] = [
      ...gone.map(
        ({ programId }) => ({ in: 'catalog', delete: listedProgramKey('nurse', schoolId, programId) }) as const,
      ),
      ...programs.map(
        (one) =>
          ({ in: 'catalog', put: { ...listedProgramKey('nurse', schoolId, one.programId), ...toItem(one) } }) as const,
      ),
    ]
    for (let start = 0; start < writes.length; start += 90) await engine.transact(writes.slice(start, start + 90))
  }
  return {
    engine,
    watch,
    schools,
    expectedPage,
    rebuild: () => listings.rebuild('nurse', readSchool),
    async change(schoolId: string, programs: readonly ListedProgram[], random: Random) {
      await write(schoolId, programs, random)
      await listings.place({ slug: 'nurse', schoolId, readSchool })
    },
    /** Many schools at once, as an import does. */
    async fill(count: number, random: Random, programs = somePrograms) {
      for (let number = 0; number < count; number++) await write(`school-${number}`, programs(random), random)
      await listings.rebuild('nurse', readSchool)
    },
    async expectPages(pages: readonly ListingQuery[]) {
      for (const query of pages)
        expect(await catalogPages(engine).listingPage('nurse', query), JSON.stringify(query)).toEqual(
          expectedPage(query),
        )
    },
  }
}
