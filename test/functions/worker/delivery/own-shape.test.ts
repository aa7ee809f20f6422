import { beforeEach, describe, expect, it } from 'vitest'
import { answered } from '#test/functions/house/fakes.ts'
import { aCampaign, aTown, enquire, type Town, write } from '#test/functions/town.ts'

const form = (fields: { [name: string]: string }, more: object = {}) => ({
  ...aCampaign().endpoint,
  request: { format: 'form', headers: { 'x-api-key': { secret: 'apiKey' } }, fields, ...more },
  headerSecrets: { apiKey: 'top-secret' },
})
const first = { first: '{{ contact.firstName }}', id: '{{ deliveryId }}' }
const mended = { given_name: '{{ contact.firstName }}' }

let town: Town
let deliveryId: string
beforeEach(async () => {
  town = await aTown()
  await campaignSends(form(first))
  const { schools } = await enquire(town, 1, { schoolIds: ['tall-grass'] })
  deliveryId = schools[0]?.deliveryId ?? ''
})
const campaignSends = (endpoint: object) => write(town.house, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint }))
const bodies = () => town.house.webhooks.requests.map(({ body }) => body)
const log = () => town.house.needsOf('operator').deliveries.log(deliveryId)

async function attempts(...statuses: number[]) {
  for (const status of statuses) {
    town.house.webhooks.answer = () => answered(status)
    await town.house.deliver(deliveryId)
    town.house.pass(3600)
  }
}

describe('a lead in the shape of its school', () => {
  it('is sent with its headers and secrets, signed over what is sent', async () => {
    await attempts(200)
    expect(town.house.webhooks.requests).toMatchObject([
      {
        method: 'POST',
        body: `first=Ada&id=${deliveryId}`,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-api-key': 'top-secret',
          'webhook-id': deliveryId,
        },
      },
    ])
    expect(await log()).toMatchObject({ state: 'delivered' })
  })

  it('is the same bytes again where an attempt may have arrived, whatever the campaign says by now', async () => {
    await attempts(500)
    await campaignSends(form(mended, { format: 'json' }))
    await attempts(500)
    await campaignSends(aCampaign().endpoint)
    await attempts(200)
    expect(new Set(bodies())).toEqual(new Set([`first=Ada&id=${deliveryId}`]))
    const types = town.house.webhooks.requests.map(({ headers }) => headers['content-type'])
    expect(new Set(types).size).toBe(1)
  })

  it('takes the mended shape where the school has refused what was wrong with the first', async () => {
    await attempts(400)
    await campaignSends(form(mended))
    await attempts(200)
    expect(bodies()).toEqual([`first=Ada&id=${deliveryId}`, 'given_name=Ada'])
  })

  it('stays as it was stored where that was sent before there was a shape', async () => {
    await campaignSends(aCampaign().endpoint)
    await attempts(500)
    await campaignSends(form(first))
    await attempts(200)
    expect(new Set(bodies()).size).toBe(1)
    expect(bodies()[0]).toContain('lead.created')
  })

  it('that cannot be made waits, is nobody’s failure, and tells no secret', async () => {
    const without = form(first, { headers: {} })
    await campaignSends(without)
    await town.house.engine.transact([
      { in: 'catalog', change: { pk: 'SECRET#tall-grass-tx', sk: 'HEADERS' }, set: { 'sealed.apiKey': 'broken' } },
    ])
    await campaignSends({ ...aCampaign().endpoint, request: form(first).request })
    await attempts(200)
    expect(bodies()).toEqual([])
    expect(await log()).toMatchObject({
      state: 'pending',
      charged: 0,
      attemptLog: [{ stage: 'refused', outcome: 'held' }],
    })
  })
})

describe('a school that says it has the person already', () => {
  const responses = { duplicate: [{ path: '/result', equals: 'duplicate' }], reference: '/id' }
  const duplicate = answered(200, '{"result": "duplicate", "id": "A-7"}')
  beforeEach(() => campaignSends({ ...aCampaign().endpoint, responses }))

  it('has rejected the lead where it cannot be ours', async () => {
    town.house.webhooks.answer = () => duplicate
    await town.house.deliver(deliveryId)
    expect(await log()).toMatchObject({ state: 'rejected' })
  })

  it('has taken it where an earlier attempt was not answered', async () => {
    town.house.webhooks.answer = () => ({ stage: 'receive', reason: 'ECONNRESET', ms: 5 })
    await town.house.deliver(deliveryId)
    town.house.pass(5)
    town.house.webhooks.answer = () => duplicate
    await town.house.deliver(deliveryId)
    expect(await log()).toMatchObject({
      state: 'delivered',
      attemptLog: [{}, { outcome: 'delivered', reference: 'A-7' }],
    })
  })

  it('has taken it where whoever sent it before died', async () => {
    town.house.webhooks.answer = () => {
      throw new Error('The process has died.')
    }
    await expect(town.house.deliver(deliveryId)).rejects.toThrow('died')
    town.house.pass(60)
    town.house.webhooks.answer = () => duplicate
    await town.house.deliver(deliveryId)
    expect(await log()).toMatchObject({ state: 'delivered' })
  })
})

it('what is kept of an answer repeats nothing of the lead and no secret, but tells the reference', async () => {
  const responses = { rejected: [{ path: '/ok', equals: false }], reason: '/why' }
  await campaignSends({ ...form(first), responses })
  town.house.webhooks.answer = ({ body, headers }) =>
    answered(200, JSON.stringify({ ok: false, why: 'ADA lives too far away', got: body, headers }))
  await town.house.deliver(deliveryId)
  const told = JSON.stringify(await log())
  expect(told).toContain('[redacted] lives too far away')
  expect(told).toContain(deliveryId)
  expect(told).not.toMatch(/ada|top-secret|v1,/i)
})
