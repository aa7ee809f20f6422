import { describe, expect, it } from 'vitest'
import { reconcileDay } from '#functions/worker/reconcile/reconcile-day.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { deliveriesPartition } from '#shared/store/index-keys.ts'
import { deliveryKey, type Table } from '#shared/store/keys.ts'
import { openStores } from '#shared/store/open-stores.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import {
  advanceTime,
  createTestMarket,
  deliverDue,
  setRejectingSchools,
  visit,
} from '#test/functions/routing/create-test-market.ts'
import {
  deleteRows,
  findDeliveryId,
  listDrifts,
  readReport,
  reconcileAndReport,
  reconcileDifferences,
  today,
  toReconcileWindow,
} from './reconciliation.ts'

describe('the hourly reconciliation', () => {
  it('accounts for every lead, reports it and measures a drift of 0', async () => {
    const system = await createTestMarket({
      alder: {},
      birch: { campaign: { caps: [{ period: 'day', limit: 1, onReached: 'park' }] } },
      cedar: { campaign: { hours: nightsOnly } },
    })
    setRejectingSchools(system, 'birch')
    for (const number of [1, 2]) await visit(system, number)
    await visit(system, 3, {}, {}, ['birch'])
    await deliverDue(system)
    await visit(system, 4, {}, {}, ['alder'])
    const { text } = await reconcileAndReport(system)
    expect(JSON.parse(text)).toEqual({
      day: today,
      until: '2026-11-23T15:01:40.000Z',
      finishedAt: '2026-11-23T15:06:40.000Z',
      leads: { received: 4, promised: 6, unpromised: 1 },
      schools: { delivered: 2, inFlight: 1, parked: 2, unmatched: 1, dead: 0, rejected: 1, erased: 0 },
      drift: 0,
      differences: [],
    })
    expect(listDrifts(system)).toEqual([0])
    expect(system.api.logEntries.filter(({ event }) => event === 'day.reconciled')).toMatchObject([
      { fields: { day: '2026-11-22', leads: 0, drift: 0 } },
      { fields: { day: today, state: 'finished', leads: 4, deliveries: 6, drift: 0 } },
    ])
  })

  it('counts a lead once if another school gets it on the next day', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} }, { source: { maxSales: 1 } })
    setRejectingSchools(system, 'alder')
    const { receipt } = await visit(system, 1)
    await deliverDue(system)
    await advanceTime(system, 86_400)
    await visit(system, 2, {}, {}, ['birch'])
    const { text } = await reconcileAndReport(system, today)
    expect(JSON.parse(text)).toMatchObject({ drift: 0, schools: { rejected: 1, delivered: 1, inFlight: 0 } })
    const next = JSON.parse((await readReport(system, '2026-11-24')).text)
    expect(next).toMatchObject({ drift: 0, leads: { received: 1 }, schools: { delivered: 0, inFlight: 1 } })

    await deleteRows(system, deliveryKey(await findDeliveryId(system, receipt.leadId, 'birch')).pk)
    expect((await reconcileDifferences(system, today)).map(({ kind, leadId }) => [kind, leadId])).toEqual([
      ['missing-delivery', receipt.leadId],
    ])
  })

  it('leaves out decisions of the last five minutes', async () => {
    const system = await createTestMarket({ alder: {} })
    await visit(system, 1)
    system.api.advanceClock(299)
    await visit(system, 2)
    await system.api.reconcile()
    expect(JSON.parse((await readReport(system)).text)).toMatchObject({ leads: { received: 0 }, drift: 0 })
    system.api.advanceClock(1)
    await system.api.reconcile()
    expect(JSON.parse((await readReport(system)).text)).toMatchObject({ leads: { received: 1 }, drift: 0 })
  })

  it('reports no difference for concurrent writes', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} }, { source: { maxSales: 1 } })
    setRejectingSchools(system, 'alder')
    for (const number of [1, 2, 3, 4, 5]) await visit(system, number)
    await deliverDue(system)
    system.api.advanceClock(400)
    let number = 100
    const engine = disturbEngine(system, async () => {
      number += 1
      await visit(system, number)
      await system.api.offer()
      await deliverDue(system)
    })
    const result = await reconcileDay(today, toReconcileWindow('2026-11-23T15:05:00.000Z'), createDeps(system, engine))
    expect(number).toBeGreaterThan(102)
    expect(result).toMatchObject({ leads: { received: 5 }, drift: 0 })
  })

  it('reads again before it reports, so that a lagging index is no difference', async () => {
    const system = await createTestMarket({ alder: {} })
    await visit(system, 1)
    let hidden = true
    const engine: Engine<Table> = {
      ...system.api.engine,
      query: async (query) =>
        hidden && query.pk === deliveriesPartition('alder') ? { items: [] } : system.api.engine.query(query),
    }
    const sleep = async (ms: number) => {
      if (ms > 0) hidden = false
    }
    const deps = { ...createDeps(system, engine), sleep }
    const reconcileWindow = toReconcileWindow('2026-11-23T15:00:00.000Z')
    // An index that never catches up is a difference.
    expect(await reconcileDay(today, reconcileWindow, { ...deps, sleep: async () => {} })).toMatchObject({ drift: 1 })
    expect(await reconcileDay(today, reconcileWindow, deps)).toMatchObject({ drift: 0 })
    expect(hidden).toBe(false)
  })

  it('refuses a day that was not reconciled and an invalid day', async () => {
    const system = await createTestMarket({ alder: {} })
    expect((await readReport(system, '2020-01-01')).body).toMatchObject({ code: 'NOT_FOUND' })
    expect((await system.api.staff('GET', '/v1/ops/reports/reconciliation?day=today')).status).toBe(422)
  })
})

const nightsOnly = { open: [{ days: ['saturday'], from: '01:00', to: '02:00' }] }

function createDeps({ api }: TestSystem, engine: Engine<Table>) {
  return { ...api.createDependencies('worker/reconcile'), ...openStores(engine) }
}

/** An engine that runs concurrent work before each query. */
function disturbEngine({ api }: TestSystem, disturb: () => Promise<void>): Engine<Table> {
  let busy = false
  return {
    ...api.engine,
    async query(query) {
      if (!busy) {
        busy = true
        await disturb()
        busy = false
      }
      return api.engine.query(query)
    },
  }
}
