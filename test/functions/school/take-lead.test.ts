import { beforeEach, describe, expect, it } from 'vitest'
import { schoolLead } from '#shared/contract/delivery/school-leads.ts'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { readStory, withdrawOnPage } from '../withdrawal/withdrawal-fixture.ts'

let system: TestSystem
let key: string
let deliveryId: string
let leadId: string
beforeEach(async () => {
  system = await createTestSystem()
  key = await system.api.schoolKey('tall-grass')
  const { schools, ...lead } = await submitTestLead(system)
  leadId = lead.leadId
  deliveryId = schools.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId ?? ''
})

const call = (method: string, path: string, body?: object) =>
  system.api.call(method, path, { headers: { authorization: `Bearer ${key}` }, ...(body && { body }) })
const take = () => call('POST', `/v1/school/leads/${deliveryId}/take`)
const readLog = async () => (await call('GET', `/v1/school/deliveries/${deliveryId}`)).body
const failOnce = async (status = 500) => {
  system.api.webhooks.respond = () => webhookResponse(status)
  await system.api.deliver(deliveryId)
}

describe('opening a lead that has not arrived', () => {
  it('shows its contact details only after that, and counts as delivered', async () => {
    await failOnce()
    const before = await readLog()
    expect(before).toMatchObject({
      state: 'pending',
      taken: false,
      canTake: true,
      priceCents: 4500,
      masked: 'not-taken',
      summary: { program: { id: 'tall-grass-hit' }, state: 'TX' },
    })
    expect(JSON.stringify(before)).not.toMatch(/ada1@mail|7891001|Ada|Example/)
    const taken = await take()
    expect(taken).toMatchObject({
      status: 200,
      body: { state: 'delivered', taken: true, event: { data: { contact: { email: 'ada1@mail.example' } } } },
    })
    expect(schoolLead.parse(taken.body).masked).toBeUndefined()
    const at = system.api.clock.now.toISOString()
    expect(await readLog()).toMatchObject({ deliveredAt: at, takenAt: at, settledAt: at })
    expect(system.api.measurements).toContainEqual({ metric: 'DeliveriesDelivered', value: 1 })
  })

  it('ends the attempts: nothing is due or sent any more', async () => {
    await failOnce()
    const requestCount = system.api.webhooks.requests.length
    await take()
    system.api.advanceClock(86_400)
    system.api.queue.pointers.length = 0
    await system.api.sweep()
    expect(system.api.queue.pointers.map((pointer) => pointer.deliveryId)).not.toContain(deliveryId)
    await system.api.deliver(deliveryId)
    expect(system.api.webhooks.requests).toHaveLength(requestCount)
    expect(await readLog()).toMatchObject({ state: 'delivered', attempts: 1 })
  })

  it('is billed, and can be returned and get a disposition like any delivered lead', async () => {
    await failOnce()
    await take()
    const dispositions = `/v1/school/deliveries/${deliveryId}/dispositions`
    expect((await call('POST', dispositions, { disposition: 'contacted' })).status).toBe(201)
    expect((await call('POST', `/v1/school/deliveries/${deliveryId}/returns`, { reason: 'duplicate' })).status).toBe(
      201,
    )
    system.api.advanceClock(86_400)
    await system.api.rollUp()
    const report = await system.api.staff('GET', '/v1/ops/reports/schools?from=2026-11-23&to=2026-11-23')
    expect(JSON.stringify(report.body)).toContain('"soldCents":4500')
  })

  it('bills two officers who open it at once only once, and changes nothing when repeated', async () => {
    await failOnce()
    const responses = await Promise.all([take(), take(), take()])
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
    const first = await readLog()
    system.api.advanceClock(60)
    expect((await take()).status).toBe(200)
    expect(await readLog()).toEqual(first)
    expect(system.api.measurements.filter(({ metric }) => metric === 'DeliveriesDelivered')).toHaveLength(1)
  })

  it('needs a key that may manage', async () => {
    await failOnce()
    const viewer = (await system.api.createApiKey({ caller: 'school', schoolId: 'tall-grass' }, 'read')).key
    const headers = { authorization: `Bearer ${viewer}` }
    const list = await system.api.call('GET', '/v1/school/leads', { headers })
    expect(list.body).toMatchObject({ leads: [{ taken: false, canTake: false, masked: 'not-taken' }] })
    expect(await system.api.call('POST', `/v1/school/leads/${deliveryId}/take`, { headers })).toMatchObject({
      status: 403,
      body: { code: 'KEY_READ_ONLY' },
    })
    expect(await readLog()).toMatchObject({ state: 'pending', taken: false })
  })

  it('waits for an attempt that is under way, so that one of the two settles the delivery', async () => {
    let during: Awaited<ReturnType<typeof take>> | undefined
    system.api.webhooks.respond = async () => {
      during = await take()
      return webhookResponse(500)
    }
    await system.api.deliver(deliveryId)
    expect(during).toMatchObject({ status: 409, body: { code: 'DELIVERY_IN_PROGRESS' } })
    expect(during?.headers['retry-after']).toBe('5')
    expect((await take()).status).toBe(200)
  })

  it('takes over from a deliverer that died, whose late result is not written', async () => {
    let during: Awaited<ReturnType<typeof take>> | undefined
    system.api.webhooks.respond = async () => {
      system.api.advanceClock(3600)
      during = await take()
      return webhookResponse(200)
    }
    await system.api.deliver(deliveryId)
    expect(during?.status).toBe(200)
    expect(await readLog()).toMatchObject({ state: 'delivered', taken: true, attemptLog: [] })
  })

  it('can be followed by a resend once the system works again, without a second charge', async () => {
    await failOnce()
    await take()
    const { deliveredAt } = (await readLog()) as { deliveredAt: string }
    expect((await call('POST', `/v1/school/deliveries/${deliveryId}/replay`)).status).toBe(202)
    system.api.webhooks.respond = () => webhookResponse(200)
    await system.api.deliver(deliveryId)
    expect(await readLog()).toMatchObject({ state: 'delivered', deliveredAt, attempts: 2 })
  })
})

it('refuses to open the notice of a withdrawal, which stays due until the school’s system takes it', async () => {
  await system.api.deliver(deliveryId)
  system.api.advanceClock(60)
  await withdrawOnPage(system, { email: 'ada1@mail.example' })
  await system.api.continueWithdrawals()
  const notice = (await readStory(system, leadId)).withdrawals[0]?.notices.find(
    ({ schoolId }) => schoolId === 'tall-grass',
  )
  expect(notice).toMatchObject({ state: 'pending' })
  deliveryId = notice?.deliveryId ?? ''
  expect(await take()).toMatchObject({ status: 409, body: { code: 'NOT_TAKEABLE' } })
  const disposition = await call('POST', `/v1/school/deliveries/${deliveryId}/dispositions`, { disposition: 'applied' })
  expect(disposition).toMatchObject({ status: 409, body: { code: 'NOT_DELIVERED' } })
  expect((await readStory(system, leadId)).withdrawals[0]?.notices).toContainEqual(notice)
})
