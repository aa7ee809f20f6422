import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import {
  aCampaign,
  aLead,
  bayShoreCampaign,
  createServerHeaders,
  createTestSystem,
  listTodaysLeads,
  postLead,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

describe('a cap', () => {
  it('a cap of 7 lets exactly 7 of 30 concurrent leads through, and saves the others', async () => {
    const system = await createCappedSystem({ caps: [{ period: 'day', limit: 7 }] })
    const receipts = await submitConcurrently(system, 30)
    expect(receipts.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(7)
    expect(receipts.filter(({ outcome }) => outcome === 'unmatched')).toHaveLength(23)
    expect([(await listTodaysLeads(system)).length, system.api.queue.pointers.length]).toEqual([30, 7])
  })

  it('a budget cap is exact to the cent', async () => {
    const system = await createCappedSystem({
      priceCents: 4500,
      caps: [{ period: 'month', limit: 10_000, unit: 'cents' }],
    })
    expect((await submitConcurrently(system, 5)).filter(({ outcome }) => outcome === 'accepted')).toHaveLength(2)
  })

  it('a reached cap removes the school from matches until its window ends', async () => {
    const system = await createCappedSystem({ caps: [{ period: 'hour', limit: 1 }] })
    await submitConcurrently(system, 1)
    expect((await requestMatch(system)).schools).toEqual([])
    system.api.advanceClock(3600)
    expect((await requestMatch(system)).schools).toHaveLength(1)
  })

  it('test leads use no cap', async () => {
    const system = await createCappedSystem({ caps: [{ period: 'total', limit: 1 }] })
    const tests = await submitConcurrently(system, 3, { test: true })
    expect(tests.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    expect((await submitConcurrently(system, 2, {}, 10)).filter(({ outcome }) => outcome === 'accepted')).toHaveLength(
      1,
    )
  })

  it('the cap of one school does not keep the lead from another', async () => {
    const system = await createTestSystem()
    const caps = [{ period: 'day', limit: 3 }]
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, caps }))
    const receipts = await submitConcurrently(system, 12)
    const listReceipts = (schoolId: string) =>
      receipts.filter(({ schools }) => schools.some((one) => one.schoolId === schoolId))
    expect([listReceipts('tall-grass').length, listReceipts('bay-shore').length]).toEqual([3, 12])
  })
})

async function createCappedSystem(fields: { [field: string]: unknown }) {
  const system = await createTestSystem()
  await putRecord(system.api, 'campaigns', 'bay-shore-tx', bayShoreCampaign({ status: 'paused' }))
  await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign(fields))
  return system
}

async function submitConcurrently(
  system: TestSystem,
  count: number,
  fields: { [field: string]: unknown } = {},
  firstNumber = 100,
) {
  const match = await requestMatch(system)
  const headers = fields.test === true ? await createServerHeaders(system) : {}
  const leads = Array.from({ length: count }, (_, index) => firstNumber + index)
  const responses = await Promise.all(
    leads.map((number) =>
      postLead(system, aLead(match, number, fields), { 'idempotency-key': `many-${number}`, ...headers }),
    ),
  )
  return responses.map(({ body }) => leadReceipt.parse(body))
}
