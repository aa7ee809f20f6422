import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Needs, rollUpDay } from '#functions/worker/roll-up/roll-up-day.ts'
import { addRollUps, emptyRollUp } from '#shared/domain/reporting/add-roll-ups.ts'
import { commands, historyOf, schools } from '#test/functions/routing/any-sequence.ts'
import { deliveriesOf, leadRows } from '#test/functions/routing/ledger.ts'
import type { Town } from '#test/functions/town.ts'

// SEED=... plays a run again; RUNS=... makes more of them.
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000)
const numRuns = Number(process.env.RUNS ?? 15)
const patience = 600_000

describe('whatever has happened by the real functions', () => {
  it(
    `days together hold every lead and every delivery, once, and what they sold (seed ${seed})`,
    async () => {
      let delivered = 0
      const holds = fc.asyncProperty(commands, async (sequence) => {
        const town = await historyOf(sequence)
        const { whole } = await rolledUpDays(town)
        expect(whole).toMatchObject(await counted(town))
        // And again: nothing is added to what was there.
        expect((await rolledUpDays(town)).whole).toEqual(whole)
        delivered += whole.deliveries.arrived
      })
      await fc.assert(holds, { seed, numRuns })
      expect(delivered).toBeGreaterThan(0)
    },
    patience,
  )

  it(
    `would lack deliveries if it read the first decision of a lead alone (seed ${seed})`,
    async () => {
      const lacks = fc.asyncProperty(commands, async (sequence) => {
        const town = await historyOf(sequence)
        const { books } = town.house.needsOf('worker/roll-up')
        const hasty = { ...books, decisions: async (id: string) => (await books.decisions(id)).slice(0, 1) }
        expect((await rolledUpDays(town, { books: hasty })).whole).toMatchObject(await counted(town))
      })
      expect((await fc.check(lacks, { seed, numRuns: 100, endOnFailure: true })).failed).toBe(true)
    },
    patience,
  )
})

/** By another road: from the rows as they lie. */
async function counted(town: Town) {
  const leads = await leadRows(town.house, ...daysOf(town))
  const made = (await Promise.all(schools.map((id) => deliveriesOf(town.house, id)))).flat()
  const sold = made.filter(({ deliveredAt }) => deliveredAt !== undefined)
  return {
    leads: { received: leads.length, accepted: leads.filter(({ outcome }) => outcome === 'accepted').length },
    deliveries: { made: made.length, arrived: sold.length },
    states: { rejected: made.filter(({ state }) => state === 'rejected').length },
    soldCents: sold.reduce((sum, { priceCents }) => sum + priceCents, 0),
  }
}

async function rolledUpDays(town: Town, instead: Partial<Needs> = {}) {
  const needs = { ...town.house.needsOf('worker/roll-up'), ...instead }
  const days = daysOf(town)
  const until = town.house.clock.now.toISOString()
  for (const day of days) await rollUpDay(day, { until, deadline: '9999' }, needs)
  return (await needs.rollUps.between(days[0] ?? '', days.at(-1) ?? '')).reduce(addRollUps, emptyRollUp)
}

function daysOf({ house }: Town): string[] {
  const begins = Date.parse('2026-11-23T00:00:00.000Z')
  const count = Math.floor((house.clock.now.getTime() - begins) / 86_400_000) + 1
  return Array.from({ length: count }, (_, at) => new Date(begins + at * 86_400_000).toISOString().slice(0, 10))
}
