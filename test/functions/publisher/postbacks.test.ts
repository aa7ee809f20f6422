import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { fillMacros, postbackTerms } from '#shared/domain/aftercare/postback.ts'
import { putRecord } from '#test/functions/create-test-system.ts'
import { erase } from '#test/functions/erasure/canary-lead.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { acceptReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import { createTestMarket, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'

const url = 'https://publisher.example/postbacks'
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const webhook = { postback: { kind: 'webhook', url }, postbackSecret: secret }
const payout = { amount: { kind: 'fixed', cents: 1500 } }

async function aMarket(source: { [field: string]: unknown } = webhook, lead: { [field: string]: unknown } = {}) {
  const system = await createTestMarket({ alder: {} }, { source: { payout, ...source } })
  const { receipt } = await visit(system, 1, { subIds: { click: 'abc 1' }, ...lead })
  const { api } = system
  const sent = () => api.webhooks.requests.filter((request) => request.url.startsWith('https://publisher.example'))
  const bodies = () => sent().map(({ body }) => JSON.parse(body))
  return { system, api, receipt, sent, bodies, deliveryId: receipt.schools[0]?.deliveryId ?? '' }
}

describe('postbacks to a source', () => {
  it('tell it that a lead was accepted, signed, once, with its own labels and nothing of the person', async () => {
    const { api, sent, bodies, receipt } = await aMarket()
    await api.sendPostbacks()
    await api.sendPostbacks()
    expect(bodies()).toEqual([
      {
        type: 'lead.accepted',
        timestamp: expect.any(String),
        data: {
          leadId: receipt.leadId,
          test: false,
          outcome: 'accepted',
          subIds: { click: 'abc 1' },
          payoutCents: 1500,
        },
      },
    ])
    const [request] = sent()
    const { headers = {}, body = '' } = request ?? {}
    expect(headers['webhook-signature']).toBe(
      new Webhook(secret).sign(headers['webhook-id'] ?? '', api.clock.now, body),
    )
    for (const personal of ['ada1@mail.example', '5127891001', 'Ada', '78701']) expect(body).not.toContain(personal)
  })

  it('tell it of a duplicate with the reason code', async () => {
    const { system, api, bodies } = await aMarket({ ...webhook, duplicates: { keys: 'any', windowDays: 30 } })
    await visit(system, 1, { subIds: { click: 'second' } })
    await api.sendPostbacks()
    const body = bodies().find(({ data }) => data.subIds.click === 'second')
    expect(body).toMatchObject({ type: 'lead.rejected', data: { outcome: 'duplicate', reason: 'DUPLICATE' } })
  })

  it('say nothing of a lead that will be offered again, until it is decided', async () => {
    const { system, api, bodies } = await aMarket()
    await visit(system, 1, { subIds: { click: 'second' } })
    await api.sendPostbacks()
    expect(bodies().map(({ data }) => data.subIds.click)).toEqual(['abc 1'])
  })

  it('tell it of outcomes and returns in the transaction that records them, without notes', async () => {
    const { system, api, bodies, deliveryId } = await aMarket()
    await deliverDue(system)
    const key = await api.schoolKey('alder')
    const headers = { authorization: `Bearer ${key}` }
    const body = { disposition: 'contacted', note: 'Ada likes horses.' }
    await api.call('POST', `/v1/school/deliveries/${deliveryId}/dispositions`, { headers, body })
    const buyer = { town: system, key, deliveryId }
    await requestReturn(buyer, { reason: 'fraud', note: 'Ada is a bot.' })
    await acceptReturn(buyer)
    await api.sendPostbacks()
    expect(bodies().slice(1)).toMatchObject([
      { type: 'lead.outcome', data: { disposition: 'contacted', schoolId: 'alder', deliveryId } },
      { type: 'lead.returned', data: { returnReason: 'fraud', payoutCents: -1500 } },
    ])
    expect(JSON.stringify(bodies())).not.toMatch(/horses|bot/)
  })

  it('are only those that the source asks for', async () => {
    const { api, sent } = await aMarket({ ...webhook, postback: { kind: 'webhook', url, events: ['returned'] } })
    await api.sendPostbacks()
    expect(sent()).toEqual([])
  })

  it('are not sent for a source without them, and queue nothing', async () => {
    const { api, sent } = await aMarket({})
    await api.sendPostbacks()
    expect(sent()).toEqual([])
    expect(await api.createDependencies('worker/postback').postbacks.listDue('9999', 10)).toEqual([])
  })

  it('are sent again after a failure with the same ID, and dropped after the last', async () => {
    const { api, sent } = await aMarket()
    api.webhooks.respond = () => webhookResponse(503)
    for (let turn = 0; turn < 12; turn++) {
      await api.sendPostbacks()
      api.advanceClock(2 * 86_400)
    }
    expect(sent()).toHaveLength(7)
    expect(new Set(sent().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  it('are sent by one of two senders at once', async () => {
    const { api, sent } = await aMarket()
    await Promise.all([api.sendPostbacks(), api.sendPostbacks()])
    expect(sent()).toHaveLength(1)
  })

  it('say nothing of the labels of a person who was erased', async () => {
    const { system, api, bodies, receipt } = await aMarket()
    await erase(system, { leadId: receipt.leadId })
    await api.sendPostbacks()
    expect(JSON.stringify(bodies())).not.toContain('abc 1')
  })

  it('can be an address with macros, whose values are encoded', async () => {
    const address = `${url}?event={event}&click={subId.click}&pay={payout}&nothing={reason}`
    const { api, sent } = await aMarket({ postback: { kind: 'get', url: address } })
    await api.sendPostbacks()
    expect(sent()).toMatchObject([{ method: 'GET', url: `${url}?event=accepted&click=abc%201&pay=15.00&nothing=` }])
  })

  it('need a secret if they are webhooks, and it is never shown', async () => {
    const { api } = await aMarket({})
    const fields = { name: 'Landing page', mode: 'live', postback: { kind: 'webhook', url } }
    const refused = await api.staff('PUT', '/v1/ops/sources/landing', { body: fields })
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/postbackSecret' }] })
    await putRecord(api, 'sources', 'landing', { ...fields, postbackSecret: secret })
    expect((await api.staff('GET', '/v1/ops/sources/landing')).text).not.toContain('whsec_')
    // A later write without the secret leaves it.
    await putRecord(api, 'sources', 'landing', fields)
  })
})

describe('the address of a postback', () => {
  it.each([
    'https://{subId.host}/x',
    'https://a{leadId}.example/',
    'https://a.example/?x={email}',
    'a.example/{leadId}',
  ])('is refused: %s', (address) => expect(postbackTerms.safeParse({ kind: 'get', url: address }).success).toBe(false))

  it('takes no value from anything but the postback', () => {
    const body = {
      type: 'lead.rejected',
      timestamp: 't',
      data: { leadId: 'l', test: true, outcome: 'unmatched' },
    } as const
    expect(fillMacros('https://a.example/{leadId}/{constructor}/{subId.x}/{test}', body)).toBe(
      'https://a.example/l///true',
    )
  })
})
