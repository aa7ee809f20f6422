import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { catalogPages } from '#shared/store/catalog/catalog-pages.ts'
import { buildListingRows } from '#shared/store/catalog/listing-rows.ts'
import { countItemBytes } from '#shared/store/engine/count-item-bytes.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { limits } from '#shared/store/engine/limits.ts'
import type { Table } from '#shared/store/keys.ts'
import { memoryEngine } from '#test/memory-engine.ts'

it('keeps each row of a listing of 50,000 programs a fifth below the limit of an item, and reads it back', async () => {
  const schools = createSchools(10_000, 'a')
  const rows = buildListingRows('nurse', schools)
  expect(Math.max(...rows.map((row) => countItemBytes(row)))).toBeLessThan(0.8 * limits.itemBytes)
  expect(rows.length).toBeGreaterThan(1)
  // All rows of a career are replaced in one transaction.
  expect(rows.reduce((sum, row) => sum + countItemBytes(row), 0)).toBeLessThan(limits.transactionBytes / 2)
  const engine = memoryEngine()
  await engine.transact(rows.map((put) => ({ in: 'catalog', put })))
  expect(await catalogPages(engine).listing('nurse')).toEqual(schools)
})

it('keeps a listing of a thousand programs in one row, which is one lookup', async () => {
  const rows = buildListingRows('nurse', createSchools(200, 'a'))
  expect(rows).toHaveLength(1)
})

it('reads a listing again that is replaced while its parts are read', async () => {
  const [before, after] = [createSchools(8000, 'a'), createSchools(8000, 'b')]
  const inner = memoryEngine()
  const oldRows = buildListingRows('nurse', before)
  await inner.transact(oldRows.map((put) => ({ in: 'catalog', put })))
  let isReplaced = false
  const engine: Engine<Table> = {
    ...inner,
    async get(from) {
      const row = await inner.get(from)
      if (from.key.sk === 'LISTING' && !isReplaced) {
        isReplaced = true
        const parts = oldRows.slice(1).map(({ pk, sk }) => ({ in: 'catalog', delete: { pk, sk } }) as const)
        const puts = buildListingRows('nurse', after).map((put) => ({ in: 'catalog', put }) as const)
        await inner.transact([...parts, ...puts])
      }
      return row
    },
  }
  expect(await catalogPages(engine).listing('nurse')).toEqual(after)
})

/** Schools with five programs each, whose names and IDs do not repeat, so that they compress as badly as real ones. */
function createSchools(count: number, seed: string) {
  const name = (what: string) => createHash('sha256').update(`${seed} ${what}`).digest('hex').slice(0, 12)
  return Array.from({ length: count }, (_, school) => ({
    schoolId: `college-${name(`id ${school}`)}`,
    name: `College of ${name(`name ${school}`)}`,
    sponsored: school % 3 === 0,
    programs: Array.from({ length: 5 }, (__, program) => ({
      programId: `program-${name(`${school} ${program}`)}`,
      schoolId: `college-${name(`id ${school}`)}`,
      schoolName: `College of ${name(`name ${school}`)}`,
      schoolStatus: 'active' as const,
      name: `Associate of ${name(`${school} of ${program}`)}`,
      level: 'associate' as const,
      modality: 'online' as const,
      states: ['CA' as const, 'TX' as const],
      sponsored: school % 3 === 0,
      rank: 100 + program,
    })),
  }))
}
