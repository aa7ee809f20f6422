import { describe, expect, it } from 'vitest'
import { openIntentWrite, publishIntentStore } from '#shared/store/catalog/publish-intents.ts'
import type { Row } from '#shared/store/engine/engine.ts'
import { recordKey, type StoredRecordKind } from '#shared/store/keys.ts'
import { createTestApi } from '#test/create-test-api.ts'
import {
  aCampaign,
  aCareer,
  aProgram,
  aSchool,
  career,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { createInspectableSystem, type InspectableSystem } from '#test/functions/erasure/canary-lead.ts'
import { listableEngine } from '#test/functions/house/listable-engine.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { createFailingEngine, type Death } from './failing-engine.ts'

type Act = {
  title: string
  prepare?: ((system: TestSystem) => Promise<void>) | undefined
  act: (system: TestSystem) => Promise<{ status: number }>
}

const put = (kind: StoredRecordKind, id: string, body: object): Act['act'] => {
  return ({ api }) => api.staff('PUT', `/v1/ops/${kind}/${id}`, { body })
}
const remove = (kind: StoredRecordKind, id: string): Act['act'] => {
  return ({ api }) => api.staff('DELETE', `/v1/ops/${kind}/${id}`)
}
const removeFirst = (...ids: [StoredRecordKind, string][]) => {
  return async (system: TestSystem) => {
    for (const [kind, id] of ids) await remove(kind, id)(system)
  }
}
const withRegistrar = async ({ api }: TestSystem) => {
  await putRecord(api, 'careers', 'registrar', aCareer({ title: 'Registrar' }))
  await putRecord(
    api,
    'careers',
    career,
    aCareer({ relatedCareers: [{ slug: 'registrar', reason: 'Similar records.' }] }),
  )
}

const acts: Act[] = [
  { title: 'pausing a school', act: put('schools', 'tall-grass', aSchool({ status: 'paused' })) },
  { title: 'renaming a school', act: put('schools', 'tall-grass', aSchool({ name: 'Long Grass College' })) },
  { title: 'pausing a campaign', act: put('campaigns', 'tall-grass-tx', aCampaign({ status: 'paused' })) },
  { title: 'creating a campaign', act: put('campaigns', 'tall-grass-new', aCampaign({ priceCents: 100 })) },
  {
    title: 'moving a program to another career and state',
    prepare: withRegistrar,
    act: put('programs', 'tall-grass-hit', aProgram({ careerSlugs: ['registrar'], states: ['OH'] })),
  },
  {
    title: 'renaming a career',
    prepare: withRegistrar,
    act: put('careers', 'registrar', aCareer({ title: 'Record Registrar' })),
  },
  { title: 'changing a source', act: put('sources', 'landing', { name: 'Other page', mode: 'live' }) },
  { title: 'deleting a campaign', act: remove('campaigns', 'tall-grass-tx') },
  {
    title: 'deleting a program',
    prepare: removeFirst(['campaigns', 'tall-grass-tx']),
    act: remove('programs', 'tall-grass-hit'),
  },
  {
    title: 'deleting a school',
    prepare: async (system) => {
      await removeFirst(['campaigns', 'tall-grass-tx'], ['programs', 'tall-grass-hit'])(system)
      await system.api.schoolKey('tall-grass')
      await system.api.schoolKey('tall-grass')
    },
    act: remove('schools', 'tall-grass'),
  },
  { title: 'deleting a career', prepare: withRegistrar, act: remove('careers', 'registrar') },
  {
    title: 'deleting a source',
    prepare: async ({ api }) => {
      await api.createApiKey({ caller: 'source', sourceId: 'landing' }, 'server')
    },
    act: remove('sources', 'landing'),
  },
]
const cases = acts.flatMap((one) => (['before', 'after'] as const).map((dies) => ({ ...one, dies })))

describe('a write of a record that dies at any of its writes', () => {
  it.each(cases)('is finished by the worker: $title, $dies', async ({ prepare, act, dies }) => {
    let deaths = 0
    for (let failAtWrite = 0; ; failAtWrite++) {
      const { fixture, response, revive } = await createInterruptedWrite({ prepare, act }, failAtWrite, dies)
      if (response.status < 300) break
      deaths += 1
      revive()
      await expectRoutingFollowsRecords(fixture)
      await fixture.system.api.finishPublishing()
      await expectRoutingFollowsRecords(fixture)
      await expectPublished(fixture)
    }
    expect(deaths).toBeGreaterThan(1)
  })

  it.each(cases)('is finished by the same request sent again: $title, $dies', async ({ prepare, act, dies }) => {
    for (let failAtWrite = 0; ; failAtWrite++) {
      const { fixture, response, revive } = await createInterruptedWrite({ prepare, act }, failAtWrite, dies)
      if (response.status < 300) break
      revive()
      const second = await act(fixture.system)
      expect([200, 201, 204, 404]).toContain(second.status)
      // Pages of careers that only the first attempt found are left to the worker.
      await fixture.system.api.finishPublishing()
      await expectPublished(fixture)
    }
  })

  it('detects: rows that nothing published', async () => {
    const { fixture, revive } = await createInterruptedWrite(
      { act: put('schools', 'tall-grass', aSchool({ name: 'Long Grass College' })) },
      1,
      'before',
    )
    revive()
    await expect(expectPublished(fixture)).rejects.toThrow()
  })

  it('detects: a decision that does not look for records that are being published', async () => {
    const { fixture, revive } = await createInterruptedWrite(
      { act: put('schools', 'tall-grass', aSchool({ status: 'paused' })) },
      1,
      'before',
    )
    revive()
    const { engine } = fixture.system.api
    await publishIntentStore(engine).close((await publishIntentStore(engine).list())[0] ?? neverIntent)
    await expect(expectRoutingFollowsRecords(fixture)).rejects.toThrow()
  })
})

const neverIntent = { kind: 'schools', id: 'none', intentId: 'none' } as const

async function createInterruptedWrite(
  { prepare, act }: Pick<Act, 'prepare' | 'act'>,
  failAtWrite: number,
  dies: Death,
) {
  const { life, between } = createFailingEngine()
  const fixture = await createInspectableSystem(between)
  await prepare?.(fixture.system)
  Object.assign(life, { writes: 0, writesLeft: failAtWrite + (dies === 'after' ? 1 : 0), dies })
  const response = await act(fixture.system)
  const revive = () => {
    life.writesLeft = Number.POSITIVE_INFINITY
  }
  return { fixture, response, revive }
}

/** Whatever was published: a school is matched if and only if the records of campaign, program and school say so. */
async function expectRoutingFollowsRecords({ system }: InspectableSystem) {
  const read = async (kind: StoredRecordKind, id: string) => {
    const response = await system.api.staff('GET', `/v1/ops/${kind}/${id}`)
    return response.status === 200 ? JSON.parse(response.text) : undefined
  }
  if (!(await read('sources', 'landing'))) return
  const [school, program] = [await read('schools', 'tall-grass'), await read('programs', 'tall-grass-hit')]
  const campaigns = [await read('campaigns', 'tall-grass-tx'), await read('campaigns', 'tall-grass-new')]
  const isSold =
    school?.status === 'active' &&
    program?.careerSlugs.includes(career) &&
    campaigns.some((one) => one?.status === 'active')
  const matched = (await requestMatch(system)).schools.map(({ schoolId }) => schoolId)
  expect(matched.includes('tall-grass')).toBe(Boolean(isSold))
}

/** The composed rows are those that a new system composes of the same records, and no key of a removed holder is left. */
async function expectPublished({ system, rows }: InspectableSystem) {
  const storedRows = await rows()
  // The deliveries of a removed campaign are looked for a second time: see deleted-campaign.test.ts.
  const intents = storedRows.filter(({ pk, sk }) => pk === 'INTENTS' && !sk.startsWith('deliveries#'))
  expect(intents).toEqual([])
  const records = storedRows.filter(({ pk }) => pk.startsWith('RECORD#'))
  expect(listComposed(storedRows)).toEqual(await composeAfresh(records))
  for (const { pk, sk } of storedRows.filter((row) => row.pk.startsWith('KEY#') && row.caller !== 'operator')) {
    const key = await system.api.engine.get({ in: 'catalog', key: { pk, sk } })
    const [kind, id] =
      key?.caller === 'school' ? (['schools', key.schoolId] as const) : (['sources', key?.sourceId] as const)
    expect(await system.api.engine.get({ in: 'catalog', key: recordKey(kind, String(id)) })).toBeDefined()
  }
}

async function composeAfresh(records: readonly Row[]): Promise<Row[]> {
  const { api, rows } = await createEmptySystem()
  for (const row of records) {
    const [, kind] = row.pk.split('#')
    const intent = { kind: toKind(kind), id: row.sk, intentId: `afresh ${row.sk}`, at: '2026-11-23T15:00:00.000Z' }
    await api.engine.transact([{ in: 'catalog', put: row }, openIntentWrite(intent)])
  }
  await api.finishPublishing()
  return listComposed(await rows())
}

async function createEmptySystem() {
  const inspection: { rows: () => Promise<Row[]> } = { rows: async () => [] }
  const api = await createTestApi({
    createEngine: (now) => {
      const { engine, rows } = listableEngine(memoryEngine(now))
      inspection.rows = rows
      return engine
    },
  })
  return { api, rows: () => inspection.rows() }
}

function listComposed(rows: readonly Row[]): Row[] {
  return (
    rows
      .filter(({ pk }) => /^(?:PAGE|ROUTING|OFFER|LINK|LISTED|LISTINGS)#/.test(pk))
      // How often a listing was written.
      .map(({ version: _, ...row }) => ({ ...row, pk: row.pk, sk: row.sk }))
      .toSorted((one, other) => (`${one.pk} ${one.sk}` < `${other.pk} ${other.sk}` ? -1 : 1))
  )
}

function toKind(kind: string | undefined): StoredRecordKind {
  if (kind === 'schools' || kind === 'programs' || kind === 'careers' || kind === 'campaigns') return kind
  return 'sources'
}
