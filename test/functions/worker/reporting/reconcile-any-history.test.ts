import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconcileDay } from '#functions/worker/reconcile/reconcile-day.ts'
import { addUp, nothing } from '#shared/domain/reporting/reconcile.ts'
import { deliveriesOfSchool } from '#shared/store/index-keys.ts'
import { decisionKey, deliveryKey, leadKey } from '#shared/store/keys.ts'
import { commands, historyOf, schools } from '#test/functions/routing/any-sequence.ts'
import { deliveriesOf, leadRows } from '#test/functions/routing/ledger.ts'
import { story } from '#test/functions/routing/market.ts'
import type { Town } from '#test/functions/town.ts'

// SEED=... plays a run again; RUNS=... makes more of them.
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
const numRuns = Number(process.env.RUNS ?? 15)
const patience = 600_000

describe('whatever has happened by the real functions', () => {
  it(
    `every day reconciles, and both sides add up to the same (seed ${seed})`,
    async () => {
      const total = { promised: 0, unpromised: 0, delivered: 0, rejected: 0, dead: 0 }
      const holds = fc.asyncProperty(commands, async (sequence) => {
        const { leads, schools, drift, differences } = await reconciledDays(await historyOf(sequence))
        expect({ drift, differences }).toEqual({ drift: 0, differences: [] })
        expect(Object.values(schools).reduce((sum, count) => sum + count, 0)).toBe(leads.promised + leads.unpromised)
        const seen = { ...leads, ...schools }
        for (const what of Object.keys(total) as (keyof typeof total)[]) total[what] += seen[what]
      })
      await fc.assert(holds, { seed, numRuns })
      console.log(`seed ${seed}, ${numRuns} histories:`, total)
      expect(Math.min(total.promised, total.unpromised, total.delivered)).toBeGreaterThan(0)
    },
    patience,
  )

  it.each(Object.entries<Sabotage>(sabotages()))(
    `is told apart from %s, by name (seed ${seed})`,
    async (_, sabotage) => {
      let done = 0
      const told = fc.asyncProperty(commands, fc.nat(), async (sequence, pick) => {
        const town = await historyOf(sequence)
        const ids = await sabotage(town, pick)
        const { drift, differences } = await reconciledDays(town)
        expect(drift).toBe(ids.length)
        const named = differences.map(({ kind, leadId, deliveryId }) => `${kind} ${deliveryId ?? leadId}`)
        expect(named.toSorted()).toEqual(ids.toSorted())
        done += ids.length
      })
      await fc.assert(told, { seed, numRuns })
      expect(done).toBeGreaterThan(0)
    },
    patience,
  )
})

/** Changes one row behind the functions' back, and says which differences that makes; none where there is no such row. */
type Sabotage = (town: Town, pick: number) => Promise<string[]>

function sabotages(): { [name: string]: Sabotage } {
  return {
    async 'a delivery row deleted'(town, pick) {
      const row = one(await allDeliveries(town), pick)
      if (!row) return []
      await town.house.engine.transact([{ in: 'leads', delete: deliveryKey(row.deliveryId) }])
      return [`missing ${row.deliveryId}`]
    },
    async 'a delivery row invented'(town, pick) {
      const like = one(await allDeliveries(town), pick)
      const row = like && (await town.house.engine.get({ in: 'leads', key: deliveryKey(like.deliveryId) }))
      if (!like || !row) return []
      const deliveryId = 'dlv_invented'
      const listed = { timelinePk: deliveriesOfSchool(like.schoolId), timelineSk: `${like.createdAt}#${deliveryId}` }
      const invented = { ...row, ...deliveryKey(deliveryId), deliveryId, state: 'rejected', ...listed }
      await town.house.engine.transact([{ in: 'leads', put: invented }])
      return [`orphan ${deliveryId}`]
    },
    async 'one row deleted and another invented'(town, pick) {
      const { 'a delivery row deleted': remove, 'a delivery row invented': invent } = sabotages()
      return [...((await remove?.(town, pick)) ?? []), ...((await invent?.(town, pick)) ?? [])]
    },
    async 'a decision row lost'(town, pick) {
      const all = await allDeliveries(town)
      const delivery = one(all, pick)
      if (!delivery) return []
      const { leadId, createdAt } = delivery
      const ofLead = all.filter((row) => row.leadId === leadId)
      const { receivedAt } = await story(town, leadId)
      // Where it was offered on another day, both days tell of it.
      if ([receivedAt, ...ofLead.map((row) => row.createdAt)].some((at) => at !== createdAt)) return []
      await town.house.engine.transact([{ in: 'leads', delete: decisionKey(leadId, createdAt) }])
      return ofLead.map(({ deliveryId }) => `orphan ${deliveryId}`)
    },
    async 'a lead whose outcome was flipped'(town, pick) {
      const lead = one(await leadRows(town.house, ...daysOf(town)), pick)
      if (!lead) return []
      const { deliveries } = await story(town, lead.leadId)
      const stands = deliveries.some(({ state }) => state !== 'rejected')
      // Whoever was rejected everywhere may be either, until it is offered again.
      if (!stands && deliveries.length > 0) return []
      const outcome = stands ? 'unmatched' : 'accepted'
      await town.house.engine.transact([{ in: 'leads', change: leadKey(lead.leadId), set: { outcome } }])
      return [`${stands ? 'denied' : 'homeless'} ${lead.leadId}`]
    },
  }
}

async function reconciledDays(town: Town) {
  town.house.pass(400)
  const until = new Date(town.house.clock.now.getTime() - 300_000).toISOString()
  const needs = town.house.needsOf('worker/reconcile')
  let found = nothing
  for (const day of daysOf(town)) found = addUp(found, await reconcileDay(day, { until, deadline: '9999' }, needs))
  return found
}

function daysOf({ house }: Town): string[] {
  const begins = Date.parse('2026-11-23T00:00:00.000Z')
  const count = Math.floor((house.clock.now.getTime() - begins) / 86_400_000) + 1
  return Array.from({ length: count }, (_, at) => new Date(begins + at * 86_400_000).toISOString().slice(0, 10))
}

async function allDeliveries({ house }: Town) {
  return (await Promise.all(schools.map((id) => deliveriesOf(house, id)))).flat()
}

function one<Of>(all: readonly Of[], pick: number): Of | undefined {
  return all[pick % all.length]
}
