import { beforeEach, describe, expect, it } from 'vitest'
import { checkCallingRules } from '#functions/worker/reconcile/check-calling-rules.ts'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import {
  aCampaign,
  aPerson,
  createTestSystem,
  putRecord,
  readTrueReceipt,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
  await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, waitForCallingHours: true }))
})

// Texas allows calls from 9 a.m. to 9 p.m.; in November it is six hours behind UTC.
const evening = new Date('2026-11-23T02:59:00.000Z')
const night = new Date('2026-11-23T03:10:00.000Z')
const morning = '2026-11-23T15:00:00.000Z'

describe('a campaign that waits for calling hours', () => {
  it('gets a lead of the night when calls are allowed again, with the window that is open then', async () => {
    system.api.clock.now = night
    const deliveryId = await submit()
    await deliverDue(system)
    expect(system.api.webhooks.requests).toHaveLength(0)
    expect(await readDelivery(deliveryId)).toMatchObject({ state: 'parked', dueAt: morning })
    system.api.clock.now = new Date(morning)
    await deliverDue(system)
    const { data } = leadCreated.parse(JSON.parse(system.api.webhooks.requests[0]?.body ?? ''))
    expect(data).toMatchObject({
      timeZone: 'America/Chicago',
      contactWindow: { opensAt: morning, closesAt: '2026-11-24T03:00:00.000Z', rule: 'TX' },
    })
  })

  it('is not sent a retry at night', async () => {
    system.api.clock.now = evening
    system.api.webhooks.respond = () => webhookResponse(500, 'down')
    const deliveryId = await submit()
    await deliverDue(system)
    expect(system.api.webhooks.requests).toHaveLength(1)
    system.api.clock.now = night
    await deliverDue(system)
    expect(system.api.webhooks.requests).toHaveLength(1)
    expect(await readDelivery(deliveryId)).toMatchObject({ state: 'parked', dueAt: morning })
    system.api.webhooks.respond = () => webhookResponse(200, '')
    system.api.clock.now = new Date(morning)
    await deliverDue(system)
    expect(await readDelivery(deliveryId)).toMatchObject({ state: 'delivered' })
  })

  it('is never sent a lead whose person withdrew consent during the night', async () => {
    system.api.clock.now = night
    const deliveryId = await submit()
    const { email } = aPerson()
    await system.api.call('POST', '/v1/consents/withdrawals', {
      headers: { 'x-source-key': system.sourceKey },
      body: { email },
    })
    system.api.clock.now = new Date(morning)
    await deliverDue(system)
    expect(system.api.webhooks.requests).toHaveLength(0)
    expect(await readDelivery(deliveryId)).toMatchObject({ state: 'dead' })
  })

  it('is the only kind that waits: without the setting the same lead is sent at once, with the next window', async () => {
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1 }))
    system.api.clock.now = night
    await submit()
    await deliverDue(system)
    const { data } = leadCreated.parse(JSON.parse(system.api.webhooks.requests[0]?.body ?? ''))
    expect(data.contactWindow).toMatchObject({ opensAt: morning })
  })

  it('gets test leads at any hour', async () => {
    system.api.clock.now = night
    const headers = { authorization: `Bearer ${await system.api.schoolKey('tall-grass')}` }
    await system.api.call('POST', '/v1/school/test-leads', { headers, body: { campaignId: 'tall-grass-tx' } })
    await deliverDue(system)
    expect(system.api.webhooks.requests).toHaveLength(1)
  })
})

describe('the window that a school reads', () => {
  it('is that of the moment of reading, not that of the delivery', async () => {
    system.api.clock.now = new Date(morning)
    const deliveryId = await submit()
    await deliverDue(system)
    system.api.clock.now = new Date('2026-11-25T08:00:00.000Z')
    const headers = { authorization: `Bearer ${await system.api.schoolKey('tall-grass')}` }
    const { body } = await system.api.call('GET', `/v1/school/deliveries/${deliveryId}`, { headers })
    expect(body).toMatchObject({
      contactWindow: { opensAt: '2026-11-25T15:00:00.000Z' },
      event: { data: { contactWindow: { opensAt: morning } } },
    })
  })
})

describe('calling rules that were not checked for a year', () => {
  it('are measured for the alarm, and named in the log', () => {
    const measured: number[] = []
    const logged: unknown[] = []
    const check = (at: string) =>
      checkCallingRules({
        now: () => new Date(at),
        measure: (_, value) => measured.push(value),
        log: (...entry) => logged.push(entry),
      })
    check('2026-12-01T00:00:00.000Z')
    expect([measured, logged]).toEqual([[0], []])
    check('2028-12-01T00:00:00.000Z')
    expect(measured[1]).toBeGreaterThan(20)
    expect(JSON.stringify(logged)).toContain('TX')
  })
})

/** Returns the ID of the delivery to the campaign that waits. */
async function submit() {
  const { leadId } = await submitTestLead(system)
  const { schools } = await readTrueReceipt(system, leadId)
  return schools.find(({ schoolId }) => schoolId === 'tall-grass')?.deliveryId ?? ''
}

function readDelivery(deliveryId: string) {
  return system.api.createDependencies('operator').deliveries.find(deliveryId)
}
