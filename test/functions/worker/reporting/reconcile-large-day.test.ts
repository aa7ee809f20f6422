import { describe, expect, inject, it } from 'vitest'
import { reconcileDay } from '#functions/worker/reconcile/reconcile-day.ts'
import { deliveriesOfSchool, leadsOfDay } from '#shared/store/index-keys.ts'
import { decisionKey, deliveryKey, leadKey } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { aMarket } from '#test/functions/routing/market.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import type { Town } from '#test/functions/town.ts'
import { remove, report, times, today } from './books.ts'

const { endpoint, missing } = inject('dynamodbLocal')

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
    // Three at a time, so that parts end between leads of one instant.
    await fill(town, 1_100, 3)
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

describeUnless(missing, 'a day on DynamoDB', () => {
  it('reconciles, and names what is gone', async () => {
    const { engineOf, close } = await openDynamodb(endpoint)
    try {
      const town = await aMarket({ alder: {}, birch: {}, cedar: {} }, { engineOf })
      await fill(town, 550)
      const needs = town.house.needsOf('worker/reconcile')
      const began = performance.now()
      expect(await reconcileDay(today, times('2026-11-23T23:00:00.000Z'), needs)).toMatchObject({
        leads: { kept: 550, promised: 1_100 },
        drift: 0,
      })
      console.log(`550 leads on DynamoDB Local reconciled in ${Math.round(performance.now() - began)} ms`)
      await remove(town, deliveryKey('dlv_birch_520').pk)
      expect(await reconcileDay(today, times('2026-11-23T23:00:00.000Z'), needs)).toMatchObject({
        differences: [{ kind: 'missing', deliveryId: 'dlv_birch_520' }],
      })
    } finally {
      close()
    }
  }, 60_000)
})

/** Leads in the course of the day, each with a delivery to two schools: as much of their rows as two sides of the books need. */
async function fill({ house }: Town, count: number, atOnce = 1) {
  for (let lead = 0; lead < count; lead++) {
    const at = new Date(Date.parse(`${today}T01:00:00.000Z`) + Math.floor(lead / atOnce) * 10_000).toISOString()
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
