import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcileDay } from '#functions/worker/reconcile/reconcile-day.ts'
import { addReconciliationTotals, emptyReconciliationTotals } from '#shared/domain/reporting/reconciliation.ts'
import { listDays, toDay } from '#shared/domain/time.ts'
import { deliveriesPartition } from '#shared/store/index-keys.ts'
import { decisionKey, deliveryKey, leadKey } from '#shared/store/keys.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { commands, everyOutcome, runHistory, schools } from '#test/functions/routing/command-sequences.ts'
import { readTimeline } from '#test/functions/routing/create-test-market.ts'
import { listDeliveries, readLeadRows } from '#test/functions/routing/stored-rows.ts'
import { testSeed } from '#test/test-seed.ts'
import { testRuns } from '#test/test-sizes.ts'

const seed = testSeed()
const numRuns = testRuns('histories')
const testTimeoutMs = 600_000

describe('reconciliation of any history made by the real functions', () => {
  it(
    `finds no difference and equal sums on every day (seed ${seed})`,
    async () => {
      const total = { promised: 0, unpromised: 0, delivered: 0, rejected: 0, dead: 0 }
      const property = fc.asyncProperty(commands, async (sequence) => {
        const { leads, schools, drift, differences } = await reconcileAllDays(await runHistory(sequence))
        expect({ drift, differences }).toEqual({ drift: 0, differences: [] })
        expect(Object.values(schools).reduce((sum, count) => sum + count, 0)).toBe(leads.promised + leads.unpromised)
        const counts = { ...leads, ...schools }
        for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += counts[name]
      })
      await fc.assert(property, { seed, numRuns, examples: [[everyOutcome]] })
      console.log(`seed ${seed}, ${numRuns} histories:`, total)
      expect(Math.min(total.promised, total.unpromised, total.delivered)).toBeGreaterThan(0)
    },
    testTimeoutMs,
  )

  it.each(Object.entries<Sabotage>(sabotages()))(
    `reports exactly the differences that %s makes (seed ${seed})`,
    async (_, sabotage) => {
      let differenceCount = 0
      const property = fc.asyncProperty(commands, fc.nat(), async (sequence, pick) => {
        const system = await runHistory(sequence)
        const ids = await sabotage(system, pick)
        const { drift, differences } = await reconcileAllDays(system)
        expect(drift).toBe(ids.length)
        const differenceNames = differences.map(({ kind, leadId, deliveryId }) => `${kind} ${deliveryId ?? leadId}`)
        expect(differenceNames.toSorted()).toEqual(ids.toSorted())
        differenceCount += ids.length
      })
      await fc.assert(property, { seed, numRuns, examples: [[everyOutcome, 0]] })
      expect(differenceCount).toBeGreaterThan(0)
    },
    testTimeoutMs,
  )
})

/** Changes one row directly and returns the expected differences, or none if there is no such row. */
type Sabotage = (system: TestSystem, pick: number) => Promise<string[]>

function sabotages(): { [name: string]: Sabotage } {
  return {
    async 'a delivery row deleted'(system, pick) {
      const row = pickOne(await listAllDeliveries(system), pick)
      if (!row) return []
      await system.api.engine.transact([{ in: 'leads', delete: deliveryKey(row.deliveryId) }])
      return [`missing-delivery ${row.deliveryId}`]
    },
    async 'a delivery row invented'(system, pick) {
      const original = pickOne(await listAllDeliveries(system), pick)
      const row = original && (await system.api.engine.get({ in: 'leads', key: deliveryKey(original.deliveryId) }))
      if (!original || !row) return []
      const deliveryId = 'dlv_invented'
      const timelineEntry = {
        timelinePk: deliveriesPartition(original.schoolId),
        timelineSk: `${original.createdAt}#${deliveryId}`,
      }
      const invented = { ...row, ...deliveryKey(deliveryId), deliveryId, state: 'rejected', ...timelineEntry }
      await system.api.engine.transact([{ in: 'leads', put: invented }])
      return [`unexpected-delivery ${deliveryId}`]
    },
    async 'one row deleted and another invented'(system, pick) {
      const { 'a delivery row deleted': remove, 'a delivery row invented': invent } = sabotages()
      return [...((await remove?.(system, pick)) ?? []), ...((await invent?.(system, pick)) ?? [])]
    },
    async 'a decision row lost'(system, pick) {
      const all = await listAllDeliveries(system)
      const delivery = pickOne(all, pick)
      if (!delivery) return []
      const { leadId, createdAt } = delivery
      const leadDeliveries = all.filter((row) => row.leadId === leadId)
      const { receivedAt } = await readTimeline(system, leadId)
      // If it was offered on another day, both days report it.
      if ([receivedAt, ...leadDeliveries.map((row) => row.createdAt)].some((at) => at !== createdAt)) return []
      await system.api.engine.transact([{ in: 'leads', delete: decisionKey(leadId, createdAt) }])
      return leadDeliveries.map(({ deliveryId }) => `unexpected-delivery ${deliveryId}`)
    },
    async 'a lead whose outcome was flipped'(system, pick) {
      const lead = pickOne(await readLeadRows(system.api, ...listSystemDays(system)), pick)
      if (!lead) return []
      const { deliveries } = await readTimeline(system, lead.leadId)
      const hasAcceptedDelivery = deliveries.some(({ state }) => state !== 'rejected')
      // A lead that was rejected everywhere may be either until it is offered again.
      if (!hasAcceptedDelivery && deliveries.length > 0) return []
      const outcome = hasAcceptedDelivery ? 'unmatched' : 'accepted'
      await system.api.engine.transact([{ in: 'leads', change: leadKey(lead.leadId), set: { outcome } }])
      return [`${hasAcceptedDelivery ? 'unmatched-with-delivery' : 'accepted-without-delivery'} ${lead.leadId}`]
    },
  }
}

async function reconcileAllDays(system: TestSystem) {
  system.api.advanceClock(400)
  const until = new Date(system.api.clock.now.getTime() - 300_000).toISOString()
  const deps = system.api.createDependencies('worker/reconcile')
  let total = emptyReconciliationTotals
  for (const day of listSystemDays(system))
    total = addReconciliationTotals(total, await reconcileDay(day, { until, deadline: '9999' }, deps))
  return total
}

function listSystemDays({ api }: TestSystem): string[] {
  return listDays({ from: '2026-11-23', to: toDay(api.clock.now.toISOString()) })
}

async function listAllDeliveries({ api }: TestSystem) {
  return (await Promise.all(schools.map((id) => listDeliveries(api, id)))).flat()
}

function pickOne<Item>(all: readonly Item[], pick: number): Item | undefined {
  return all[pick % all.length]
}
