import { describe, expect, it } from 'vitest'
import { openIntentWrite, publishIntentStore } from '#shared/store/catalog/publish-intents.ts'
import { recordKey } from '#shared/store/keys.ts'
import { publishRecord } from '#shared/workflows/catalog/publish-record.ts'
import {
  aCampaign,
  aCareer,
  aProgram,
  aSchool,
  createTestSystem,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

const matchSchoolIds = async (system: TestSystem) =>
  (await requestMatch(system)).schools.map(({ schoolId }) => schoolId)
const listOpen = async ({ api }: TestSystem) =>
  (await publishIntentStore(api.engine).list()).map(({ kind, id }) => `${kind}/${id}`)

describe('a record that is written while others are published', () => {
  it('is published as it is now, whichever write of the other comes first', async () => {
    for (let turn = 0; turn < 12; turn++) {
      const system = await createTestSystem()
      let writes = 0
      const pauseMeanwhile = async () => {
        writes += 1
        if (writes <= turn) system.api.watch.beforeCommit = pauseMeanwhile
        else await putRecord(system.api, 'schools', 'tall-grass', aSchool({ status: 'paused' }))
      }
      system.api.watch.beforeCommit = pauseMeanwhile
      await putRecord(system.api, 'campaigns', 'tall-grass-new', aCampaign({ priority: 1 }))
      system.api.watch.beforeCommit = undefined
      await putRecord(system.api, 'schools', 'tall-grass', aSchool({ status: 'paused' }))
      expect(await matchSchoolIds(system), `school paused before write ${turn}`).toEqual(['bay-shore'])
      expect(await listOpen(system)).toEqual([])
    }
  })

  it('is published once more by a worker that runs at the same time, without harm', async () => {
    const system = await createTestSystem()
    const runWorker = async () => {
      await system.api.finishPublishing()
      expect(await matchSchoolIds(system)).toEqual(['bay-shore'])
    }
    let writes = 0
    const runMeanwhile = async () => {
      writes += 1
      system.api.watch.beforeCommit = runMeanwhile
      // The first write is the record itself.
      if (writes === 2) await runWorker()
    }
    system.api.watch.beforeCommit = runMeanwhile
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ status: 'paused' }))
    system.api.watch.beforeCommit = undefined
    expect(await matchSchoolIds(system)).toEqual(['bay-shore'])
    expect(await listOpen(system)).toEqual([])
  })

  it('keeps its intent if a publisher of an earlier write finishes later', async () => {
    const { api } = await createTestSystem()
    const intents = publishIntentStore(api.engine)
    const open = (intentId: string) =>
      api.engine.transact([
        openIntentWrite({ kind: 'schools', id: 'tall-grass', intentId, at: '2026-11-23T15:00:00.000Z' }),
      ])
    await open('first')
    await open('second')
    await intents.close({ kind: 'schools', id: 'tall-grass', intentId: 'first' })
    expect((await intents.list()).map(({ intentId }) => intentId)).toEqual(['second'])
  })
})

describe('a school that is deleted and created again', () => {
  it('does not inherit keys that an interrupted removal left', async () => {
    const { api } = await createTestSystem()
    await putRecord(api, 'schools', 'reed', aSchool())
    const key = await api.schoolKey('reed')
    await api.engine.transact([
      { in: 'catalog', delete: recordKey('schools', 'reed') },
      openIntentWrite({
        kind: 'schools',
        id: 'reed',
        intentId: 'removal',
        removal: true,
        at: '2026-11-23T15:00:00.000Z',
      }),
    ])
    await putRecord(api, 'schools', 'reed', aSchool())
    const newKey = await api.schoolKey('reed')
    const statusOf = async (bearer: string) =>
      (await api.call('GET', '/v1/school/leads', { headers: { authorization: `Bearer ${bearer}` } })).status
    expect([await statusOf(key), await statusOf(newKey)]).toEqual([401, 200])
    await api.finishPublishing()
    expect(await statusOf(newKey)).toBe(200)
  })
})

describe('a school with very many campaigns', () => {
  const campaignCount = 60

  it('is published in several runs, each of which continues, and none of its campaigns is sold meanwhile', async () => {
    const system = await createTestSystem()
    const { api } = system
    await putRecord(api, 'careers', 'registrar', aCareer({ title: 'Registrar' }))
    await putRecord(api, 'programs', 'tall-grass-hit', aProgram({ rank: 1 }))
    for (let number = 0; number < campaignCount; number++)
      await putRecord(api, 'campaigns', `tall-grass-${number}`, aCampaign())
    const deps = api.createDependencies('worker/publish')
    const at = '2026-11-23T15:00:00.000Z'
    await api.createDependencies('operator').records.put('schools', 'tall-grass', aSchool({ status: 'paused' }), {
      expectedVersion: undefined,
      at,
      also: [openIntentWrite({ kind: 'schools', id: 'tall-grass', intentId: 'pause', at })],
    })
    const transactionCounts = []
    for (;;) {
      expect(await matchSchoolIds(system)).toEqual(['bay-shore'])
      const before = api.watch.transactions
      const outcome = await publishRecord({ kind: 'schools', id: 'tall-grass', deadline: at }, deps)
      transactionCounts.push(api.watch.transactions - before)
      if (outcome === 'finished') break
    }
    expect(transactionCounts.length).toBe(3)
    expect(Math.max(...transactionCounts)).toBeLessThan(30)
    expect(await matchSchoolIds(system)).toEqual(['bay-shore'])
    expect(await listOpen(system)).toEqual([])
  })
})
