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
const readDelivery = () => system.api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)

async function attemptEach(...statuses: number[]) {
  for (const status of statuses) {
    system.api.webhooks.respond = () => webhookResponse(status)
    await system.api.deliver(deliveryId)
    system.api.advanceClock(3600)
  }
}

describe('a lead in the shape of its school', () => {
  it("sends the shaped body with the campaign's headers and secrets, signed over the sent body", async () => {
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

  it('repeats the same bytes if an attempt may have reached the school, even after the shape was changed', async () => {
    await attemptEach(500)
    await saveEndpoint(createFormEndpoint(correctedFields, { format: 'json' }))
    await attemptEach(500)
    await saveEndpoint(aCampaign().endpoint)
    await attemptEach(200)
    expect(new Set(listBodies())).toEqual(new Set([`first=Ada&id=${deliveryId}`]))
    const types = system.api.webhooks.requests.map(({ headers }) => headers['content-type'])
    expect(new Set(types).size).toBe(1)
  })

  it('uses the corrected shape after the school answered 400 to the first one', async () => {
    await attemptEach(400)
    await saveEndpoint(createFormEndpoint(correctedFields))
    await attemptEach(200)
    expect(listBodies()).toEqual([`first=Ada&id=${deliveryId}`, 'given_name=Ada'])
  })

  it('repeats the stored event if it was sent before the campaign had a shape', async () => {
    await saveEndpoint(aCampaign().endpoint)
    await attemptEach(500)
    await saveEndpoint(createFormEndpoint(firstFields))
    await attemptEach(200)
    expect(new Set(listBodies()).size).toBe(1)
    expect(listBodies()[0]).toContain('lead.created')
  })

  it('retries uncounted and sends nothing when a header secret cannot be opened', async () => {
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

describe('a school that answers "duplicate"', () => {
  const responses = { duplicate: [{ path: '/result', equals: 'duplicate' }], reference: '/id' }
  const duplicate = webhookResponse(200, '{"result": "duplicate", "id": "A-7"}')
  beforeEach(() => saveEndpoint({ ...aCampaign().endpoint, responses }))

  it('rejects a duplicate if no earlier attempt can have reached the school', async () => {
    system.api.webhooks.respond = () => duplicate
    await system.api.deliver(deliveryId)
    expect(await readDelivery()).toMatchObject({ state: 'rejected' })
  })

  it('counts a duplicate as delivered after an earlier attempt got no response', async () => {
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

  it('counts a duplicate as delivered after an earlier deliverer died', async () => {
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

it('redacts personal data and secrets from the stored response, but keeps the delivery ID', async () => {
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
