import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import {
  aCampaign,
  aLead,
  ask,
  aTown,
  bayShoreCampaign,
  send,
  type Town,
  todaysLeads,
  write,
} from '#test/functions/town.ts'

describe('a cap', () => {
  it('of 7 lets exactly 7 of 30 leads through that come at once, and keeps the others', async () => {
    const town = await capped({ caps: [{ period: 'day', limit: 7 }] })
    const receipts = await manyAtOnce(town, 30)
    expect(receipts.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(7)
    expect(receipts.filter(({ outcome }) => outcome === 'unmatched')).toHaveLength(23)
    expect([(await todaysLeads(town)).length, town.house.queue.pointers.length]).toEqual([30, 7])
  })

  it('of a budget is kept to the cent', async () => {
    const town = await capped({ priceCents: 4500, caps: [{ period: 'month', limit: 10_000, unit: 'cents' }] })
    expect((await manyAtOnce(town, 5)).filter(({ outcome }) => outcome === 'accepted')).toHaveLength(2)
  })

  it('that is reached takes the school out of the match, until its window ends', async () => {
    const town = await capped({ caps: [{ period: 'hour', limit: 1 }] })
    await manyAtOnce(town, 1)
    expect((await ask(town)).schools).toEqual([])
    town.house.pass(3600)
    expect((await ask(town)).schools).toHaveLength(1)
  })

  it('is not touched by tests', async () => {
    const town = await capped({ caps: [{ period: 'total', limit: 1 }] })
    const tests = await manyAtOnce(town, 3, { test: true })
    expect(tests.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    expect((await manyAtOnce(town, 2, {}, 10)).filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
  })

  it('of one school does not cost the lead at another', async () => {
    const town = await aTown()
    const caps = [{ period: 'day', limit: 3 }]
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, caps }))
    const receipts = await manyAtOnce(town, 12)
    const taken = (schoolId: string) =>
      receipts.filter(({ schools }) => schools.some((one) => one.schoolId === schoolId))
    expect([taken('tall-grass').length, taken('bay-shore').length]).toEqual([3, 12])
  })
})

async function capped(fields: { [field: string]: unknown }) {
  const town = await aTown()
  await write(town.house, 'campaigns', 'bay-shore-tx', bayShoreCampaign({ status: 'paused' }))
  await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign(fields))
  return town
}

async function manyAtOnce(town: Town, count: number, fields: { [field: string]: unknown } = {}, from = 100) {
  const match = await ask(town)
  const leads = Array.from({ length: count }, (_, index) => from + index)
  const answers = await Promise.all(
    leads.map((number) => send(town, aLead(match, number, fields), { 'idempotency-key': `many-${number}` })),
  )
  return answers.map(({ body }) => leadReceipt.parse(body))
}
