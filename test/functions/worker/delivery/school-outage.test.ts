import { beforeEach, describe, expect, it } from 'vitest'
import { maxFailures } from '#shared/domain/delivery/circuit-state.ts'
import type { WebhookResponse } from '#shared/outbound/webhook/create-post-webhook.ts'
import {
  aCampaign,
  aSchool,
  createTestSystem,
  putRecord,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

describe('a school that answers 410', () => {
  it('gets nothing more at that URL until its campaign is saved, and loses no lead', async () => {
    const [first, second] = await createTwoLeads()
    setResponse(webhookResponse(410))
    await deliver(first)
    await deliver(second)
    expect(countPosts()).toBe(1)
    expect(await readDelivery(first)).toMatchObject({
      state: 'parked',
      countedFailures: 0,
      attemptLog: [{ outcome: 'uncounted-retry' }],
    })
    expect(await readDelivery(second)).toMatchObject({
      state: 'parked',
      attempts: 0,
      dueAt: '2026-11-23T16:00:00.000Z',
    })
    expect(listAlerts()).toEqual(['endpoint-gone'])

    setResponse(webhookResponse(200))
    system.api.advanceClock(3600)
    await deliverDue(system)
    expect(countPosts()).toBe(1)
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign())
    system.api.advanceClock(3600)
    await deliverDue(system)
    for (const id of [first, second]) expect(await readDelivery(id)).toMatchObject({ state: 'delivered' })
  })

  it('gets the next lead at once if its campaign has a new URL', async () => {
    const [first, second] = await createTwoLeads()
    setResponse(webhookResponse(410))
    await deliver(first)
    setResponse(webhookResponse(200))
    await putRecord(
      system.api,
      'campaigns',
      'tall-grass-tx',
      aCampaign({ endpoint: createWebhookEndpoint({ url: 'https://new.example/' }) }),
    )
    await deliver(second)
    expect(await readDelivery(second)).toMatchObject({ state: 'delivered' })
  })
})

describe.each([429, 503])('a school that answers %i', (status) => {
  it('gets no request until Retry-After has passed, and no attempt counts', async () => {
    const [first, second] = await createTwoLeads()
    setResponse(webhookResponse(status, '', { 'retry-after': '600' }))
    await deliver(first)
    await deliver(second)
    expect(countPosts()).toBe(1)
    expect(await readDelivery(second)).toMatchObject({ state: 'parked', attempts: 0 })
    system.api.advanceClock(599)
    await deliverDue(system)
    expect(countPosts()).toBe(1)
    setResponse(webhookResponse(200))
    system.api.advanceClock(31)
    await deliverDue(system)
    for (const id of [first, second])
      expect(await readDelivery(id)).toMatchObject({ state: 'delivered', countedFailures: 0 })
  })
})

describe('a school that keeps failing', () => {
  it('gets no request while the circuit is open, then one trial request, and loses no lead', async () => {
    const ids = await createLeads(20)
    setResponse(webhookResponse(500))
    for (const id of ids) await deliver(id)
    expect(countPosts()).toBe(maxFailures)
    expect(await countStates(ids)).toEqual({ pending: maxFailures, parked: 20 - maxFailures })

    // The circuit is half-open: of all deliveries that come due at once, only one is sent.
    system.api.advanceClock(61)
    const inFlight = Promise.withResolvers<WebhookResponse>()
    system.api.webhooks.respond = () => inFlight.promise
    const probes = ids.map((id) => deliver(id))
    while (countPosts() === maxFailures) await new Promise(setImmediate)
    await new Promise(setImmediate)
    expect(countPosts()).toBe(maxFailures + 1)
    inFlight.resolve(webhookResponse(200))
    await Promise.all(probes)
    setResponse(webhookResponse(200))
    for (let minute = 0; minute < 5; minute++) {
      system.api.advanceClock(60)
      await deliverDue(system)
    }
    expect(await countStates(ids)).toEqual({ delivered: 20 })
  })

  it('does not delay another school', async () => {
    const { schools } = await submitTestLead(system, 1)
    setResponse(webhookResponse(500))
    for (const id of await createLeads(10, 2)) await deliver(id)
    await deliver(schools[1]?.deliveryId ?? '')
    expect(system.api.mailbox.messages).toHaveLength(1)
  })

  it('does not open its circuit by answering 400, and raises an alert after the third 400 for one lead', async () => {
    const ids = await createLeads(maxFailures + 3)
    setResponse(webhookResponse(400))
    for (const id of ids) await deliver(id)
    expect(countPosts()).toBe(maxFailures + 3)
    for (const seconds of [5, 30]) {
      system.api.advanceClock(seconds)
      await deliver(ids[0])
    }
    expect(listAlerts()).toEqual(['responses-4xx'])
  })

  it('gets the lead by fallback email after 15 minutes, under the same ID', async () => {
    await putRecord(
      system.api,
      'campaigns',
      'tall-grass-tx',
      aCampaign({ endpoint: createWebhookEndpoint({ fallbackTo: 'desk@tall-grass.example' }) }),
    )
    const [id] = await createLeads(1)
    setResponse(webhookResponse(500))
    await deliver(id)
    const startedAt = system.api.clock.now.getTime()
    while (system.api.mailbox.messages.length === 0) {
      system.api.advanceClock(5)
      await deliverDue(system)
    }
    expect(system.api.clock.now.getTime() - startedAt).toBe(15 * 60_000)
    expect(system.api.mailbox.messages).toMatchObject([
      { to: 'desk@tall-grass.example', headers: { 'X-Prospectus-Delivery-Id': id } },
    ])
    expect(await readDelivery(id)).toMatchObject({ state: 'delivered' })
  })

  it('gets no email without a fallback address', async () => {
    const [id] = await createLeads(1)
    setResponse(webhookResponse(500))
    for (let hour = 0; hour < 24; hour++) {
      await deliver(id)
      system.api.advanceClock(3600)
    }
    expect(system.api.mailbox.messages).toEqual([])
  })
})

describe('a school whose host name does not exist', () => {
  it('is charged for it, gets its circuit opened, and staff hear of it within the hour', async () => {
    const ids = await createLeads(20)
    system.api.webhooks.respond = () => ({ stage: 'resolve', reason: 'ENOTFOUND', ms: 5 })
    for (const id of ids) await deliver(id)
    expect(countPosts()).toBe(maxFailures)
    expect(await readDelivery(ids[0])).toMatchObject({ countedFailures: 1, uncertain: false })
    expect(listAlerts()[0]).toBe('host-not-found')
  })
})

describe('what never left this machine', () => {
  it.each([
    { stage: 'resolve', reason: 'ESERVFAIL' },
    { stage: 'resolve', reason: 'ETIMEOUT' },
    { stage: 'connect', reason: 'ENETUNREACH' },
  ] as const)('is charged to no school and opens no circuit: %j', async (failure) => {
    const ids = await createLeads(maxFailures + 3)
    system.api.webhooks.respond = () => ({ ...failure, ms: 5 })
    for (const id of ids) await deliver(id)
    expect(countPosts()).toBe(ids.length)
    expect(await readDelivery(ids[0])).toMatchObject({
      state: 'pending',
      countedFailures: 0,
      uncertain: false,
      attemptLog: [{ outcome: 'uncounted-retry' }],
    })
    expect(listAlerts()).toEqual([])
  })
})

describe('concurrent attempts at one school', () => {
  it('stay within the limit of the school, and the other deliveries wait for seconds', async () => {
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ deliveries: { atOnce: 3 } }))
    const ids = await createLeads(10)
    const inFlight = Promise.withResolvers<WebhookResponse>()
    system.api.webhooks.respond = () => inFlight.promise
    const deliveries = ids.map((id) => deliver(id))
    while (countPosts() < 3) await new Promise(setImmediate)
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    expect(countPosts()).toBe(3)
    inFlight.resolve(webhookResponse(200))
    await Promise.all(deliveries)
    expect(listSkipReasons().filter((why) => why === 'no-permit')).toHaveLength(7)
    setResponse(webhookResponse(200))
    system.api.advanceClock(4)
    await deliverDue(system)
    expect(await countStates(ids)).toEqual({ delivered: 10 })
  })

  it('leave spare permits to expire, and release all others, so that half of them are always there', async () => {
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ deliveries: { atOnce: 4 } }))
    const ids = await createLeads(12)
    for (const id of ids) await deliver(id)
    expect(await countStates(ids)).toEqual({ delivered: 12 })
    expect(await listBusyPermits()).toEqual(['2', '3'])
    system.api.advanceClock(20)
    expect(await listBusyPermits()).toEqual([])
  })

  it('release also a spare permit if the school has not accepted the lead', async () => {
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ deliveries: { atOnce: 4 } }))
    const [id] = await createLeads(1)
    setResponse(webhookResponse(500))
    await deliver(id)
    expect(await listBusyPermits()).toEqual([])
  })

  it("stay within the school's limit per minute", async () => {
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ deliveries: { atOnce: 2, perMinute: 6 } }))
    const ids = await createLeads(30)
    const byMinute: number[] = []
    for (let second = 0; second < 300; second++) {
      if (second % 60 === 0) byMinute.push(countPosts())
      await deliverDue(system)
      system.api.advanceClock(1)
    }
    byMinute.push(countPosts())
    expect(byMinute.slice(1).map((count, at) => count - (byMinute[at] ?? 0))).toEqual([6, 6, 6, 6, 6])
    expect(await countStates(ids)).toEqual({ delivered: 30 })
  })

  it('get the permit of a dead deliverer back before its lease expires', async () => {
    await putRecord(system.api, 'schools', 'tall-grass', aSchool({ deliveries: { atOnce: 1 } }))
    const [first, second] = await createTwoLeads()
    system.api.webhooks.respond = () => {
      throw new Error('The process has died.')
    }
    await expect(deliver(first)).rejects.toThrow('died')
    setResponse(webhookResponse(200))
    await deliver(second)
    expect(await readDelivery(second)).toMatchObject({ state: 'pending', attempts: 0 })
    system.api.advanceClock(20)
    await deliver(second)
    expect(await readDelivery(second)).toMatchObject({ state: 'delivered' })
    system.api.advanceClock(40)
    await deliver(first)
    expect(await readDelivery(first)).toMatchObject({ state: 'delivered', attempts: 2 })
  })
})

const createWebhookEndpoint = (fields: object) => ({ ...aCampaign().endpoint, ...fields })
const setResponse = (answer: WebhookResponse) => {
  system.api.webhooks.respond = () => answer
}
const countPosts = () => system.api.webhooks.requests.length
const deliver = (deliveryId = '') => system.api.deliver(deliveryId)
const readDelivery = (deliveryId = '') =>
  system.api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)
async function listBusyPermits(): Promise<string[]> {
  const { busyUntil } = await system.api.createDependencies('operator').endpointHealth.getBySchool('tall-grass')
  const now = system.api.clock.now.toISOString()
  return Object.entries(busyUntil).flatMap(([number, until]) => (until > now ? [number] : []))
}

const listAlerts = () => listReasons('school.alert')
const listSkipReasons = () => listReasons('delivery.skipped')

function listReasons(name: string) {
  return system.api.logEntries.flatMap(({ event, fields }) => (event === name && 'why' in fields ? [fields.why] : []))
}

async function createLeads(count: number, from = 1): Promise<string[]> {
  const ids: string[] = []
  for (let number = from; number < from + count; number++) {
    const { schools } = await submitTestLead(system, number, { schoolIds: ['tall-grass'] })
    ids.push(...schools.map(({ deliveryId }) => deliveryId))
  }
  return ids
}

async function createTwoLeads(): Promise<[string | undefined, string | undefined]> {
  const [first, second] = await createLeads(2)
  return [first, second]
}

async function countStates(ids: readonly string[]) {
  const deliveries = await Promise.all(ids.map(readDelivery))
  return Object.fromEntries(
    Object.entries(Object.groupBy(deliveries, (delivery) => delivery?.state ?? 'lost')).map(([state, all]) => [
      state,
      all?.length,
    ]),
  )
}
