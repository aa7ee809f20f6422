import { describe, expect, it } from 'vitest'
import { rollUpDays } from '#functions/worker/roll-up/roll-up-days.ts'
import { dueShards } from '#shared/store/index-keys.ts'
import { recountMarkKey, settledDaysKey } from '#shared/store/keys.ts'
import { queryAll } from '#shared/store/query-all.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import {
  aBuyer,
  acceptReturn,
  type Buyer,
  refuseReturn,
  requestReturn,
} from '#test/functions/returns/return-fixture.ts'
import { readDaily, readSchools, recordDispositions, today } from './roll-up-reports.ts'

const secondsPerDay = 86_400
const wait = ({ api }: TestSystem, days: number) => api.advanceClock(days * secondsPerDay)

/** A lead of day 0 that was delivered on day 0, in a system that counts every day. */
async function aCountedBuyer(): Promise<Buyer> {
  const buyer = await aBuyer({ returns: { days: 90 } })
  await buyer.deliver()
  for (let day = 0; day < 4; day++) {
    await buyer.town.api.rollUp()
    wait(buyer.town, 1)
  }
  await buyer.town.api.rollUp()
  return buyer
}

async function rollUpLater({ api }: TestSystem) {
  api.advanceClock(60)
  await api.rollUp()
}

const readFirstDay = async (system: TestSystem) => (await readDaily(system, `?from=${today}&to=${today}`)).days[0]
const listMarks = async ({ api }: TestSystem) => {
  const shards = await Promise.all(
    dueShards.map((shard) => queryAll(api.engine, { in: 'leads', pk: recountMarkKey(shard, '').pk, limit: 100 })),
  )
  return shards.flat()
}

describe('a change to a lead, whatever the age of the lead', () => {
  it('appears on the day and at the school of the lead: a return of day 60, an enrollment of day 200', async () => {
    const buyer = await aCountedBuyer()
    const { town: system, deliveryId } = buyer
    wait(system, 40)
    expect((await requestReturn(buyer)).status).toBe(201)
    await rollUpLater(system)
    expect(await readFirstDay(system)).toMatchObject({ returns: { requested: 1 }, money: { netCents: 4500 } })
    wait(system, 16)
    expect((await acceptReturn(buyer)).status).toBe(200)
    await rollUpLater(system)
    expect(await readFirstDay(system)).toMatchObject({
      returns: { requested: 0, accepted: 1 },
      money: { soldCents: 4500, returnedCents: 4500, netCents: 0 },
    })
    const second = await aCountedBuyer()
    wait(second.town, 196)
    await recordDispositions(second.town, 'alder', second.deliveryId, 'enrolled')
    await rollUpLater(second.town)
    expect(await readFirstDay(second.town)).toMatchObject({ dispositions: { enrolled: 1 } })
    const { schools } = await readSchools(second.town, `?from=${today}&to=2027-12-31`)
    expect(schools).toMatchObject([{ schoolId: 'alder', dispositions: { enrolled: 1 }, money: { netCents: 4500 } }])
    expect(deliveryId).not.toBe('')
  })

  const changes: [title: string, change: (buyer: Buyer) => Promise<unknown>, figures: object][] = [
    [
      'a disposition',
      ({ town, deliveryId }) => recordDispositions(town, 'alder', deliveryId, 'started'),
      { dispositions: { started: 1 } },
    ],
    ['a requested return', (buyer) => requestReturn(buyer), { returns: { requested: 1 } }],
    [
      'a refused return',
      async (buyer) => {
        await requestReturn(buyer)
        await rollUpLater(buyer.town)
        await refuseReturn(buyer)
      },
      { returns: { requested: 0, refused: 1 } },
    ],
    [
      'a replay',
      ({ town, deliveryId }) => town.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`),
      { states: { pending: 1, delivered: 0 }, money: { soldCents: 4500 } },
    ],
    [
      'a replay that arrives',
      async ({ town, deliveryId, deliver }) => {
        await town.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
        await rollUpLater(town)
        await deliver()
      },
      { states: { pending: 0, delivered: 1 }, money: { soldCents: 4500 } },
    ],
    [
      'an erasure',
      ({ town, leadId }) => town.api.staff('POST', '/v1/ops/erasures', { body: { leadId } }),
      { states: { delivered: 0, erased: 1 }, deliveries: { delivered: 1 }, money: { soldCents: 4500 } },
    ],
  ]
  it.each(changes)('is counted after 80 days: %s', async (_, change, figures) => {
    const buyer = await aCountedBuyer()
    wait(buyer.town, 80)
    await buyer.town.api.rollUp()
    await change(buyer)
    expect(await readFirstDay(buyer.town)).not.toMatchObject(figures)
    await rollUpLater(buyer.town)
    expect(await readFirstDay(buyer.town)).toMatchObject(figures)
    expect(await listMarks(buyer.town)).toEqual([])
  })

  it('keeps a credit in the report when the lead is erased later', async () => {
    const buyer = await aCountedBuyer()
    const { town: system, leadId } = buyer
    wait(system, 30)
    await requestReturn(buyer)
    await acceptReturn(buyer)
    wait(system, 300)
    await system.api.staff('POST', '/v1/ops/erasures', { body: { leadId } })
    await rollUpLater(system)
    expect(await readFirstDay(system)).toMatchObject({
      leads: { received: 1, accepted: 1 },
      returns: { accepted: 1 },
      money: { soldCents: 4500, returnedCents: 4500 },
    })
  })

  it('detects: a change that leaves no mark', async () => {
    const buyer = await aCountedBuyer()
    const { town: system } = buyer
    wait(system, 80)
    await system.api.rollUp()
    await requestReturn(buyer)
    const marks = await listMarks(system)
    expect(marks).toHaveLength(1)
    await system.api.engine.transact(marks.map(({ pk, sk }) => ({ in: 'leads', delete: { pk, sk } })))
    await rollUpLater(system)
    expect(await readFirstDay(system)).toMatchObject({ returns: { requested: 0 } })
  })
})

describe('the roll-up', () => {
  it('reads no settled day again without a mark', async () => {
    const { town: system } = await aCountedBuyer()
    wait(system, 80)
    await system.api.rollUp()
    const before = { ...system.api.watch }
    system.api.advanceClock(3600)
    await system.api.rollUp()
    // Two days and one query for each shard of the marks.
    expect(system.api.watch.queries - before.queries).toBe(2 + dueShards.length)
    expect(system.api.watch.transactions - before.transactions).toBe(2)
  })

  it('counts a past day at most once in six hours if it is told so, and then with every change', async () => {
    const sixHours = 6 * 3600
    const buyer = await aCountedBuyer()
    const { town: system, deliveryId } = buyer
    wait(system, 80)
    await requestReturn(buyer)
    const advanceAndCount = async (seconds: number) => {
      system.api.advanceClock(seconds)
      await system.api.rollUp(sixHours)
    }
    await advanceAndCount(60)
    expect(await readFirstDay(system)).toMatchObject({ returns: { requested: 1 } })
    await recordDispositions(system, 'alder', deliveryId, 'applied')
    await advanceAndCount(sixHours - 60)
    expect(await readFirstDay(system)).toMatchObject({ dispositions: { applied: 0 } })
    expect(await listMarks(system)).toHaveLength(1)
    await advanceAndCount(60)
    expect(await readFirstDay(system)).toMatchObject({ dispositions: { applied: 1 } })
    expect(await listMarks(system)).toEqual([])
  })

  it('does not lose a change that is made while its day is recounted', async () => {
    const buyer = await aCountedBuyer()
    const { town: system, deliveryId } = buyer
    wait(system, 80)
    await requestReturn(buyer)
    system.api.advanceClock(60)
    const deps = system.api.createDependencies('worker/roll-up')
    let isChanged = false
    const saveReport: typeof deps.rollUps.saveReport = async (report) => {
      // The lead has been read, and its count is not stored yet.
      if (report.day === today && !isChanged) {
        isChanged = true
        await recordDispositions(system, 'alder', deliveryId, 'applied')
        await refuseReturn(buyer)
      }
      await deps.rollUps.saveReport(report)
    }
    await rollUpDays({ ...deps, rollUps: { ...deps.rollUps, saveReport } })
    expect(isChanged).toBe(true)
    await rollUpLater(system)
    expect(await readFirstDay(system)).toMatchObject({
      dispositions: { applied: 1 },
      returns: { requested: 0, refused: 1 },
    })
    expect(await listMarks(system)).toEqual([])
  })

  it('counts changes of the first days although it was stopped for weeks', async () => {
    const buyer = await aBuyer()
    const { town: system, deliver } = buyer
    await system.api.rollUp()
    await deliver()
    wait(system, 30)
    await system.api.rollUp()
    expect(await readFirstDay(system)).toMatchObject({ deliveries: { delivered: 1 } })
  })

  it('counts every day once more if its count is older than the marks', async () => {
    const buyer = await aCountedBuyer()
    const { town: system } = buyer
    wait(system, 80)
    await system.api.rollUp()
    await requestReturn(buyer)
    // As in a folder of an earlier version, which has counts and no marks.
    const marks = await listMarks(system)
    await system.api.engine.transact([
      ...marks.map(({ pk, sk }) => ({ in: 'leads', delete: { pk, sk } }) as const),
      { in: 'leads', delete: settledDaysKey() },
    ])
    await rollUpLater(system)
    expect(await readFirstDay(system)).toMatchObject({ returns: { requested: 1 } })
  })
})
