import { prices } from './prices.ts'
import { unitBudget } from './unit-budget.ts'

export type CostItem = { item: string; usd: number }

/** What is not counted by a test: milliseconds at 512 MB with a school that responds in 300 ms, and bytes of log, with the API's line. */
const assumptions = {
  read: { milliseconds: 10, logBytes: 500 },
  match: { milliseconds: 54, logBytes: 500 },
  lead: { milliseconds: 104, logBytes: 1180 },
  delivery: { milliseconds: 376, logBytes: 365 },
} as const
const memoryGigabytes = 0.5

/** USD for a million reads of a career that no cache answers. */
export function computeReadCost(): CostItem[] {
  return sumItems([requestCost('read'), unitCost('a read of a career')])
}

/** USD for a million leads to so many schools, each with its match and its deliveries by webhook, without recounts and storage. */
export function computeLeadCost(schools: 1 | 3 | 5): CostItem[] {
  const delivery = [...lambdaCost('delivery'), ...queueCost(2), ...unitCost('a delivery by webhook')]
  return sumItems([
    [...requestCost('match'), ...unitCost('a match')],
    [...requestCost('lead'), ...unitCost(schools === 1 ? 'a lead to 1 school' : `a lead to ${schools} schools`)],
    // One batch for all schools; each message is received and deleted.
    queueCost(1),
    ...Array.from({ length: schools }, () => delivery),
  ])
}

/**
 * USD to run so many leads and deliveries on AWS, with a match for each lead. The share of a delivery is what a lead to three schools
 * costs more than one to one school. A lead that no school gets costs what is left.
 */
export function computeRunCost({ leads, deliveries }: { leads: number; deliveries: number }): number {
  const oneSchool = computeTotal(computeLeadCost(1))
  const delivery = (computeTotal(computeLeadCost(3)) - oneSchool) / 2
  return (leads * (oneSchool - delivery) + deliveries * delivery) / 1_000_000
}

function requestCost(step: 'read' | 'match' | 'lead'): CostItem[] {
  return [{ item: 'API requests', usd: prices.apiRequests.usdPerMillion }, ...lambdaCost(step)]
}

function lambdaCost(step: keyof typeof assumptions): CostItem[] {
  const { milliseconds, logBytes } = assumptions[step]
  const gigabyteSeconds = (milliseconds / 1000) * memoryGigabytes
  return [
    {
      item: 'Lambda',
      usd: prices.lambdaRequests.usdPerMillion + gigabyteSeconds * prices.lambdaGigabyteSeconds.usdPerMillion,
    },
    { item: 'logs', usd: ((logBytes * 1_000_000) / 1e9) * prices.logGigabytes.usd },
  ]
}

function unitCost(operation: keyof typeof unitBudget): CostItem[] {
  const { reads, writes } = unitBudget[operation]
  return [
    { item: 'DynamoDB writes', usd: writes * prices.writeUnits.usdPerMillion },
    { item: 'DynamoDB reads', usd: reads * prices.readUnits.usdPerMillion },
  ]
}

function queueCost(requests: number): CostItem[] {
  return [{ item: 'SQS', usd: requests * prices.queueRequests.usdPerMillion }]
}

/** Adds up what is of the same item. */
function sumItems(parts: readonly CostItem[][]): CostItem[] {
  const byItem = Map.groupBy(parts.flat(), ({ item }) => item)
  return [...byItem].map(([item, items]) => ({ item, usd: computeTotal(items) }))
}

export function computeTotal(items: readonly CostItem[]): number {
  return items.reduce((sum, { usd }) => sum + usd, 0)
}
