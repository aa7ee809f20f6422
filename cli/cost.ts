import { readStageSettings } from '#infra/stage.ts'
import {
  type CostItem,
  computeLeadCost,
  computeReadCost,
  computeTotal,
} from '#shared/domain/reporting/cost/compute-usage-cost.ts'
import { prices } from '#shared/domain/reporting/cost/prices.ts'
import { computeIdleCost } from './cost/compute-idle-cost.ts'

/** Prints what AWS bills at list prices: for a million reads and leads, and for the stage `dev` in a month without traffic. */
if (import.meta.main) {
  console.log(`USD at the list prices of us-east-1 of ${prices.readOn}, before any free tier`)
  printItems('a million reads of a career', computeReadCost())
  for (const schools of [1, 3, 5] as const)
    printItems(`a million leads to ${schools} schools, delivered`, computeLeadCost(schools))
  printItems('a month without traffic, stage dev', computeIdleCost(readStageSettings({ stage: 'dev' })))
}

function printItems(title: string, items: readonly CostItem[]): void {
  console.log(`\n${title}: ${computeTotal(items).toFixed(2)}`)
  for (const { item, usd } of items) console.log(`  ${item.padEnd(16)} ${usd.toFixed(2).padStart(7)}`)
}
