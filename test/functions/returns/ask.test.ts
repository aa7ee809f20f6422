import { beforeEach, describe, expect, it } from 'vitest'
import { deliverDue, visit } from '#test/functions/routing/market.ts'
import { storyOf } from '#test/functions/town.ts'
import { aBuyer, type Buyer, claim, listed, logOf } from './claims.ts'

let buyer: Buyer
beforeEach(async () => {
  buyer = await aBuyer()
})
const headers = () => ({ authorization: `Bearer ${buyer.key}` })
const own = async (query = '') => {
  const { body } = await buyer.town.house.call('GET', `/v1/school/returns${query}`, { headers: headers() })
  return listed.parse(body)
}

describe('a return', () => {
  it('is asked for with a reason, for the price of the lead, and shows in the log, the list and the story', async () => {
    await buyer.deliver()
    const { status, body } = await claim(buyer, { reason: 'invalid-contact', note: 'Not in service.' })
    expect(status).toBe(201)
    const { deliveryId, leadId } = buyer
    const requestedAt = buyer.town.house.clock.now.toISOString()
    const told = { deliveryId, leadId, state: 'requested', requestedAt, note: 'Not in service.', creditCents: 4500 }
    expect(body).toMatchObject({ ...told, schoolId: 'alder', campaignId: 'alder' })
    expect((await logOf(buyer)).return).toEqual(body)
    expect((await own()).returns).toEqual([body])
    expect(await storyOf(buyer.town, leadId)).toMatchObject({ deliveries: [{ return: told }] })
  })

  it('is one, however often it is asked for at once', async () => {
    await buyer.deliver()
    const answers = await Promise.all(Array.from({ length: 8 }, () => claim(buyer)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    expect((await own()).returns).toHaveLength(1)
  })

  it('stands: another reason is told so, also when the time is over', async () => {
    await buyer.deliver()
    await claim(buyer)
    const other = { status: 409, body: { code: 'RETURN_STANDS' } }
    expect(await claim(buyer, { reason: 'duplicate' })).toMatchObject(other)
    buyer.town.house.pass(15 * 86_400)
    expect(await claim(buyer, { reason: 'duplicate' })).toMatchObject(other)
    expect((await claim(buyer)).status).toBe(200)
  })

  it('is not asked for of a lead that has not come, nor of another school’s', async () => {
    expect(await claim(buyer)).toMatchObject({ status: 409, body: { code: 'NOT_DELIVERED' } })
    await buyer.deliver()
    buyer.key = await buyer.town.house.schoolKey('birch')
    expect(await claim(buyer)).toMatchObject({ status: 404 })
    expect((await own()).returns).toEqual([])
  })

  it('is asked for within 14 days of delivery, whatever a replay brings', async () => {
    await buyer.deliver()
    buyer.town.house.pass(14 * 86_400)
    await buyer.town.house.staff('POST', `/v1/ops/deliveries/${buyer.deliveryId}/replay`)
    await buyer.deliver()
    buyer.town.house.pass(1)
    expect(await claim(buyer)).toMatchObject({ status: 409, body: { code: 'RETURN_TOO_LATE' } })
  })

  it('is not asked for of a test', async () => {
    const sent = await buyer.town.house.call('POST', '/v1/school/test-leads', {
      headers: headers(),
      body: { campaignId: 'alder' },
    })
    buyer.deliveryId = String(Object(sent.body).deliveryId)
    await buyer.town.house.deliver(buyer.deliveryId)
    expect(await claim(buyer)).toMatchObject({ status: 409, body: { code: 'NOT_RETURNABLE' } })
  })

  it('wants a word of it where nobody could judge without', async () => {
    await buyer.deliver()
    expect(await claim(buyer, { reason: 'fraud' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/note' }] },
    })
    expect((await claim(buyer, { reason: 'fraud', note: 'One phone for nine people.' })).status).toBe(201)
  })

  it('keeps to what the campaign says of days and reasons', async () => {
    buyer = await aBuyer({ returns: { days: 2, reasons: ['duplicate'] } })
    await buyer.deliver()
    expect(await claim(buyer)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reason' }] } })
    buyer.town.house.pass(2 * 86_400 + 1)
    expect(await claim(buyer, { reason: 'duplicate' })).toMatchObject({ body: { code: 'RETURN_TOO_LATE' } })
  })
})

it('a school lists its returns, latest first, page after page', async () => {
  await buyer.deliver()
  await claim(buyer)
  const { receipt } = await visit(buyer.town, 2, {}, {}, ['alder'])
  await deliverDue(buyer.town)
  const second = { ...buyer, deliveryId: receipt.schools[0]?.deliveryId ?? '' }
  await claim(second)
  const first = await own('?limit=1')
  expect(first.returns.map(({ deliveryId }) => deliveryId)).toEqual([second.deliveryId])
  const next = await own(`?limit=1&cursor=${first.page.nextCursor}`)
  expect(next.returns.map(({ deliveryId }) => deliveryId)).toEqual([buyer.deliveryId])
})
