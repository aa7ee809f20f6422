import { beforeEach, describe, expect, it } from 'vitest'
import {
  aCampaign,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

const createFormEndpoint = (fields: { [name: string]: string }, more: object = {}) => ({
  ...aCampaign().endpoint,
  request: { format: 'form', headers: { 'x-api-key': { secret: 'apiKey' } }, fields, ...more },
  headerSecrets: { apiKey: 'top-secret' },
})
const firstFields = { first: '{{ contact.firstName }}', id: '{{ deliveryId }}' }
const correctedFields = { given_name: '{{ contact.firstName }}' }

let system: TestSystem
let deliveryId: string
beforeEach(async () => {
  system = await createTestSystem()
  await saveEndpoint(createFormEndpoint(firstFields))
  const { schools } = await submitTestLead(system, 1, { schoolIds: ['tall-grass'] })
  deliveryId = schools[0]?.deliveryId ?? ''
})
const saveEndpoint = (endpoint: object) => putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint }))
const listBodies = () => system.api.webhooks.requests.map(({ body }) => body)
const readDelivery = () => system.api.createDependencies('operator').deliveries.log(deliveryId)

async function attemptEach(...statuses: number[]) {
  for (const status of statuses) {
    system.api.webhooks.respond = () => webhookResponse(status)
    await system.api.deliver(deliveryId)
    system.api.advanceClock(3600)
  }
}

describe('a lead in the shape of its school', () => {
  it('is sent with its headers and secrets, signed over what is sent', async () => {
    await attemptEach(200)
    expect(system.api.webhooks.requests).toMatchObject([
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
    expect(await readDelivery()).toMatchObject({ state: 'delivered' })
  })

  it('is the same bytes again where an attempt may have arrived, whatever the campaign says by now', async () => {
    await attemptEach(500)
    await saveEndpoint(createFormEndpoint(correctedFields, { format: 'json' }))
    await attemptEach(500)
    await saveEndpoint(aCampaign().endpoint)
    await attemptEach(200)
    expect(new Set(listBodies())).toEqual(new Set([`first=Ada&id=${deliveryId}`]))
    const types = system.api.webhooks.requests.map(({ headers }) => headers['content-type'])
    expect(new Set(types).size).toBe(1)
  })

  it('takes the mended shape where the school has refused what was wrong with the first', async () => {
    await attemptEach(400)
    await saveEndpoint(createFormEndpoint(correctedFields))
    await attemptEach(200)
    expect(listBodies()).toEqual([`first=Ada&id=${deliveryId}`, 'given_name=Ada'])
  })

  it('stays as it was stored where that was sent before there was a shape', async () => {
    await saveEndpoint(aCampaign().endpoint)
    await attemptEach(500)
    await saveEndpoint(createFormEndpoint(firstFields))
    await attemptEach(200)
    expect(new Set(listBodies()).size).toBe(1)
    expect(listBodies()[0]).toContain('lead.created')
  })

  it('that cannot be made waits, is nobody’s failure, and tells no secret', async () => {
    const without = createFormEndpoint(firstFields, { headers: {} })
    await saveEndpoint(without)
    await system.api.engine.transact([
      { in: 'catalog', change: { pk: 'SECRET#tall-grass-tx', sk: 'HEADERS' }, set: { 'sealed.apiKey': 'broken' } },
    ])
    await saveEndpoint({ ...aCampaign().endpoint, request: createFormEndpoint(firstFields).request })
    await attemptEach(200)
    expect(listBodies()).toEqual([])
    expect(await readDelivery()).toMatchObject({
      state: 'pending',
      countedFailures: 0,
      attemptLog: [{ stage: 'refused', outcome: 'uncounted-retry' }],
    })
  })
})

describe('a school that says it has the person already', () => {
  const responses = { duplicate: [{ path: '/result', equals: 'duplicate' }], reference: '/id' }
  const duplicate = webhookResponse(200, '{"result": "duplicate", "id": "A-7"}')
  beforeEach(() => saveEndpoint({ ...aCampaign().endpoint, responses }))

  it('has rejected the lead where it cannot be ours', async () => {
    system.api.webhooks.respond = () => duplicate
    await system.api.deliver(deliveryId)
    expect(await readDelivery()).toMatchObject({ state: 'rejected' })
  })

  it('has taken it where an earlier attempt was not answered', async () => {
    system.api.webhooks.respond = () => ({ stage: 'receive', reason: 'ECONNRESET', ms: 5 })
    await system.api.deliver(deliveryId)
    system.api.advanceClock(5)
    system.api.webhooks.respond = () => duplicate
    await system.api.deliver(deliveryId)
    expect(await readDelivery()).toMatchObject({
      state: 'delivered',
      attemptLog: [{}, { outcome: 'delivered', reference: 'A-7' }],
    })
  })

  it('has taken it where whoever sent it before died', async () => {
    system.api.webhooks.respond = () => {
      throw new Error('The process has died.')
    }
    await expect(system.api.deliver(deliveryId)).rejects.toThrow('died')
    system.api.advanceClock(60)
    system.api.webhooks.respond = () => duplicate
    await system.api.deliver(deliveryId)
    expect(await readDelivery()).toMatchObject({ state: 'delivered' })
  })
})

it('what is kept of an answer repeats nothing of the lead and no secret, but tells the reference', async () => {
  const responses = { rejected: [{ path: '/ok', equals: false }], reason: '/why' }
  await saveEndpoint({ ...createFormEndpoint(firstFields), responses })
  system.api.webhooks.respond = ({ body, headers }) =>
    webhookResponse(200, JSON.stringify({ ok: false, why: 'ADA lives too far away', got: body, headers }))
  await system.api.deliver(deliveryId)
  const deliveryJson = JSON.stringify(await readDelivery())
  expect(deliveryJson).toContain('[redacted] lives too far away')
  expect(deliveryJson).toContain(deliveryId)
  expect(deliveryJson).not.toMatch(/ada|top-secret|v1,/i)
})
