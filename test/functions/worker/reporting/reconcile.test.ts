import { describe, expect, it } from 'vitest'
import { reconcileDay } from '#functions/worker/reconcile/reconcile-day.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { deliveriesOfSchool } from '#shared/store/index-keys.ts'
import { deliveryKey, type Table } from '#shared/store/keys.ts'
import { stores } from '#shared/store/stores.ts'
import { aMarket, deliverDue, later, rejectAt, visit } from '#test/functions/routing/market.ts'
import type { Town } from '#test/functions/town.ts'
import { deliveryOf, differences, driftsOf, reconciled, remove, report, times, today } from './books.ts'

describe('the hourly reconciliation', () => {
  it('accounts for every lead, says so, and measures that nothing differs', async () => {
    const town = await aMarket({
      alder: {},
      birch: { campaign: { caps: [{ period: 'day', limit: 1, onReached: 'park' }] } },
      cedar: { campaign: { hours: nightsOnly } },
    })
    rejectAt(town, 'birch')
    for (const number of [1, 2]) await visit(town, number)
    await visit(town, 3, {}, {}, ['birch'])
    await deliverDue(town)
    await visit(town, 4, {}, {}, ['alder'])
    const { text } = await reconciled(town)
    expect(JSON.parse(text)).toEqual({
      day: today,
      until: '2026-11-23T15:01:40.000Z',
      finishedAt: '2026-11-23T15:06:40.000Z',
      leads: { kept: 4, promised: 6, unpromised: 1 },
      schools: { delivered: 2, inFlight: 1, parked: 2, unmatched: 1, dead: 0, rejected: 1, erased: 0 },
      drift: 0,
      differences: [],
    })
    expect(driftsOf(town)).toEqual([0])
    expect(town.house.logged.filter(({ event }) => event === 'day.reconciled')).toMatchObject([
      { fields: { day: '2026-11-22', leads: 0, drift: 0 } },
      { fields: { day: today, state: 'finished', leads: 4, deliveries: 6, drift: 0 } },
    ])
  })

  it('follows a lead to the next day, where another school has it, and counts it once', async () => {
    const town = await aMarket({ alder: {}, birch: {} }, { source: { maxSales: 1 } })
    rejectAt(town, 'alder')
    const { receipt } = await visit(town, 1)
    await deliverDue(town)
    await later(town, 86_400)
    await visit(town, 2, {}, {}, ['birch'])
    const { text } = await reconciled(town, today)
    expect(JSON.parse(text)).toMatchObject({ drift: 0, schools: { rejected: 1, delivered: 1, inFlight: 0 } })
    const next = JSON.parse((await report(town, '2026-11-24')).text)
    expect(next).toMatchObject({ drift: 0, leads: { kept: 1 }, schools: { delivered: 0, inFlight: 1 } })

    await remove(town, deliveryKey(await deliveryOf(town, receipt.leadId, 'birch')).pk)
    expect((await differences(town, today)).map(({ kind, leadId }) => [kind, leadId])).toEqual([
      ['missing', receipt.leadId],
    ])
  })

  it('leaves out what is younger than five minutes', async () => {
    const town = await aMarket({ alder: {} })
    await visit(town, 1)
    town.house.pass(299)
    await visit(town, 2)
    await town.house.reconcile()
    expect(JSON.parse((await report(town)).text)).toMatchObject({ leads: { kept: 0 }, drift: 0 })
    town.house.pass(1)
    await town.house.reconcile()
    expect(JSON.parse((await report(town)).text)).toMatchObject({ leads: { kept: 1 }, drift: 0 })
  })

  it('takes nothing that is written while it reads for a difference', async () => {
    const town = await aMarket({ alder: {}, birch: {} }, { source: { maxSales: 1 } })
    rejectAt(town, 'alder')
    for (const number of [1, 2, 3, 4, 5]) await visit(town, number)
    await deliverDue(town)
    town.house.pass(400)
    let number = 100
    const engine = disturbed(town, async () => {
      number += 1
      await visit(town, number)
      await town.house.offer()
      await deliverDue(town)
    })
    const found = await reconcileDay(today, times('2026-11-23T15:05:00.000Z'), needsOn(town, engine))
    expect(number).toBeGreaterThan(102)
    expect(found).toMatchObject({ leads: { kept: 5 }, drift: 0 })
  })

  it('looks again before it tells: an index that lags behind is no difference', async () => {
    const town = await aMarket({ alder: {} })
    await visit(town, 1)
    let hidden = true
    const engine: Engine<Table> = {
      ...town.house.engine,
      query: async (query) =>
        hidden && query.pk === deliveriesOfSchool('alder') ? { items: [] } : town.house.engine.query(query),
    }
    const sleep = async (ms: number) => {
      if (ms > 0) hidden = false
    }
    const needs = { ...needsOn(town, engine), sleep }
    const at = times('2026-11-23T15:00:00.000Z')
    // An index that never catches up would be one.
    expect(await reconcileDay(today, at, { ...needs, sleep: async () => {} })).toMatchObject({ drift: 1 })
    expect(await reconcileDay(today, at, needs)).toMatchObject({ drift: 0 })
    expect(hidden).toBe(false)
  })

  it('is refused for a day that nobody has reconciled, and for what is no day', async () => {
    const town = await aMarket({ alder: {} })
    expect((await report(town, '2020-01-01')).body).toMatchObject({ code: 'NOT_FOUND' })
    expect((await town.house.staff('GET', '/v1/ops/reports/reconciliation?day=today')).status).toBe(422)
  })
})

const nightsOnly = { open: [{ days: ['saturday'], from: '01:00', to: '02:00' }] }

function needsOn({ house }: Town, engine: Engine<Table>) {
  return { ...house.needsOf('worker/reconcile'), ...stores(engine) }
}

/** An engine at which others are busy: something happens before each query. */
function disturbed({ house }: Town, happens: () => Promise<void>): Engine<Table> {
  let busy = false
  return {
    ...house.engine,
    async query(query) {
      if (!busy) {
        busy = true
        await happens()
        busy = false
      }
      return house.engine.query(query)
    },
  }
}
