import { describe, expect, it } from 'vitest'
import { readPublisherResults } from '#shared/contract/reporting/publisher-results.ts'
import { createServerHeaders, type TestSystem } from '#test/functions/create-test-system.ts'
import { acceptReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import { createTestMarket, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'

const payout = { amount: { kind: 'fixed', cents: 1200 }, on: 'delivered' }

async function readResults(system: TestSystem, query: string) {
  const headers = await createServerHeaders(system)
  const response = await system.api.call('GET', `/v1/publisher/results?${query}`, { headers })
  expect(response.status).toBe(200)
  return readPublisherResults.responses[200].body.parse(response.body)
}

describe('the results of a source', () => {
  it('count its leads by day and by the value of a sub ID, with what they earned less what was returned', async () => {
    const system = await createTestMarket({ alder: {} }, { source: { payout, timeZone: 'America/New_York' } })
    const first = await visit(system, 1, { subIds: { ad: 'red' } })
    await visit(system, 2, { subIds: { ad: 'red' } })
    await visit(system, 3, { subIds: { ad: 'blue', page: 'a' } })
    await visit(system, 4, { test: true, subIds: { ad: 'red' } })
    await deliverDue(system)
    const deliveryId = first.receipt.schools[0]?.deliveryId ?? ''
    await requestReturn({ town: system, key: await system.api.schoolKey('alder'), deliveryId })
    await acceptReturn({ town: system, deliveryId })
    const { results, subIdNames, timeZone } = await readResults(system, 'since=2026-11-01&subId=ad')
    const day = '2026-11-23'
    expect(results.toSorted((one, other) => (one.value < other.value ? -1 : 1))).toEqual([
      { day, value: 'blue', leads: 1, accepted: 1, delivered: 1, returned: 0, payoutCents: 1200 },
      { day, value: 'red', leads: 2, accepted: 2, delivered: 2, returned: 1, payoutCents: 1200 },
    ])
    expect([subIdNames, timeZone]).toEqual([['ad', 'page'], 'America/New_York'])
  })

  it('add up over pages, and have one row for each day without a sub ID', async () => {
    const system = await createTestMarket({ alder: {} }, { source: { payout } })
    for (const number of [1, 2, 3]) await visit(system, number)
    await deliverDue(system)
    const first = await readResults(system, 'since=2026-11-01&limit=2')
    const cursor = encodeURIComponent(first.page.nextCursor ?? '')
    const second = await readResults(system, `since=2026-11-01&limit=2&cursor=${cursor}`)
    expect([first, second].map(({ results }) => results.map(({ leads }) => leads))).toEqual([[2], [1]])
    expect(second.page.nextCursor).toBeNull()
  })

  it('start with the first day that is asked for, and are for the secret key only', async () => {
    const system = await createTestMarket({ alder: {} })
    await visit(system, 1)
    expect((await readResults(system, 'since=2026-11-24')).results).toEqual([])
    const headers = { 'x-source-key': system.sourceKey }
    const refused = await system.api.call('GET', '/v1/publisher/results?since=2026-11-01', { headers })
    expect(refused.status).toBeGreaterThanOrEqual(401)
  })
})
