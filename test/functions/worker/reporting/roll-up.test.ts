import { describe, expect, it } from 'vitest'
import { rollUpDay } from '#functions/worker/roll-up/roll-up-day.ts'
import type { Write } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { reportKey } from '#shared/store/report-keys.ts'
import { acceptReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import {
  advanceTime,
  createTestMarket,
  deliverDue,
  setRejectingSchools,
  visit,
} from '#test/functions/routing/create-test-market.ts'
import { findDeliveryId } from './reconciliation.ts'
import {
  createLeads,
  readDaily,
  readSchools,
  readSources,
  recordDispositions,
  rollUpAndReport,
  today,
} from './roll-up-reports.ts'

const never = '9999'
const wholeDay = `${today}T23:59:59.999Z`

describe('the hourly roll-up', () => {
  it('counts leads, deliveries, dispositions and money on the day of the lead', async () => {
    const system = await createTestMarket({ alder: {}, birch: { campaign: { priceCents: 3000 } } })
    setRejectingSchools(system, 'birch')
    const { receipt } = await visit(system, 1)
    await visit(system, 2, {}, {}, ['alder'])
    await visit(system, 3, { test: true })
    await deliverDue(system)
    await visit(system, 1, {}, {}, ['alder'])
    await recordDispositions(system, 'alder', await findDeliveryId(system, receipt.leadId), 'applied', 'contacted')
    const { days, total, missing } = await rollUpAndReport(system, `?from=${today}`)
    expect(missing).toEqual([])
    expect(days).toMatchObject([
      {
        day: today,
        asOf: '2026-11-23T15:00:00.000Z',
        leads: { received: 3, accepted: 2, unmatched: 0, duplicate: 1, quarantined: 0 },
        deliveries: { created: 3, delivered: 2 },
        states: { delivered: 2, rejected: 1, dead: 0 },
        dispositions: { applied: 1, contacted: 0 },
        money: { soldCents: 9000, returnedCents: 0, netCents: 9000 },
        rates: { acceptance: 0.6667, delivery: 0.6667, contact: 0.5, application: 0.5, enrollment: 0, return: 0 },
      },
    ])
    const { day: _, asOf: __, ...figures } = days[0] ?? {}
    expect(total).toEqual(figures)
    expect((await readSources(system)).sources).toEqual([{ sourceId: 'landing', name: 'Landing page', ...figures }])
    expect((await readSchools(system)).schools).toMatchObject([
      {
        schoolId: 'alder',
        name: 'Alder College',
        deliveries: { created: 2, delivered: 2 },
        money: { soldCents: 9000 },
      },
      { schoolId: 'birch', deliveries: { created: 1, delivered: 0 }, rates: { delivery: 0 } },
    ])
  })

  it('counts a change that is weeks late on the day of its lead within a day', async () => {
    const system = await createTestMarket({ alder: { campaign: { returns: { days: 60 } } } })
    const { receipt } = await visit(system, 1)
    await deliverDue(system)
    await rollUpAndReport(system)
    await advanceTime(system, 20 * 86_400)
    for (let hour = 0; hour < 24; hour++) {
      await system.api.rollUp()
      system.api.advanceClock(3600)
    }
    const deliveryId = await findDeliveryId(system, receipt.leadId)
    await recordDispositions(system, 'alder', deliveryId, 'enrolled')
    await requestReturn({ town: system, deliveryId, key: await system.api.schoolKey('alder') })
    expect((await acceptReturn({ town: system, deliveryId })).status).toBe(200)
    for (let hour = 0; hour < 24; hour++) {
      await system.api.rollUp()
      system.api.advanceClock(3600)
    }
    const { days } = await readDaily(system, `?from=${today}&to=${today}`)
    expect(days).toMatchObject([{ dispositions: { enrolled: 1 }, returns: { accepted: 1 }, money: { netCents: 0 } }])
    const { missing } = await readDaily(system, '?from=2026-10-20')
    expect(missing).toEqual([])
  })

  it('counts an erased delivery and an erased lead', async () => {
    const system = await createTestMarket({ alder: {} })
    const { receipt } = await visit(system, 1)
    await deliverDue(system)
    const { leadId } = receipt
    await system.api.staff('POST', '/v1/ops/erasures', { body: { leadId } })
    const { days } = await rollUpAndReport(system, `?from=${today}`)
    expect(days).toMatchObject([
      {
        leads: { received: 1 },
        states: { erased: 1, delivered: 0 },
        deliveries: { delivered: 1 },
        money: { soldCents: 4500 },
      },
    ])
  })

  it('lists uncounted days and leaves them out of the totals', async () => {
    const system = await createTestMarket({ alder: {} })
    expect(await readDaily(system, '?from=2026-11-20')).toEqual({
      from: '2026-11-20',
      to: today,
      timeZone: 'UTC',
      missing: ['2026-11-20', '2026-11-21', '2026-11-22', today],
      days: [],
    })
    expect(await readSchools(system)).not.toHaveProperty('total')
    for (let run = 0; run < 9; run++) await system.api.rollUp()
    expect((await readDaily(system, '?from=2026-08-24')).missing).toEqual([])
  })
})

describe('rolling up a large day', () => {
  it('makes one query and one read per lead, one query per delivery, and one per hundred leads', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} })
    await createLeads(system, 250)
    const before = { ...system.api.watch }
    await rollUpDay(today, { until: wholeDay, deadline: never }, system.api.createDependencies('worker/roll-up'))
    const parts = 3
    expect(system.api.watch.queries - before.queries).toBe(250 + 2 * 250 + parts)
    expect(system.api.watch.gets - before.gets).toBe(250 + 1)
    expect(system.api.watch.transactions - before.transactions).toBe(1)
    const { total } = await readDaily(system, `?from=${today}`)
    expect(total).toMatchObject({
      leads: { received: 250 },
      deliveries: { created: 500 },
      money: { soldCents: 2_250_000 },
    })
  })

  it('makes no extra query for test leads', async () => {
    const system = await createTestMarket({ alder: {} })
    await visit(system, 1, { test: true })
    const before = system.api.watch.queries
    await rollUpDay(today, { until: wholeDay, deadline: never }, system.api.createDependencies('worker/roll-up'))
    expect(system.api.watch.queries - before).toBe(1)
  })

  it('stores its progress at the deadline, continues from there and comes to the same result', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} })
    // Three leads per page, so that a part ends between leads of one instant.
    await createLeads(system, 250, 3)
    const deps = system.api.createDependencies('worker/roll-up')
    const until = '2026-11-23T23:00:00.000Z'
    const runs: string[] = []
    for (let run = 0; run < 3; run++) runs.push((await rollUpDay(today, { until, deadline: '' }, deps)).state)
    expect(runs).toEqual(['unfinished', 'unfinished', 'finished'])
    const reportFromParts = await readDaily(system, `?from=${today}`)
    await rollUpDay(today, { until, deadline: never }, deps)
    expect(await readDaily(system, `?from=${today}`)).toEqual(reportFromParts)
    expect(reportFromParts.total?.leads.received).toBe(250)
  })
})

describe('two concurrent roll-ups of one day', () => {
  it('keep the result of the run that read later', async () => {
    const system = await createTestMarket({ alder: {} })
    const deps = system.api.createDependencies('worker/roll-up')
    const early = '2026-11-23T15:00:00.000Z'
    await visit(system, 1)
    // The first run reads, and writes only after a second run has read and written.
    let isOvertaken = false
    const finishLate: typeof deps.rollUps.saveReport = async (result) => {
      await visit(system, 2)
      await rollUpDay(today, { until: '2026-11-23T16:00:00.000Z', deadline: never }, deps)
      isOvertaken = true
      await deps.rollUps.saveReport(result)
    }
    await rollUpDay(
      today,
      { until: early, deadline: never },
      { ...deps, rollUps: { ...deps.rollUps, saveReport: finishLate } },
    )
    expect(isOvertaken).toBe(true)
    expect((await readDaily(system, `?from=${today}`)).days).toMatchObject([
      { asOf: '2026-11-23T16:00:00.000Z', leads: { received: 2 } },
    ])
  })

  it('detects: a store without its condition keeps the older result', async () => {
    const system = await createTestMarket({ alder: {} })
    const deps = system.api.createDependencies('worker/roll-up')
    await rollUpDay(today, { until: '2026-11-23T16:00:00.000Z', deadline: never }, deps)
    const unconditionalStores = openStores({
      ...system.api.engine,
      transact: (writes) => system.api.engine.transact(writes.map(removeCondition)),
    })
    await rollUpDay(
      today,
      { until: '2026-11-23T15:00:00.000Z', deadline: never },
      { ...deps, rollUps: unconditionalStores.rollUps },
    )
    expect((await readDaily(system, `?from=${today}`)).asOf).toBe('2026-11-23T15:00:00.000Z')
  })

  it('discard progress that is older than a finished run', async () => {
    const system = await createTestMarket({ alder: {}, birch: {} })
    await createLeads(system, 250)
    const deps = system.api.createDependencies('worker/roll-up')
    await rollUpDay(today, { until: '2026-11-23T16:00:00.000Z', deadline: never }, deps)
    expect((await readDaily(system, `?from=${today}`)).total).toMatchObject({ leads: { received: 250 } })
    await rollUpDay(today, { until: '2026-11-23T15:00:00.000Z', deadline: '' }, deps)
    expect(await system.api.engine.get({ in: 'leads', key: reportKey('daily', today) })).toHaveProperty('underWay')
    expect(await deps.rollUps.findProgress(today)).toBeUndefined()
  })
})

/** A store that writes without a condition. */
function removeCondition(write: Write<Table>): Write<Table> {
  if (!('change' in write)) return write
  const { when: _, ...bare } = write
  return bare
}
