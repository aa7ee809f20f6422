import * as z from 'zod'
import { leadsOfDay } from '#shared/store/index-keys.ts'
import { counterKey } from '#shared/store/keys.ts'
import type { House } from '#test/house.ts'

/** What stands in every counter of an owner. */
export async function countersOf({ engine }: Pick<House, 'engine'>, owner: string) {
  const { items } = await engine.query({ in: 'leads', pk: counterKey(owner, '').pk, limit: 1000 })
  return Object.fromEntries(items.map((row) => [row.sk, z.number().parse(row.used)]))
}

/** The deliveries of a school as their rows say. */
export async function deliveriesOf({ needsOf }: Pick<House, 'needsOf'>, schoolId: string) {
  const { deliveries, next } = await needsOf('operator').deliveries.ofSchool(schoolId, { limit: 2000 })
  if (next) throw new Error('There are more deliveries than this test reads.')
  return deliveries
}

/** Every lead of these days, as its row says. */
export async function leadRows({ engine }: Pick<House, 'engine'>, ...days: string[]) {
  const found = []
  for (const day of days) {
    const query = { in: 'leads', index: 'timeline', pk: leadsOfDay(day), limit: 1000 } as const
    let page = await engine.query(query)
    found.push(...page.items)
    while (page.next) {
      page = await engine.query({ ...query, after: page.next })
      found.push(...page.items)
    }
  }
  return found.map((row) => leadRow.parse(row))
}

const leadRow = z.object({ leadId: z.string(), outcome: z.string() })
