import { describe, expect, it } from 'vitest'
import { reconcileDay } from '#functions/worker/reconcile/reconcile-day.ts'
import { readReconciliation } from '#shared/contract/reports.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { decisionKey, deliveriesOfSchool, deliveryKey, leadKey, leadsOfDay, type Table } from '#shared/store/keys.ts'
import { stores } from '#shared/store/stores.ts'
import { aMarket, deliverDue, later, rejectAt, visit } from '#test/functions/routing/market.ts'
import { storyOf, type Town } from '#test/functions/town.ts'

const today = '2026-11-23'

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

describe('a difference', () => {
  it.each<[string, string, (town: Town, leadId: string) => Promise<unknown>]>([
    [
      'a delivery row that is gone',
      'missing',
      async (town, id) => remove(town, `DELIVERY#${await deliveryOf(town, id)}`),
    ],
    ['a decision row that is gone', 'orphan', (town, id) => remove(town, leadKey(id).pk, decisionKey(id, '').sk)],
    ['a lead row that is gone', 'orphan', (town, id) => remove(town, leadKey(id).pk, leadKey(id).sk)],
    ['a lead that says it is unmatched', 'denied', (town, id) => flip(town, id, 'unmatched')],
    [
      'a decision and its deliveries that are gone',
      'homeless',
      async (town, id) => {
        await remove(town, `DELIVERY#${await deliveryOf(town, id)}`)
        await remove(town, leadKey(id).pk, decisionKey(id, '').sk)
      },
    ],
  ])('is found in %s, and named', async (_, kind, sabotage) => {
    const town = await aMarket({ alder: {} })
    for (const number of [1, 2, 3]) await visit(town, number)
    const { receipt } = await visit(town, 4)
    await sabotage(town, receipt.leadId)
    expect(await differences(town, today)).toMatchObject([{ kind, leadId: receipt.leadId }])
    expect(driftsOf(town)).toEqual([1])
  })

  it('is found in a school that has been removed', async () => {
    const town = await aMarket({ alder: {} })
    const { receipt } = await visit(town, 1)
    for (const [kind, id] of [
      ['campaigns', 'alder'],
      ['programs', 'alder-program'],
      ['schools', 'alder'],
    ] as const)
      expect((await town.house.staff('DELETE', `/v1/ops/${kind}/${id}`)).status).toBe(204)
    expect(await differences(town, today)).toEqual([])
    await remove(town, `DELIVERY#${await deliveryOf(town, receipt.leadId)}`)
    expect(await differences(town, today)).toMatchObject([{ kind: 'missing', schoolId: 'alder' }])
  })
})

describe('a day that is large', () => {
  it('is read by one query for each lead and one for each school in 500 leads, in parts', async () => {
    const town = await aMarket({ alder: {}, birch: {}, cedar: {} })
    await fill(town, 1_100)
    const before = { ...town.house.watch }
    const found = await reconcileDay(today, times('2026-11-23T23:00:00.000Z'), town.house.needsOf('worker/reconcile'))
    expect(found).toMatchObject({ leads: { kept: 1_100, promised: 2_200 }, schools: { inFlight: 2_200 }, drift: 0 })
    const parts = 3
    expect(town.house.watch.queries - before.queries).toBe(1_100 + parts + parts * 3 + 1)
    expect(town.house.watch.gets - before.gets).toBe(1)
    expect(town.house.watch.transactions - before.transactions).toBe(1)
  })

  it('is left when the time is over, and gone on with where it was left', async () => {
    const town = await aMarket({ alder: {}, birch: {}, cedar: {} })
    await fill(town, 1_100)
    const needs = town.house.needsOf('worker/reconcile')
    const until = '2026-11-23T23:00:00.000Z'
    const kept: number[] = []
    for (let run = 0; run < 3; run++) kept.push((await reconcileDay(today, { until, deadline: '' }, needs)).leads.kept)
    expect(kept).toEqual([500, 1_000, 1_100])
    const { text } = await report(town)
    expect(JSON.parse(text)).toMatchObject({ drift: 0, leads: { promised: 2_200 }, schools: { inFlight: 2_200 } })
    expect((await reconcileDay(today, times(until), needs)).leads.kept).toBe(1_100)
  })
})

const nightsOnly = { open: [{ days: ['saturday'], from: '01:00', to: '02:00' }] }

function times(until: string) {
  return { until, deadline: '9999' }
}

async function reconciled(town: Town, day = today) {
  town.house.pass(400)
  await town.house.reconcile()
  return report(town, day)
}

function report({ house }: Town, day = today) {
  return house.staff('GET', `/v1/ops/reports/reconciliation?day=${day}`)
}

async function differences(town: Town, day: string) {
  const { body } = await reconciled(town, day)
  return readReconciliation.responses[200].body.parse(body).differences
}

function driftsOf({ house }: Town) {
  return house.measured.flatMap(({ metric, value }) => (metric === 'ReconciliationDrift' ? value : []))
}

async function deliveryOf(town: Town, leadId: string, schoolId = 'alder'): Promise<string> {
  const { deliveries } = (await storyOf(town, leadId)) as { deliveries: { schoolId: string; deliveryId: string }[] }
  return deliveries.find((one) => one.schoolId === schoolId)?.deliveryId ?? 'none'
}

/** Takes every row of a partition away, or those of one kind. */
async function remove({ house }: Town, pk: string, prefix = ' ') {
  const { items } = await house.engine.query({ in: 'leads', pk, sk: prefix === ' ' ? {} : { prefix }, limit: 100 })
  if (items.length === 0) throw new Error(`There is nothing to take away in ${pk}.`)
  await house.engine.transact(items.map(({ pk, sk }) => ({ in: 'leads', delete: { pk, sk } })))
}

async function flip({ house }: Town, leadId: string, outcome: string) {
  await house.engine.transact([{ in: 'leads', change: leadKey(leadId), set: { outcome } }])
}

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

/** Leads in the course of the day, each with a delivery to two schools: as much of their rows as two sides of the books need. */
async function fill({ house }: Town, count: number) {
  for (let lead = 0; lead < count; lead++) {
    const at = new Date(Date.parse(`${today}T01:00:00.000Z`) + lead * 10_000).toISOString()
    const leadId = `lead_${String(lead).padStart(22, '0')}`
    const deliveries = ['alder', 'birch'].map((schoolId) => ({ schoolId, deliveryId: `dlv_${schoolId}_${lead}` }))
    const line = { timelinePk: leadsOfDay(today), timelineSk: `${at}#${leadId}` }
    await house.engine.transact([
      { in: 'leads', put: { ...leadKey(leadId), leadId, receivedAt: at, outcome: 'accepted', ...line } },
      { in: 'leads', put: { ...decisionKey(leadId, at), decidedAt: at, deliveries } },
      ...deliveries.map(({ schoolId, deliveryId }) => {
        const listed = { timelinePk: deliveriesOfSchool(schoolId), timelineSk: `${at}#${deliveryId}` }
        return {
          in: 'leads',
          put: { ...deliveryKey(deliveryId), deliveryId, leadId, state: 'pending', ...listed },
        } as const
      }),
    ])
  }
}
