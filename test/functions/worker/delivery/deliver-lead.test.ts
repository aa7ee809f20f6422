import { createHash } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { retryDelays } from '#shared/domain/delivery/retry-schedule.ts'
import {
  aCampaign,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

const otherSecret = `whsec_${Buffer.alloc(24, 3).toString('base64')}`

let system: TestSystem
let webhookDeliveryId: string
let emailDeliveryId: string
beforeEach(async () => {
  system = await createTestSystem()
  const { schools } = await submitTestLead(system)
  webhookDeliveryId = schools[0]?.deliveryId ?? ''
  emailDeliveryId = schools[1]?.deliveryId ?? ''
})

describe('a delivery by webhook', () => {
  it('posts a lead once, signed, and delivers it when the school answers 2xx', async () => {
    system.api.webhooks.respond = () => webhookResponse(204)
    await system.api.deliver(webhookDeliveryId)
    const [request, ...more] = system.api.webhooks.requests
    expect(more).toEqual([])
    expect(request).toMatchObject({ url: 'https://leads.tall-grass.example/prospectus' })
    expect(request?.headers).toMatchObject({ 'webhook-id': webhookDeliveryId, 'content-type': 'application/json' })
    expect(verifyWebhook(system.secret, getLastRequest())).toMatchObject({
      type: 'lead.created',
      data: { deliveryId: webhookDeliveryId, contact: { email: 'ada1@mail.example', phone: '+15127891001' } },
    })
    expect(() => verifyWebhook(system.secret, { ...getLastRequest(), body: `${getLastRequest().body} ` })).toThrow()
    expect(() => verifyWebhook(otherSecret, getLastRequest())).toThrow()
    expect(await readDelivery(webhookDeliveryId)).toMatchObject({
      state: 'delivered',
      attempts: 1,
      settledAt: system.api.clock.now.toISOString(),
    })
    expect((await readDelivery(webhookDeliveryId))?.dueAt).toBeUndefined()
  })

  it('logs the URL, size and digest of each request, without its content and without secrets in the URL', async () => {
    const url = 'https://leads.tall-grass.example/prospectus?key=not-for-the-log'
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint: { kind: 'webhook', url } }))
    await system.api.deliver(webhookDeliveryId)
    const { body } = getLastRequest()
    const delivery = await readDelivery(webhookDeliveryId)
    expect(delivery?.attemptLog).toMatchObject([
      {
        request: {
          method: 'POST',
          url: 'https://leads.tall-grass.example/prospectus',
          bytes: Buffer.byteLength(body),
          sha256: createHash('sha256').update(body).digest('hex'),
        },
      },
    ])
    expect(JSON.stringify(delivery?.attemptLog)).not.toMatch(/not-for-the-log|ada1@mail/)
  })

  it.each([200, 201, 204, 299])('delivers the lead when the school answers %i', async (status) => {
    system.api.webhooks.respond = () => webhookResponse(status)
    await system.api.deliver(webhookDeliveryId)
    expect(await readDelivery(webhookDeliveryId)).toMatchObject({ state: 'delivered' })
  })

  it.each([199, 301, 400, 401, 404, 500, 502])('retries after 5 s when the school answers %i', async (status) => {
    system.api.webhooks.respond = () => webhookResponse(status, 'No.')
    await system.api.deliver(webhookDeliveryId)
    expect(await readDelivery(webhookDeliveryId)).toMatchObject({
      state: 'pending',
      dueAt: '2026-11-23T15:00:05.000Z',
      attemptLog: [{ number: 1, stage: 'answered', status, outcome: 'retry', response: 'No.' }],
    })
  })

  it.each(['connect', 'tls', 'send', 'receive', 'deadline'] as const)(
    'retries when the request failed at stage %s',
    async (stage) => {
      system.api.webhooks.respond = () => ({ stage, reason: 'Connection failed.', ms: 15_000 })
      await system.api.deliver(webhookDeliveryId)
      expect(await readDelivery(webhookDeliveryId)).toMatchObject({
        state: 'pending',
        attemptLog: [{ stage, reason: 'Connection failed.', outcome: 'retry' }],
      })
    },
  )

  it('sends the same ID and bytes at every attempt and is dead after the last scheduled one', async () => {
    system.api.webhooks.respond = () => webhookResponse(500)
    for (const delay of retryDelays) {
      await system.api.deliver(webhookDeliveryId)
      system.api.advanceClock(delay - 1)
      await system.api.deliver(webhookDeliveryId)
      system.api.advanceClock(1)
    }
    await system.api.deliver(webhookDeliveryId)
    const { requests } = system.api.webhooks
    expect(requests).toHaveLength(retryDelays.length + 1)
    expect(new Set(requests.map(({ body, headers }) => `${headers['webhook-id']} ${body}`)).size).toBe(1)
    expect(new Set(requests.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(requests.length)
    expect(await readDelivery(webhookDeliveryId)).toMatchObject({ state: 'dead', attempts: retryDelays.length + 1 })
    system.api.advanceClock(30 * 86_400)
    await system.api.deliver(webhookDeliveryId)
    expect(requests).toHaveLength(retryDelays.length + 1)
  })

  it.each([
    [0, '2026-11-23T15:00:04.000Z'],
    [0.999, '2026-11-23T15:00:05.998Z'],
  ])('spreads the retry by 20 % for the random number %d', async (random, dueAt) => {
    system.api.chance.dice = random
    system.api.webhooks.respond = () => webhookResponse(500)
    await system.api.deliver(webhookDeliveryId)
    expect(await readDelivery(webhookDeliveryId)).toMatchObject({ dueAt })
  })

  it("sends to the campaign's current URL, secret and endpoint kind", async () => {
    const endpoint = { kind: 'webhook', url: 'https://new.tall-grass.example/', secret: otherSecret }
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ endpoint }))
    await system.api.deliver(webhookDeliveryId)
    expect(getLastRequest().url).toBe('https://new.tall-grass.example/')
    expect(verifyWebhook(otherSecret, getLastRequest())).toMatchObject({ data: { deliveryId: webhookDeliveryId } })
    await putRecord(
      system.api,
      'campaigns',
      'bay-shore-tx',
      aCampaign({ schoolId: 'bay-shore', programIds: ['bay-shore-hit'] }),
    )
    await system.api.deliver(emailDeliveryId)
    expect([system.api.webhooks.requests.length, system.api.mailbox.messages.length]).toEqual([2, 0])
  })

  it('ends a delivery whose campaign was removed, sends nothing, and offers its lead again', async () => {
    await system.api.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx')
    await system.api.deliver(webhookDeliveryId)
    expect(await readDelivery(webhookDeliveryId)).toMatchObject({
      state: 'dead',
      unbound: 'campaign-removed',
      attemptLog: [{ stage: 'refused', outcome: 'dead', reason: expect.stringContaining('has been removed') }],
    })
    expect(system.api.webhooks.requests).toEqual([])
    const { leadId = '' } = (await readDelivery(webhookDeliveryId)) ?? {}
    expect((await system.api.createDependencies('operator').leads.find(leadId))?.lead.offerAt).toBe(
      system.api.clock.now.toISOString(),
    )
  })
})

/** Verifies as a school does, at the time of the request. */
function verifyWebhook(
  secret: string,
  { body, headers }: { body: string; headers: { [name: string]: string } },
): unknown {
  vi.useFakeTimers({ now: system.api.clock.now, toFake: ['Date'] })
  try {
    return new Webhook(secret).verify(body, headers)
  } finally {
    vi.useRealTimers()
  }
}

function getLastRequest() {
  const { url = '', body = '', headers = {} } = system.api.webhooks.requests.at(-1) ?? {}
  return { url, body, headers }
}

function readDelivery(deliveryId: string) {
  return system.api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)
}
