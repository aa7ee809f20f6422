import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import * as z from 'zod'
import { describeUnless } from '#test/describe-unless.ts'
import {
  aCampaign,
  aCareer,
  aProgram,
  aSchool,
  career,
  createTestSystem,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { memoryEngine } from '#test/memory-engine.ts'

type Row = { id: string; version?: number; body?: object; delete?: true }
const importResult = z.object({
  rows: z.array(z.looseObject({ id: z.string(), outcome: z.string() })),
  pendingPages: z.int(),
})

async function importRows({ api }: TestSystem, kind: string, rows: Row[], options: object = {}) {
  const { status, body, text } = await api.staff('POST', '/v1/ops/imports', { body: { kind, rows, ...options } })
  if (status !== 200) throw new Error(text)
  return importResult.parse(body)
}
const listOutcomes = ({ rows }: z.output<typeof importResult>) => rows.map(({ outcome }) => outcome)

const { endpoint, missing } = inject('dynamodbLocal')

describe('importRecords on SQLite', () => {
  defineImportTests(async () => ({ createEngine: memoryEngine, close: () => {} }))
})
describeUnless(missing, 'importRecords on DynamoDB', () => defineImportTests(() => openDynamodb(endpoint)))

function defineImportTests(
  open: () => Promise<Pick<Awaited<ReturnType<typeof openDynamodb>>, 'createEngine' | 'close'>>,
) {
  let system: TestSystem
  let close: () => void
  beforeAll(async () => {
    const database = await open()
    close = database.close
    system = await createTestSystem({ createEngine: database.createEngine })
  })
  afterAll(() => close())

  it('creates and changes records with one result for each row, and changes nothing the second time', async () => {
    const rows = [
      { id: 'north', version: 0, body: aSchool({ name: 'North College' }) },
      { id: 'south', version: 0, body: aSchool({ name: 'South College' }) },
    ]
    expect(listOutcomes(await importRows(system, 'schools', rows))).toEqual(['created', 'created'])
    expect(listOutcomes(await importRows(system, 'schools', rows))).toEqual(['unchanged', 'unchanged'])
    const renamed = { id: 'north', version: 1, body: aSchool({ name: 'Northern College' }) }
    expect((await importRows(system, 'schools', [renamed])).rows).toEqual([
      { id: 'north', outcome: 'changed', version: 2 },
    ])
    expect((await system.api.staff('GET', '/v1/ops/schools/north')).body).toMatchObject({
      name: 'Northern College',
      version: 2,
      updatedBy: { kind: 'staff' },
    })
  })

  it('refuses a row for its own faults, and writes the others', async () => {
    const { rows } = await importRows(system, 'programs', [
      { id: 'good', body: aProgram() },
      { id: 'lost', body: aProgram({ schoolId: 'nowhere' }) },
      { id: 'wrong', body: aProgram({ level: 'high', more: 1 }) },
      { id: 'old', version: 7, body: aProgram() },
      { id: 'no id', body: aProgram() },
    ])
    expect(rows.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['good', 'created'],
      ['lost', 'refused'],
      ['wrong', 'refused'],
      ['old', 'refused'],
      ['no id', 'refused'],
    ])
    expect(rows[1]?.problem).toMatchObject({ errors: [{ pointer: '/schoolId', detail: 'names none of the schools' }] })
    expect(rows[2]?.problem).toMatchObject({ errors: [{ pointer: '/level' }, { pointer: '/more' }] })
    expect(rows[3]?.problem).toMatchObject({ code: 'VERSION_CONFLICT' })
  })

  it('judges everything and writes nothing in a dry run', async () => {
    const rows = [
      { id: 'dry', body: aProgram() },
      { id: 'dry-lost', body: aProgram({ careerSlugs: ['nowhere'] }) },
    ]
    expect(listOutcomes(await importRows(system, 'programs', rows, { dryRun: true }))).toEqual(['created', 'refused'])
    expect((await system.api.staff('GET', '/v1/ops/programs/dry')).status).toBe(404)
  })

  it('lets routing follow at once, and composes the pages when a request has no rows', async () => {
    await importRows(system, 'careers', [
      {
        id: 'new-career',
        body: aCareer({ title: 'New Career', relatedCareers: [{ slug: 'newer-career', reason: 'Near.' }] }),
      },
      { id: 'newer-career', body: aCareer({ title: 'Newer Career' }) },
    ])
    const programs = [{ id: 'new-program', body: aProgram({ careerSlugs: ['new-career'] }) }]
    expect((await importRows(system, 'programs', programs)).pendingPages).toBeGreaterThan(0)
    const campaign = aCampaign({ programIds: ['new-program'] })
    const { rows } = await importRows(system, 'campaigns', [{ id: 'new-campaign', body: campaign }])
    expect(rows).toEqual([
      { id: 'new-campaign', outcome: 'created', version: 1, secret: expect.stringMatching(/^whsec_/) },
    ])
    const match = await system.api.call('POST', '/v1/matches', {
      headers: { 'x-source-key': system.sourceKey },
      body: { careerSlug: 'new-career', zip: '78701', education: { highestLevel: 'some-college' } },
    })
    expect(match.body).toMatchObject({ schools: [{ programId: 'new-program' }] })
    expect((await importRows(system, 'careers', [])).pendingPages).toBe(0)
    expect((await system.api.call('GET', '/v1/careers/new-career')).body).toMatchObject({
      relatedCareers: [{ slug: 'newer-career', title: 'Newer Career' }],
    })
    expect((await system.api.call('GET', '/v1/careers/new-career/schools')).body).toMatchObject({ page: { total: 1 } })
  })

  it('deletes the version that is named, and no other', async () => {
    await importRows(system, 'sources', [{ id: 'gone', body: { name: 'A page', mode: 'live' } }])
    const remove = (version: number): Row[] => [{ id: 'gone', version, delete: true }]
    expect(listOutcomes(await importRows(system, 'sources', remove(2)))).toEqual(['refused'])
    expect(listOutcomes(await importRows(system, 'sources', remove(1)))).toEqual(['deleted'])
    expect(listOutcomes(await importRows(system, 'sources', remove(1)))).toEqual(['unchanged'])
    expect((await importRows(system, 'careers', [{ id: career, delete: true }])).rows[0]).toMatchObject({
      outcome: 'refused',
      problem: { code: 'STILL_NEEDED' },
    })
  })

  it.each([
    [
      'the same ID twice',
      {
        kind: 'schools',
        rows: [
          { id: 'a', body: {} },
          { id: 'a', body: {} },
        ],
      },
    ],
    ['a row without body', { kind: 'schools', rows: [{ id: 'a' }] }],
    ['a row with body and delete', { kind: 'schools', rows: [{ id: 'a', body: {}, delete: true }] }],
    ['an unknown kind', { kind: 'leads', rows: [] }],
    [
      'more than 100 rows',
      { kind: 'schools', rows: Array.from({ length: 101 }, (_, id) => ({ id: `${id}`, body: {} })) },
    ],
  ])('refuses a request with %s as a whole', async (_, body) => {
    expect((await system.api.staff('POST', '/v1/ops/imports', { body })).status).toBe(422)
  })
}
