import * as z from 'zod'
import { leadsPartition } from '#shared/store/index-keys.ts'
import { counterKey } from '#shared/store/keys.ts'
import type { TestApi } from '#test/create-test-api.ts'

/** Returns the value of every counter of an owner. */
export async function readCounters({ engine }: Pick<TestApi, 'engine'>, owner: string) {
  const { items } = await engine.query({ in: 'leads', pk: counterKey(owner, '').pk, limit: 1000 })
  return Object.fromEntries(items.map((row) => [row.sk, z.number().parse(row.used)]))
}

/** Returns the deliveries of a school. */
export async function listDeliveries({ createDependencies }: Pick<TestApi, 'createDependencies'>, schoolId: string) {
  const { deliveries, next } = await createDependencies('operator').deliveries.listBySchool(schoolId, { limit: 2000 })
  if (next) throw new Error('There are more deliveries than this test reads.')
  return deliveries
}

/** Returns every lead row of these days. */
export async function readLeadRows({ engine }: Pick<TestApi, 'engine'>, ...days: string[]) {
  const rows = []
  for (const day of days) {
    const query = { in: 'leads', index: 'timeline', pk: leadsPartition(day), limit: 1000 } as const
    let page = await engine.query(query)
    rows.push(...page.items)
    while (page.next) {
      page = await engine.query({ ...query, after: page.next })
      rows.push(...page.items)
    }
  }
  return rows.map((row) => leadRow.parse(row))
}

const leadRow = z.object({ leadId: z.string(), outcome: z.string() })
