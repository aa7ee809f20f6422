import { describe, expect, it } from 'vitest'
import { acceptReturn, refuseReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import { createTestMarket, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'

/** A school with so many delivered leads, whose campaign limits the returns of a month. */
async function aLimitedSchool(leadCount: number, maxSharePercent?: number) {
  const returns = { days: 30, ...(maxSharePercent !== undefined && { maxSharePercent }) }
  const town = await createTestMarket({ alder: { campaign: { returns } } })
  const deliveryIds: string[] = []
  for (let person = 1; person <= leadCount; person++)
    deliveryIds.push((await visit(town, person)).receipt.schools[0]?.deliveryId ?? '')
  await deliverDue(town)
  const key = await town.api.schoolKey('alder')
  const buyers = deliveryIds.map((deliveryId) => ({ town, key, deliveryId }))
  const request = async (position: number) => {
    const buyer = buyers[position]
    if (!buyer) throw new Error('There is no such lead.')
    return requestReturn(buyer)
  }
  return { town, buyers, request }
}

describe('the share of a month’s leads that a campaign lets its school return', () => {
  it('is exact, also for requests at the same time, and starts again with the next month', async () => {
    const { town, request } = await aLimitedSchool(5, 40)
    const responses = await Promise.all([0, 1, 2].map(request))
    expect(responses.map(({ status }) => status).toSorted()).toEqual([201, 201, 409])
    expect(responses.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'RETURN_LIMIT_REACHED' })
    expect((await request(3)).status).toBe(409)
    // December has no lead yet, so it allows none.
    town.api.advanceClock(10 * 86_400)
    expect((await request(3)).status).toBe(409)
    await visit(town, 9)
    await deliverDue(town)
    expect((await request(3)).status).toBe(201)
  })

  it('is rounded up, and free again after a refusal but not after an acceptance', async () => {
    const { buyers, request } = await aLimitedSchool(3, 10)
    const [first] = buyers
    if (!first) throw new Error('There is no lead.')
    expect((await request(0)).status).toBe(201)
    expect((await request(1)).status).toBe(409)
    await refuseReturn(first)
    expect((await request(1)).status).toBe(201)
    const [, second] = buyers
    if (second) await acceptReturn(second)
    expect((await request(2)).status).toBe(409)
  })

  it('has no limit without the term', async () => {
    const { request } = await aLimitedSchool(3)
    expect(await Promise.all([0, 1, 2].map(request))).toMatchObject([{ status: 201 }, { status: 201 }, { status: 201 }])
  })
})
