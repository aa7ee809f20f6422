import { describe, expect, it } from 'vitest'
import { aStoredCareer, aStoredProgram, aStoredSchool, type CountedWork, createLargeCatalog } from './large-catalog.ts'

const sizes = [10, 1000, 50_000]

describe('the work of a listing', () => {
  it('is the same for 1,000 programs of a career and for 50,000', async () => {
    const measurements: { [act: string]: CountedWork[] } = {}
    for (const size of sizes) {
      const catalog = createLargeCatalog()
      const { stores, measure, put, publish } = catalog
      await catalog.write('careers', 'nurse', aStoredCareer({ degreeOptions: [{ level: 'associate', label: 'A' }] }))
      await catalog.fill('nurse', size)
      const schoolCount = Math.ceil(size / 5)
      const readPage = (page: number, filter = {}) =>
        stores.catalog.listingPage('nurse', { page, pageSize: 10, ...filter })
      const pages = (await readPage(1))?.page.pages ?? 0
      expect((await readPage(1))?.page.total).toBe(schoolCount)
      await catalog.write('programs', 'program-1', aStoredProgram('nurse', 1, schoolCount))
      const acts: { [act: string]: () => Promise<unknown> } = {
        'page 1': () => readPage(1),
        'last page': () => readPage(pages),
        'filtered page': () => readPage(1, { state: 'TX', level: 'associate' }),
        'program title': () => publish('programs', 'program-1'),
        'program rank': () => publish('programs', 'program-1'),
        'new program': () => publish('programs', 'program-new'),
        'school pause': () => publish('schools', 'school-1'),
        'career title': () => publish('careers', 'nurse'),
      }
      const before: { [act: string]: () => Promise<unknown> } = {
        'program title': () =>
          put('programs', 'program-1', aStoredProgram('nurse', 1, schoolCount, { name: 'Renamed' })),
        'program rank': () => put('programs', 'program-1', aStoredProgram('nurse', 1, schoolCount, { rank: 0 })),
        'new program': () => put('programs', 'program-new', aStoredProgram('nurse', 1, schoolCount)),
        'school pause': () => put('schools', 'school-1', aStoredSchool(1, { status: 'paused' })),
        'career title': () => put('careers', 'nurse', aStoredCareer({ title: 'Nurses' })),
      }
      for (const [act, run] of Object.entries(acts)) {
        await before[act]?.()
        const work = await measure(run)
        measurements[act] = [...(measurements[act] ?? []), work]
      }
    }
    console.table(
      Object.entries(measurements).flatMap(([act, works]) =>
        works.map((work, index) => ({ act, programs: sizes[index], ...work })),
      ),
    )
    for (const [act, [small, medium, large]] of Object.entries(measurements)) {
      if (!small || !medium || !large) throw new Error('A size was not measured.')
      const countCalls = ({ gets, queries, transactions }: CountedWork) => gets + queries + transactions
      // Leaves of a page, and their split, are a call or two more or less.
      expect(countCalls(large), act).toBeLessThanOrEqual(countCalls(medium) + 3)
      expect(countCalls(large), act).toBeLessThanOrEqual(countCalls(small) + 8)
      expect(large.readBytes, act).toBeLessThan(40_000)
      expect(large.writtenBytes, act).toBeLessThan(30_000)
      expect(large.largestItemBytes, act).toBeLessThan(16_000)
    }
    const [small, , large] = measurements['page 1'] ?? []
    expect([small?.gets, large?.gets]).toEqual([1, 2])
  })

  it('detects: work that grows with the programs', async () => {
    const catalog = createLargeCatalog()
    await catalog.write('careers', 'nurse', aStoredCareer())
    await catalog.fill('nurse', 1000)
    const rebuild = async () => {
      await catalog.stores.publishIntents.open([
        { kind: 'pages', id: 'nurse', intentId: 'again', at: '2026-11-23T15:00:00.000Z' },
      ])
      return catalog.measure(() => catalog.publish('pages', 'nurse'))
    }
    const before = await rebuild()
    await catalog.fill('nurse', 3000)
    expect((await rebuild()).readBytes).toBeGreaterThan(2 * before.readBytes)
  })
})
