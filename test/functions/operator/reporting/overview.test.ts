import { beforeEach, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { listDeliveries } from '#shared/contract/delivery/deliveries.ts'
import { readOverview } from '#shared/contract/reporting/overview.ts'
import { listCaps } from '#shared/contract/routing/cap-usage.ts'
import {
  aCampaign,
  createTestSystem,
  putRecord,
  submitLeadMarkedTest,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

const overview = readOverview.responses[200].body
let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

const get = async (path: string) => (await system.api.staff('GET', path)).body

async function readAllPages() {
  const pages: z.output<typeof overview>[] = []
  let cursor: string | null = null
  do {
    const page = overview.parse(await get(`/v1/ops/overview${cursor === null ? '' : `?cursor=${cursor}`}`))
    pages.push(page)
    cursor = page.page.nextCursor
  } while (cursor !== null)
  return pages
}

describe('the overview of a day', () => {
  it('counts leads by hour, deliveries by state and delivery times', async () => {
    const { schools } = await submitTestLead(system, 1)
    system.api.advanceClock(4)
    for (const { deliveryId } of schools) await system.api.deliver(deliveryId)
    system.api.advanceClock(3600)
    await submitTestLead(system, 2)
    await submitLeadMarkedTest(system, 3)
    const pages = await readAllPages()
    const none = { unmatched: 0, duplicate: 0 }
    expect(pages.flatMap(({ hours }) => hours)).toEqual([
      { hour: 15, accepted: 1, test: 0, ...none },
      { hour: 16, accepted: 1, test: 1, ...none },
    ])
    const sum = (state: 'delivered' | 'pending') =>
      pages.reduce((all, { deliveries }) => all + (deliveries[state] ?? 0), 0)
    expect([sum('delivered'), sum('pending')]).toEqual([2, 4])
    expect(pages.map(({ timeToDelivery }) => timeToDelivery[2])).toEqual([0, 1, 1, 0])
  })

  it('makes at most two queries per page', async () => {
    for (let person = 1; person <= 20; person++) await submitTestLead(system, person)
    const before = system.api.watch.queries
    const pages = await readAllPages()
    expect([pages.length, system.api.watch.queries - before]).toEqual([4, 6])
  })

  it('is empty on a day without leads', async () => {
    const pages = await readAllPages()
    expect(pages.flatMap(({ hours }) => hours)).toEqual([])
    expect(pages.every(({ scanned }) => scanned === 0)).toBe(true)
  })
})

describe('the cap usage of all campaigns', () => {
  it('equals what routing sees now', async () => {
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ caps: [{ period: 'day', limit: 2 }] }))
    await submitTestLead(system, 1)
    const { campaigns } = listCaps.responses[200].body.parse(await get('/v1/ops/caps'))
    expect(campaigns.find(({ campaignId }) => campaignId === 'tall-grass-tx')).toMatchObject({
      schoolName: 'Tall Grass College',
      open: true,
      caps: [{ period: 'day', unit: 'leads', limit: 2, used: 1, endsAt: '2026-11-24T06:00:00.000Z' }],
    })
  })
})

describe('deliveries in one state', () => {
  it('are listed for all schools or one, without their bodies', async () => {
    const { schools } = await submitTestLead(system, 1)
    const answer = await get('/v1/ops/deliveries?state=pending')
    const { deliveries } = listDeliveries.responses[200].body.parse(answer)
    expect(deliveries.map(({ deliveryId }) => deliveryId).toSorted()).toEqual(
      schools.map(({ deliveryId }) => deliveryId).toSorted(),
    )
    expect(JSON.stringify(answer)).not.toContain('ada1')
    expect(await get('/v1/ops/deliveries?state=pending&schoolId=bay-shore')).toMatchObject({
      deliveries: [{ schoolId: 'bay-shore' }],
    })
    expect(await get('/v1/ops/deliveries?state=dead')).toMatchObject({ deliveries: [], page: { nextCursor: null } })
  })
})
