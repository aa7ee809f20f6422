import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { readLead } from '#test/functions/create-test-system.ts'
import { deliverDue, visit } from '#test/functions/routing/create-test-market.ts'
import { aBuyer, type Buyer, readLog, requestReturn, returnList } from './return-fixture.ts'

let buyer: Buyer
beforeEach(async () => {
  buyer = await aBuyer()
})
const headers = () => ({ authorization: `Bearer ${buyer.key}` })
const listOwnReturns = async (query = '') => {
  const { body } = await buyer.town.api.call('GET', `/v1/school/returns${query}`, { headers: headers() })
  return returnList.parse(body)
}

describe('requesting a return', () => {
  it('creates a return with a reason and the price of the lead, shown in log, list and timeline', async () => {
    await buyer.deliver()
    const { status, body } = await requestReturn(buyer, { reason: 'invalid-contact', note: 'Not in service.' })
    expect(status).toBe(201)
    const { deliveryId, leadId } = buyer
    const requestedAt = buyer.town.api.clock.now.toISOString()
    const expected = { deliveryId, leadId, state: 'requested', requestedAt, note: 'Not in service.', creditCents: 4500 }
    expect(body).toMatchObject({ ...expected, schoolId: 'alder', campaignId: 'alder' })
    expect((await readLog(buyer)).return).toEqual(body)
    const person = { firstName: 'Ada', lastName: 'Example' }
    expect((await listOwnReturns()).returns).toMatchObject([{ ...z.looseObject({}).parse(body), person }])
    expect(await readLead(buyer.town, leadId)).toMatchObject({ deliveries: [{ return: expected }] })
  })

  it('creates one return for concurrent requests', async () => {
    await buyer.deliver()
    const responses = await Promise.all(Array.from({ length: 8 }, () => requestReturn(buyer)))
    expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    expect((await listOwnReturns()).returns).toHaveLength(1)
  })

  it('refuses a second return with another reason, also after the deadline', async () => {
    await buyer.deliver()
    await requestReturn(buyer)
    const other = { status: 409, body: { code: 'RETURN_EXISTS' } }
    expect(await requestReturn(buyer, { reason: 'duplicate' })).toMatchObject(other)
    buyer.town.api.advanceClock(15 * 86_400)
    expect(await requestReturn(buyer, { reason: 'duplicate' })).toMatchObject(other)
    expect((await requestReturn(buyer)).status).toBe(200)
  })

  it('refuses a return of an undelivered lead and of another school’s lead', async () => {
    expect(await requestReturn(buyer)).toMatchObject({ status: 409, body: { code: 'NOT_DELIVERED' } })
    await buyer.deliver()
    buyer.key = await buyer.town.api.schoolKey('birch')
    expect(await requestReturn(buyer)).toMatchObject({ status: 404 })
    expect((await listOwnReturns()).returns).toEqual([])
  })

  it('counts the 14 days from the first delivery, not from a replay', async () => {
    await buyer.deliver()
    buyer.town.api.advanceClock(14 * 86_400)
    await buyer.town.api.staff('POST', `/v1/ops/deliveries/${buyer.deliveryId}/replay`)
    await buyer.deliver()
    buyer.town.api.advanceClock(1)
    expect(await requestReturn(buyer)).toMatchObject({ status: 409, body: { code: 'RETURN_TOO_LATE' } })
  })

  it('refuses a return of a test lead', async () => {
    const response = await buyer.town.api.call('POST', '/v1/school/test-leads', {
      headers: headers(),
      body: { campaignId: 'alder' },
    })
    buyer.deliveryId = String(Object(response.body).deliveryId)
    await buyer.town.api.deliver(buyer.deliveryId)
    expect(await requestReturn(buyer)).toMatchObject({ status: 409, body: { code: 'NOT_RETURNABLE' } })
  })

  it('requires a note for reasons that cannot be judged without one', async () => {
    await buyer.deliver()
    expect(await requestReturn(buyer, { reason: 'fraud' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/note' }] },
    })
    expect((await requestReturn(buyer, { reason: 'fraud', note: 'One phone for nine people.' })).status).toBe(201)
  })

  it('applies the days and reasons of the campaign', async () => {
    buyer = await aBuyer({ returns: { days: 2, reasons: ['duplicate'] } })
    await buyer.deliver()
    expect(await requestReturn(buyer)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reason' }] } })
    buyer.town.api.advanceClock(2 * 86_400 + 1)
    expect(await requestReturn(buyer, { reason: 'duplicate' })).toMatchObject({ body: { code: 'RETURN_TOO_LATE' } })
  })
})

it('lists the returns of a school page by page, latest first', async () => {
  await buyer.deliver()
  await requestReturn(buyer)
  const { receipt } = await visit(buyer.town, 2, {}, {}, ['alder'])
  await deliverDue(buyer.town)
  const second = { ...buyer, deliveryId: receipt.schools[0]?.deliveryId ?? '' }
  await requestReturn(second)
  const first = await listOwnReturns('?limit=1')
  expect(first.returns.map(({ deliveryId }) => deliveryId)).toEqual([second.deliveryId])
  const next = await listOwnReturns(`?limit=1&cursor=${first.page.nextCursor}`)
  expect(next.returns.map(({ deliveryId }) => deliveryId)).toEqual([buyer.deliveryId])
})
