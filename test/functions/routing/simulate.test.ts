import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { simulateCampaigns } from '#shared/contract/routing/simulation.ts'
import { addResults, createEmptyResult } from '#shared/domain/routing/simulation-result.ts'
import { postLead, type TestSystem } from '#test/functions/create-test-system.ts'
import { buildCampaign, createTestMarket, visit } from './create-test-market.ts'

const from = '2026-11-23T00:00:00.000Z'
const to = '2026-11-26T00:00:00.000Z'
const unchangedCampaign = { id: 'birch', ...buildCampaign('birch', { priority: 2, priceCents: 3000 }) }

let system: TestSystem
beforeAll(async () => {
  system = await createTestMarket({
    alder: { campaign: { caps: [{ period: 'day', limit: 3 }] } },
    birch: { campaign: { priceCents: 3000 } },
    cedar: { campaign: { rules: { field: 'age', op: 'at-least', value: 30 } } },
  })
  for (let number = 0; number < 24; number++) {
    await visit(system, number, {}, { age: 20 + number })
    system.api.advanceClock(7200)
  }
  await visit(system, 99, { test: true })
})

describe('a simulation', () => {
  it('of unchanged campaigns returns equal totals before and after, and they match the deliveries', async () => {
    const { before, after, page } = await runSimulation({ campaigns: [unchangedCampaign] })
    expect(before).toEqual(after)
    expect(page.nextCursor).toBeNull()
    const leads = await system.api.createDependencies('operator').deliveries.listBySchool('alder', { limit: 100 })
    const alder = leads.deliveries.filter(({ test }) => !test)
    expect(before).toMatchObject({
      leads: 24,
      schools: {
        alder: { leads: alder.length, revenueCents: alder.reduce((sum, one) => sum + one.priceCents, 0) },
        birch: { leads: 24, revenueCents: 72_000 },
      },
    })
    expect(after.unmatched).toBe(0)
  })

  it('of a draft returns buyers, revenue and reached caps', async () => {
    const caps = [{ period: 'total', limit: 5 }]
    const draft = {
      id: 'birch',
      ...buildCampaign('birch', { priority: 0, sharing: 'exclusive', priceCents: 10_000, caps }),
    }
    const { before, after } = await runSimulation({ campaigns: [draft] })
    expect(before.schools.birch).toEqual({ leads: 24, revenueCents: 72_000 })
    expect(after).toMatchObject({
      schools: { birch: { leads: 5, revenueCents: 50_000 } },
      capsReached: { birch: 19 },
      refusals: { CAP_TOTAL: 19 },
    })
    expect(after.refusals.OUTRANKED).toBeGreaterThan(0)
  })

  it('adds up over pages to the same totals', async () => {
    const caps = [{ period: 'day', limit: 2 }]
    const draft = { campaigns: [{ id: 'birch', ...buildCampaign('birch', { priceCents: 3000, caps }) }] }
    const whole = await runSimulation(draft)
    let [before, after] = [createEmptyResult(), createEmptyResult()]
    let cursor: string | null | undefined
    let pages = 0
    do {
      const one = await runSimulation(draft, { limit: 5, ...(cursor && { cursor }) })
      before = addResults(before, one.before)
      after = addResults(after, one.after)
      cursor = one.page.nextCursor
      pages += 1
    } while (cursor)
    expect(pages).toBe(5)
    expect({ before, after }).toEqual({ before: whole.before, after: whole.after })
    expect(after.capsReached.birch).toBeGreaterThan(10)
  })

  it('includes leads from its start to its end (exclusive), in any notation of instants', async () => {
    const leads = async (window: object) =>
      (await runSimulation({ campaigns: [unchangedCampaign] }, window)).before.leads
    expect(await leads({ from: '2026-11-23T15:00:00Z', to: '2026-11-23T17:00:00Z' })).toBe(1)
    expect(await leads({ from: '2026-11-23T15:00:00Z', to: '2026-11-23T16:00:00Z' })).toBe(1)
    expect(await leads({ from: '2026-11-23T16:00:00Z', to: '2026-11-23T17:00:00Z' })).toBe(0)
    expect(await leads({ from: '2026-11-23T15:00:00.000Z', to: '2026-11-23T17:00:00.001Z' })).toBe(2)
    expect(await leads({ from: '2026-11-23T15:00:00.001Z', to })).toBe(23)
    expect(await leads({ from: '2026-11-24T00:00:00Z', to: '2026-11-25T00:00:00Z' })).toBe(12)
  })

  it('writes nothing', async () => {
    const { watch } = system.api
    const { transactions } = watch
    await runSimulation({ campaigns: [unchangedCampaign] })
    await runSimulation({ campaigns: [unchangedCampaign] }, { limit: 3 })
    expect(watch.transactions).toBe(transactions)
    await postLead(system, {})
    await visit(system, 500)
    expect(watch.transactions).toBe(transactions + 1)
  })

  it.each([
    [{ campaigns: [{ ...unchangedCampaign, schoolId: 'nobody' }] }, '/draft/campaigns/0/schoolId'],
    [
      { campaigns: [unchangedCampaign, { ...unchangedCampaign, programIds: ['nothing'] }] },
      '/draft/campaigns/1/programIds/0',
    ],
    [
      { campaigns: [{ ...unchangedCampaign, rules: { field: 'shoeSize', op: 'equals', value: 9 } }] },
      '/draft/campaigns/0/rules/field',
    ],
    [{ campaigns: [] }, '/draft/campaigns'],
  ])('rejects an invalid draft with a pointer: %#', async (draft, pointer) => {
    const response = await system.api.staff('POST', '/v1/ops/simulations', { body: { from, to, draft } })
    expect(response).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST', errors: [{ pointer }] } })
  })

  it('rejects the cursor of another window', async () => {
    const { page } = await runSimulation({ campaigns: [unchangedCampaign] }, { limit: 3 })
    const body = {
      from,
      to: '2026-11-25T00:00:00.000Z',
      draft: { campaigns: [unchangedCampaign] },
      cursor: page.nextCursor,
    }
    const response = await system.api.staff('POST', '/v1/ops/simulations', { body })
    expect(z.object({ code: z.string() }).parse(response.body).code).toBe('INVALID_REQUEST')
  })
})

async function runSimulation(draft: object, more: object = {}) {
  const { body } = await system.api.staff('POST', '/v1/ops/simulations', { body: { from, to, draft, ...more } })
  return simulateCampaigns.responses[200].body.parse(body)
}
