import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { aSchool, putRecord } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { aBuyer, acceptReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'

const notificationWebhook = 'https://alder.example/notifications'
const notificationSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const name = 'Alder College'

/** A school with a webhook for its notifications, of which a return was accepted. */
async function aNotifiedBuyer() {
  const buyer = await aBuyer()
  const { api } = buyer.town
  await buyer.deliver()
  await putRecord(api, 'schools', 'alder', aSchool({ name, notificationWebhook, notificationSecret }))
  await requestReturn(buyer)
  await acceptReturn(buyer)
  const list = () => api.webhooks.requests.filter(({ url }) => url === notificationWebhook)
  return { ...buyer, api, list }
}

describe('the notification webhook of a school', () => {
  it('gets each notification once, signed, with the words of its email and no personal data', async () => {
    const { api, list, deliveryId } = await aNotifiedBuyer()
    await api.sendNotifications()
    await api.sendNotifications()
    expect(list()).toHaveLength(1)
    const { headers = {}, body = '' } = list()[0] ?? {}
    expect(JSON.parse(body)).toMatchObject({
      type: 'notification.return-decided',
      data: {
        notificationId: headers['webhook-id'],
        subject: { kind: 'deliveries', id: deliveryId },
        figures: { decision: 'accepted', creditCents: 4500 },
        title: 'Credit given: $45.00',
      },
    })
    const expected = new Webhook(notificationSecret).sign(headers['webhook-id'] ?? '', api.clock.now, body)
    expect(headers['webhook-signature']).toBe(expected)
    for (const personal of ['ada1@mail.example', '5127891001', 'Ada']) expect(body).not.toContain(personal)
  })

  it('gets it again under the same ID after a failure, and people get no second email', async () => {
    const { api, list } = await aNotifiedBuyer()
    api.webhooks.respond = () => webhookResponse(500)
    await api.sendNotifications()
    api.webhooks.respond = () => webhookResponse(204)
    api.advanceClock(61)
    await api.sendNotifications()
    await api.sendNotifications()
    const ids = list().map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('needs a secret, which is never shown and stays until it is replaced or removed', async () => {
    const { api } = await aNotifiedBuyer()
    const put = (fields: object) =>
      api.staff('PUT', '/v1/ops/schools/alder', { body: aSchool({ name, ...fields }), headers: { 'if-match': '*' } })
    const read = await api.staff('GET', '/v1/ops/schools/alder')
    expect(read.body).toMatchObject({ notificationWebhook })
    expect(read.text).not.toMatch(/whsec_|sealed/)
    expect((await put({ notificationWebhook })).status).toBe(200)
    const refused = { status: 422, body: { errors: [{ pointer: '/notificationSecret', code: 'required' }] } }
    expect(await put({ notificationWebhook, notificationSecret: null })).toMatchObject(refused)
    expect((await put({ notificationSecret: null })).status).toBe(200)
    expect(await put({ notificationWebhook })).toMatchObject(refused)
    const history = await api.staff('GET', '/v1/ops/audit?record=schools/alder')
    expect(history.text).not.toContain(notificationSecret)
  })

  it('is refused at an address to which nothing may be sent', async () => {
    const { api } = await aNotifiedBuyer()
    const body = aSchool({ name, notificationWebhook: 'https://10.0.0.1/notifications', notificationSecret })
    const response = await api.staff('PUT', '/v1/ops/schools/alder', { body, headers: { 'if-match': '*' } })
    expect(response).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/notificationWebhook', code: 'forbidden_url' }] },
    })
  })
})
