import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { computeIdleCost } from '#cli/cost/compute-idle-cost.ts'
import { readStageSettings } from '#infra/stage.ts'
import {
  computeLeadCost,
  computeReadCost,
  computeRunCost,
  computeTotal,
} from '#shared/domain/reporting/cost/compute-usage-cost.ts'
import { prices } from '#shared/domain/reporting/cost/prices.ts'
import { unitBudget } from '#shared/domain/reporting/cost/unit-budget.ts'

const readme = readFileSync('README.md', 'utf8').replaceAll(/\s+/g, ' ')

it('prices the units that the budgets allow, and adds up what is of one item', () => {
  const writes = unitBudget['a lead to 3 schools'].writes + 3 * unitBudget['a delivery by webhook'].writes
  const items = computeLeadCost(3).filter(({ item }) => item === 'DynamoDB writes')
  expect(items).toEqual([{ item: 'DynamoDB writes', usd: writes * prices.writeUnits.usdPerMillion }])
  expect(computeTotal(computeLeadCost(5))).toBeGreaterThan(computeTotal(computeLeadCost(1)))
  expect(computeTotal(computeReadCost())).toBeLessThan(2)
})

it('costs as much for leads of a report as for a million of them, divided', () => {
  for (const schools of [1, 3] as const)
    expect(computeRunCost({ leads: 1_000_000, deliveries: schools * 1_000_000 })).toBeCloseTo(
      computeTotal(computeLeadCost(schools)),
    )
  expect(computeRunCost({ leads: 0, deliveries: 0 })).toBe(0)
  expect(computeRunCost({ leads: 1, deliveries: 0 })).toBeGreaterThan(0)
})

it('is what the README says, and without the firewall at most 15 USD a month', () => {
  const items = computeIdleCost(readStageSettings({ stage: 'dev' }))
  const firewall = items.find(({ item }) => item === 'firewall')?.usd ?? 0
  const total = computeTotal(items)
  expect(readme).toContain(`costs about ${Math.round(total)} USD a month at list prices, ${firewall} of them`)
  expect(readme).toContain(`to three schools cost about ${Math.round(computeTotal(computeLeadCost(3)))} USD`)
  expect(total - firewall).toBeLessThanOrEqual(15)
  const withDashboard = readStageSettings({ stage: 'dev' })
  withDashboard.stage.dashboard = 'on'
  expect(computeTotal(computeIdleCost(withDashboard)) - total).toBeCloseTo(prices.dashboards.usdPerMonth)
})
