import { describe, expect, inject, it } from 'vitest'
import { reconcileDay } from '#functions/worker/reconcile/reconcile-day.ts'
import { deliveriesPartition, leadsPartition } from '#shared/store/index-keys.ts'
import { decisionKey, deliveryKey, leadKey } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { createTestMarket } from '#test/functions/routing/create-test-market.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { deleteRows, readReport, today, toReconcileWindow } from './reconciliation.ts'

const { endpoint, missing } = inject('dynamodbLocal')

describe('reconciling a large day', () => {
  it('makes one query per lead, and one per school for every 500 leads', async () => {
    const system = await createTestMarket({ alder: {}, birch: {}, cedar: {} })
    await createLeads(system, 1_100)
    const before = { ...system.api.watch }
    const result = await reconcileDay(
      today,
      toReconcileWindow('2026-11-23T23:00:00.000Z'),
      system.api.createDependencies('worker/reconcile'),
    )
    expect(result).toMatchObject({
      leads: { received: 1_100, promised: 2_200 },
      schools: { inFlight: 2_200 },
      drift: 0,
    })
    const parts = 3
    expect(system.api.watch.queries - before.queries).toBe(1_100 + parts + parts * 3 + 1)
    expect(system.api.watch.gets - before.gets).toBe(1)
    expect(system.api.watch.transactions - before.transactions).toBe(1)
  })

  it('stores its progress at the deadline and continues from there', async () => {
    const system = await createTestMarket({ alder: {}, birch: {}, cedar: {} })
    // Three leads per page, so that a part ends between leads of one instant.
    await createLeads(system, 1_100, 3)
    const deps = system.api.createDependencies('worker/reconcile')
    const until = '2026-11-23T23:00:00.000Z'
    const keptCounts: number[] = []
    for (let run = 0; run < 3; run++)
      keptCounts.push((await reconcileDay(today, { until, deadline: '' }, deps)).leads.received)
    expect(keptCounts).toEqual([500, 1_000, 1_100])
    const { text } = await readReport(system)
    expect(JSON.parse(text)).toMatchObject({ drift: 0, leads: { promised: 2_200 }, schools: { inFlight: 2_200 } })
    expect((await reconcileDay(today, toReconcileWindow(until), deps)).leads.received).toBe(1_100)
  })
})

describeUnless(missing, 'reconciling a day on DynamoDB', () => {
  it('finds no difference, then names the removed rows', async () => {
    const { createEngine: engineOf, close } = await openDynamodb(endpoint)
    try {
      const system = await createTestMarket({ alder: {}, birch: {}, cedar: {} }, { createEngine: engineOf })
      await createLeads(system, 550)
      const deps = system.api.createDependencies('worker/reconcile')
      const startedAt = performance.now()
      expect(await reconcileDay(today, toReconcileWindow('2026-11-23T23:00:00.000Z'), deps)).toMatchObject({
        leads: { received: 550, promised: 1_100 },
        drift: 0,
      })
      console.log(`550 leads on DynamoDB Local reconciled in ${Math.round(performance.now() - startedAt)} ms`)
      await deleteRows(system, deliveryKey('dlv_birch_520').pk)
      expect(await reconcileDay(today, toReconcileWindow('2026-11-23T23:00:00.000Z'), deps)).toMatchObject({
        differences: [{ kind: 'missing-delivery', deliveryId: 'dlv_birch_520' }],
      })
    } finally {
      close()
    }
  })
})

/** Leads across the day, each with a delivery to two schools: only the attributes that reconciliation reads. */
async function createLeads({ api }: TestSystem, count: number, leadsPerInstant = 1) {
  for (let lead = 0; lead < count; lead++) {
    const at = new Date(
      Date.parse(`${today}T01:00:00.000Z`) + Math.floor(lead / leadsPerInstant) * 10_000,
    ).toISOString()
    const leadId = `lead_${String(lead).padStart(22, '0')}`
    const deliveries = ['alder', 'birch'].map((schoolId) => ({ schoolId, deliveryId: `dlv_${schoolId}_${lead}` }))
    const timelineEntry = { timelinePk: leadsPartition(today), timelineSk: `${at}#${leadId}` }
    await api.engine.transact([
      { in: 'leads', put: { ...leadKey(leadId), leadId, receivedAt: at, outcome: 'accepted', ...timelineEntry } },
      { in: 'leads', put: { ...decisionKey(leadId, at), decidedAt: at, deliveries } },
      ...deliveries.map(({ schoolId, deliveryId }) => {
        const timelineEntry = { timelinePk: deliveriesPartition(schoolId), timelineSk: `${at}#${deliveryId}` }
        return {
          in: 'leads',
          put: { ...deliveryKey(deliveryId), deliveryId, leadId, state: 'pending', ...timelineEntry },
        } as const
      }),
    ])
  }
}
