import { describe, expect, it } from 'vitest'
import { publishRecord } from '#shared/workflows/catalog/publish-record.ts'
import {
  aStoredCareer,
  aStoredProgram,
  aStoredSchool,
  type CountedWork,
  createLargeCatalog,
  farDeadline,
} from './large-catalog.ts'

const careerCount = 450
const programCount = 150

describe('a school with 150 programs in 450 careers', () => {
  it('is paused by some transactions for each listing, in runs that each continue, and its programs are not written', async () => {
    const catalog = await createSchoolInManyCareers()
    const { measure, put, publish, stores } = catalog
    await put('schools', 'school-0', aStoredSchool(0, { status: 'paused' }))
    const runs: CountedWork[] = []
    // A deadline in the past: each run ends at its first save of progress.
    for (let outcome = ''; outcome !== 'finished'; )
      runs.push(
        await measure(async () => {
          outcome = await publish('schools', 'school-0', '2026-11-23T14:00:00.000Z')
        }),
      )
    const sum = (what: 'gets' | 'queries' | 'transactions' | 'writes') => runs.reduce((all, run) => all + run[what], 0)
    console.log({
      runs: runs.length,
      gets: sum('gets'),
      queries: sum('queries'),
      transactions: sum('transactions'),
      writes: sum('writes'),
    })
    expect(Math.max(...runs.map(({ transactions }) => transactions))).toBeLessThanOrEqual(80)
    // The listing, the counts on the page of the career, and the intent that ties both.
    expect(sum('transactions')).toBeLessThan(3 * careerCount + 2 * runs.length)
    expect(await listSchools(stores, 0)).toEqual(['school-1'])
    expect(await listSchools(stores, careerCount - 1)).toEqual(['school-1'])
    expect(await stores.publishIntents.list()).toEqual([])
  })

  it('is published again without a write of a listing if nothing that listings show has changed', async () => {
    const { measure, put, publish } = await createSchoolInManyCareers()
    await put('schools', 'school-0', aStoredSchool(0, { deliveries: { atOnce: 3 } }))
    const { transactions } = await measure(() => publish('schools', 'school-0'))
    // Its progress, now and then, and the end of its intent.
    expect(transactions).toBeLessThan((programCount + careerCount) / 25 + 3)
  })
})

type Stores = ReturnType<typeof createLargeCatalog>['stores']

async function listSchools({ catalog }: Stores, number: number) {
  const listing = await catalog.listingPage(`career-${number}`, { page: 1, pageSize: 10 })
  return listing?.schools.map(({ schoolId }) => schoolId)
}

async function createSchoolInManyCareers() {
  const catalog = createLargeCatalog()
  const { stores, put } = catalog
  const degreeOptions = [{ level: 'associate', label: 'Associate degrees' }]
  for (let number = 0; number < careerCount; number++)
    await put('careers', `career-${number}`, aStoredCareer({ title: `Career ${number}`, degreeOptions }))
  for (const number of [0, 1]) await put('schools', `school-${number}`, aStoredSchool(number))
  for (let number = 0; number < programCount; number++) {
    const careerSlugs = [0, 1, 2].map((index) => `career-${(3 * number + index) % careerCount}`)
    for (const schoolId of ['school-0', 'school-1'])
      await put(
        'programs',
        `${schoolId}-${number}`,
        aStoredProgram('', number, 1, { schoolId, careerSlugs, level: 'associate' }),
      )
  }
  const deps = { ...stores, newId: catalog.newId, now: () => new Date('2026-11-23T15:00:00.000Z') }
  // As an import does: programs first, then what careers show of them.
  for (const { kind, id } of await stores.publishIntents.list())
    if (kind === 'programs') await publishRecord({ kind, id, deadline: farDeadline, pages: 'later' }, deps)
  for (const { kind, id } of await stores.publishIntents.list())
    if (kind !== 'deliveries') await publishRecord({ kind, id, deadline: farDeadline }, deps)
  return catalog
}
