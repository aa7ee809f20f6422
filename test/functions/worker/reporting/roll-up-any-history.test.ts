import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RollUpDayDependencies, rollUpDay } from '#functions/worker/roll-up/roll-up-day.ts'
import { toFigures } from '#shared/domain/reporting/figures.ts'
import { listDays, toDay } from '#shared/domain/time.ts'
import { sumReport } from '#shared/workflows/reporting/sum-report.ts'
import { checkControl } from '#test/check-control.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { commands, everyOutcome, runHistory, schools } from '#test/functions/routing/command-sequences.ts'
import { listDeliveries, readLeadRows } from '#test/functions/routing/stored-rows.ts'
import { testSeed } from '#test/test-seed.ts'
import { testRuns } from '#test/test-sizes.ts'

const seed = testSeed()
const numRuns = testRuns('histories')
const testTimeoutMs = 600_000

describe('roll-up of any history made by the real functions', () => {
  it(
    `counts every lead, delivery and price exactly once across all days (seed ${seed})`,
    async () => {
      let delivered = 0
      const property = fc.asyncProperty(commands, async (sequence) => {
        const system = await runHistory(sequence)
        const { whole } = await rollUpAllDays(system)
        expect(whole).toMatchObject(await countFromRows(system))
        // A second run adds nothing.
        expect((await rollUpAllDays(system)).whole).toEqual(whole)
        delivered += whole.deliveries.delivered
      })
      await fc.assert(property, { seed, numRuns, examples: [[everyOutcome]] })
      expect(delivered).toBeGreaterThan(0)
    },
    testTimeoutMs,
  )

  it(
    'detects: a roll-up that reads only the first decision of a lead',
    async () => {
      const property = fc.asyncProperty(commands, async (sequence) => {
        const system = await runHistory(sequence)
        const { reconciliation } = system.api.createDependencies('worker/roll-up')
        const incompleteStore = {
          ...reconciliation,
          listDecisions: async (id: string) => (await reconciliation.listDecisions(id)).slice(0, 1),
        }
        expect((await rollUpAllDays(system, { reconciliation: incompleteStore })).whole).toMatchObject(
          await countFromRows(system),
        )
      })
      const { failed } = await checkControl(property, { numRuns: 100, examples: [[everyOutcome]] })
      expect(failed).toBe(true)
    },
    testTimeoutMs,
  )
})

/** Counts independently, directly from the stored rows. */
async function countFromRows(system: TestSystem) {
  const leads = await readLeadRows(system.api, ...listSystemDays(system))
  const deliveries = (await Promise.all(schools.map((id) => listDeliveries(system.api, id)))).flat()
  const sold = deliveries.filter(({ deliveredAt }) => deliveredAt !== undefined)
  return {
    leads: { received: leads.length, accepted: leads.filter(({ outcome }) => outcome === 'accepted').length },
    deliveries: { created: deliveries.length, delivered: sold.length },
    states: { rejected: deliveries.filter(({ state }) => state === 'rejected').length },
    soldCents: sold.reduce((sum, { priceCents }) => sum + priceCents, 0),
  }
}

async function rollUpAllDays(system: TestSystem, overrides: Partial<RollUpDayDependencies> = {}) {
  const deps = { ...system.api.createDependencies('worker/roll-up'), ...overrides }
  const days = listSystemDays(system)
  const until = system.api.clock.now.toISOString()
  for (const day of days) await rollUpDay(day, { until, deadline: '9999' }, deps)
  const query = { from: days[0], to: days.at(-1) }
  const { rows } = await sumReport(
    { query, table: 'whole', toRow: () => 'all' },
    { ...system.api.createDependencies('operator'), now: deps.now },
  )
  return { whole: toFigures(rows.get('all') ?? {}) }
}

function listSystemDays({ api }: TestSystem): string[] {
  return listDays({ from: '2026-11-23', to: toDay(api.clock.now.toISOString()) })
}
