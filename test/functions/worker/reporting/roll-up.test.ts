import { describe, expect, it } from 'vitest'
import { rollUpDay } from '#functions/worker/roll-up/roll-up-day.ts'
import type { Write } from '#shared/store/engine/engine.ts'
import { reportKey, type Table } from '#shared/store/keys.ts'
import { stores } from '#shared/store/stores.ts'
import { accept, claim } from '#test/functions/returns/claims.ts'
import { aMarket, deliverDue, later, rejectAt, visit } from '#test/functions/routing/market.ts'
import { deliveryOf } from './books.ts'
import { dailyReport, fill, rolledUp, schoolsReport, sourcesReport, tell, today } from './figures.ts'

const never = '9999'
const wholeDay = `${today}T23:59:59.999Z`

describe('the hourly roll-up', () => {
  it('counts leads, deliveries, what schools tell and money by the day on which the lead came', async () => {
    const town = await aMarket({ alder: {}, birch: { campaign: { priceCents: 3000 } } })
    rejectAt(town, 'birch')
    const { receipt } = await visit(town, 1)
    await visit(town, 2, {}, {}, ['alder'])
    await visit(town, 3, { test: true })
    await deliverDue(town)
    await visit(town, 1, {}, {}, ['alder'])
    await tell(town, 'alder', await deliveryOf(town, receipt.leadId), 'applied', 'contacted')
    const { days, total, missing } = await rolledUp(town, `?from=${today}`)
    expect(missing).toEqual([])
    expect(days).toMatchObject([
      {
        day: today,
        asOf: '2026-11-23T15:00:00.000Z',
        leads: { received: 3, accepted: 2, unmatched: 0, duplicate: 1, quarantined: 0 },
        deliveries: { made: 3, arrived: 2 },
        states: { delivered: 2, rejected: 1, dead: 0 },
        dispositions: { applied: 1, contacted: 0 },
        money: { soldCents: 9000, returnedCents: 0, netCents: 9000 },
        rates: { acceptance: 0.6667, delivery: 0.6667, contact: 0.5, application: 0.5, enrolment: 0, return: 0 },
      },
    ])
    const { day: _, asOf: __, ...only } = days[0] ?? {}
    expect(total).toEqual(only)
    expect((await sourcesReport(town)).sources).toEqual([{ sourceId: 'landing', name: 'Landing page', ...only }])
    expect((await schoolsReport(town)).schools).toMatchObject([
      { schoolId: 'alder', name: 'Alder College', deliveries: { made: 2, arrived: 2 }, money: { soldCents: 9000 } },
      { schoolId: 'birch', deliveries: { made: 1, arrived: 0 }, rates: { delivery: 0 } },
    ])
  })

  it('finds what came weeks later on the day of its lead, within a day', async () => {
    const town = await aMarket({ alder: { campaign: { returns: { days: 60 } } } })
    const { receipt } = await visit(town, 1)
    await deliverDue(town)
    await rolledUp(town)
    await later(town, 20 * 86_400)
    for (let hour = 0; hour < 24; hour++) {
      await town.house.rollUp()
      town.house.pass(3600)
    }
    const deliveryId = await deliveryOf(town, receipt.leadId)
    await tell(town, 'alder', deliveryId, 'enrolled')
    await claim({ town, deliveryId, key: await town.house.schoolKey('alder') })
    expect((await accept({ town, deliveryId })).status).toBe(200)
    for (let hour = 0; hour < 24; hour++) {
      await town.house.rollUp()
      town.house.pass(3600)
    }
    const { days } = await dailyReport(town, `?from=${today}&to=${today}`)
    expect(days).toMatchObject([{ dispositions: { enrolled: 1 }, returns: { accepted: 1 }, money: { netCents: 0 } }])
    const { missing } = await dailyReport(town, '?from=2026-10-20')
    expect(missing).toEqual([])
  })

  it('counts an erased delivery, and a lead of which nothing is left but that it came', async () => {
    const town = await aMarket({ alder: {} })
    const { receipt } = await visit(town, 1)
    await deliverDue(town)
    const { leadId } = receipt
    await town.house.staff('POST', '/v1/ops/erasures', { body: { leadId } })
    const { days } = await rolledUp(town, `?from=${today}`)
    expect(days).toMatchObject([
      {
        leads: { received: 1 },
        states: { erased: 1, delivered: 0 },
        deliveries: { arrived: 1 },
        money: { soldCents: 4500 },
      },
    ])
  })

  it('says which days nobody has counted, and takes them for nothing', async () => {
    const town = await aMarket({ alder: {} })
    expect(await dailyReport(town, '?from=2026-11-20')).toEqual({
      from: '2026-11-20',
      to: today,
      missing: ['2026-11-20', '2026-11-21', '2026-11-22', today],
      days: [],
    })
    expect(await schoolsReport(town)).not.toHaveProperty('total')
    for (let run = 0; run < 9; run++) await town.house.rollUp()
    expect((await dailyReport(town, '?from=2026-08-24')).missing).toEqual([])
  })
})

describe('a day that is large', () => {
  it('is read by one query for each lead and each delivery, and one for each hundred leads', async () => {
    const town = await aMarket({ alder: {}, birch: {} })
    await fill(town, 250)
    const before = { ...town.house.watch }
    await rollUpDay(today, { until: wholeDay, deadline: never }, town.house.needsOf('worker/roll-up'))
    const parts = 3
    expect(town.house.watch.queries - before.queries).toBe(250 + 2 * 250 + parts)
    expect(town.house.watch.gets - before.gets).toBe(1)
    expect(town.house.watch.transactions - before.transactions).toBe(1)
    const { total } = await dailyReport(town, `?from=${today}`)
    expect(total).toMatchObject({
      leads: { received: 250 },
      deliveries: { made: 500 },
      money: { soldCents: 2_250_000 },
    })
  })

  it('costs nothing more for its test leads', async () => {
    const town = await aMarket({ alder: {} })
    await visit(town, 1, { test: true })
    const before = town.house.watch.queries
    await rollUpDay(today, { until: wholeDay, deadline: never }, town.house.needsOf('worker/roll-up'))
    expect(town.house.watch.queries - before).toBe(1)
  })

  it('is left when the time is over, gone on with where it was left, and comes to the same', async () => {
    const town = await aMarket({ alder: {}, birch: {} })
    // Three at a time, so that parts end between leads of one instant.
    await fill(town, 250, 3)
    const needs = town.house.needsOf('worker/roll-up')
    const until = '2026-11-23T23:00:00.000Z'
    const runs: string[] = []
    for (let run = 0; run < 3; run++) runs.push(await rollUpDay(today, { until, deadline: '' }, needs))
    expect(runs).toEqual(['left', 'left', 'finished'])
    const inParts = await dailyReport(town, `?from=${today}`)
    await rollUpDay(today, { until, deadline: never }, needs)
    expect(await dailyReport(town, `?from=${today}`)).toEqual(inParts)
    expect(inParts.total?.leads.received).toBe(250)
  })
})

describe('two at once', () => {
  it('come to the same, and whoever looked later is kept', async () => {
    const town = await aMarket({ alder: {} })
    const needs = town.house.needsOf('worker/roll-up')
    const early = '2026-11-23T15:00:00.000Z'
    await visit(town, 1)
    // One looks, and writes only after another has looked later and written.
    let isOvertaken = false
    const slow: typeof needs.rollUps.finish = async (found) => {
      await visit(town, 2)
      await rollUpDay(today, { until: '2026-11-23T16:00:00.000Z', deadline: never }, needs)
      isOvertaken = true
      await needs.rollUps.finish(found)
    }
    await rollUpDay(today, { until: early, deadline: never }, { ...needs, rollUps: { ...needs.rollUps, finish: slow } })
    expect(isOvertaken).toBe(true)
    expect((await dailyReport(town, `?from=${today}`)).days).toMatchObject([
      { asOf: '2026-11-23T16:00:00.000Z', leads: { received: 2 } },
    ])
  })

  it('would keep the older one but for its condition', async () => {
    const town = await aMarket({ alder: {} })
    const needs = town.house.needsOf('worker/roll-up')
    await rollUpDay(today, { until: '2026-11-23T16:00:00.000Z', deadline: never }, needs)
    const careless = stores({
      ...town.house.engine,
      transact: (writes) => town.house.engine.transact(writes.map(carelessly)),
    })
    await rollUpDay(
      today,
      { until: '2026-11-23T15:00:00.000Z', deadline: never },
      { ...needs, rollUps: careless.rollUps },
    )
    expect((await dailyReport(town, `?from=${today}`)).asOf).toBe('2026-11-23T15:00:00.000Z')
  })

  it('leave nothing to go on with that has been overtaken', async () => {
    const town = await aMarket({ alder: {}, birch: {} })
    await fill(town, 250)
    const needs = town.house.needsOf('worker/roll-up')
    await rollUpDay(today, { until: '2026-11-23T16:00:00.000Z', deadline: never }, needs)
    const soFar = { whole: (await needs.rollUps.between(today, today))[0]?.whole }
    expect(soFar.whole?.leads.received).toBe(250)
    await rollUpDay(today, { until: '2026-11-23T15:00:00.000Z', deadline: '' }, needs)
    expect(await town.house.engine.get({ in: 'leads', key: reportKey('daily', today) })).toHaveProperty('underWay')
    expect(await needs.rollUps.underWay(today)).toBeUndefined()
  })
})

/** As whoever writes without looking. */
function carelessly(write: Write<Table>): Write<Table> {
  if (!('change' in write)) return write
  const { when: _, ...bare } = write
  return bare
}
