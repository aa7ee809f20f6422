import { beforeEach, describe, expect, it } from 'vitest'
import { mostFailures } from '#shared/domain/delivery/pace.ts'
import type { Answer } from '#shared/outbound/webhook/webhook.ts'
import { answered } from '#test/functions/house/fakes.ts'
import { deliverDue } from '#test/functions/routing/market.ts'
import { aCampaign, aSchool, aTown, enquire, type Town, write } from '#test/functions/town.ts'

let town: Town
beforeEach(async () => {
  town = await aTown()
})

describe('a school that answers 410', () => {
  it('gets nothing more at that address until its campaign is saved, and loses nothing', async () => {
    const [first, second] = await twoLeads()
    says(answered(410))
    await deliver(first)
    await deliver(second)
    expect(posts()).toBe(1)
    expect(await log(first)).toMatchObject({ state: 'parked', charged: 0, attemptLog: [{ outcome: 'held' }] })
    expect(await log(second)).toMatchObject({ state: 'parked', attempts: 0, dueAt: '2026-11-23T16:00:00.000Z' })
    expect(alerts()).toEqual(['endpoint-gone'])

    says(answered(200))
    town.house.pass(3600)
    await deliverDue(town)
    expect(posts()).toBe(1)
    await write(town.house, 'campaigns', 'tall-grass-tx', aCampaign())
    town.house.pass(3600)
    await deliverDue(town)
    for (const id of [first, second]) expect(await log(id)).toMatchObject({ state: 'delivered' })
  })

  it('is tried at once where its campaign has another address', async () => {
    const [first, second] = await twoLeads()
    says(answered(410))
    await deliver(first)
    says(answered(200))
    await write(
      town.house,
      'campaigns',
      'tall-grass-tx',
      aCampaign({ endpoint: webhook({ url: 'https://new.example/' }) }),
    )
    await deliver(second)
    expect(await log(second)).toMatchObject({ state: 'delivered' })
  })
})

describe.each([429, 503])('a school that answers %i', (status) => {
  it('is left alone as long as it asks, by every delivery, and no attempt counts', async () => {
    const [first, second] = await twoLeads()
    says(answered(status, '', { 'retry-after': '600' }))
    await deliver(first)
    await deliver(second)
    expect(posts()).toBe(1)
    expect(await log(second)).toMatchObject({ state: 'parked', attempts: 0 })
    town.house.pass(599)
    await deliverDue(town)
    expect(posts()).toBe(1)
    says(answered(200))
    town.house.pass(31)
    await deliverDue(town)
    for (const id of [first, second]) expect(await log(id)).toMatchObject({ state: 'delivered', charged: 0 })
  })
})

describe('a school that breaks down', () => {
  it('is left alone after so many failures in a row, then one attempt goes first, and nothing is dropped', async () => {
    const ids = await leads(20)
    says(answered(500))
    for (const id of ids) await deliver(id)
    expect(posts()).toBe(mostFailures)
    expect(await states(ids)).toEqual({ pending: mostFailures, parked: 20 - mostFailures })

    // The line has opened: of all that come due at once, one shows whether the school is back.
    town.house.pass(61)
    const inFlight = Promise.withResolvers<Answer>()
    town.house.webhooks.answer = () => inFlight.promise
    const probes = ids.map((id) => deliver(id))
    while (posts() === mostFailures) await new Promise(setImmediate)
    await new Promise(setImmediate)
    expect(posts()).toBe(mostFailures + 1)
    inFlight.resolve(answered(200))
    await Promise.all(probes)
    says(answered(200))
    for (let minute = 0; minute < 5; minute++) {
      town.house.pass(60)
      await deliverDue(town)
    }
    expect(await states(ids)).toEqual({ delivered: 20 })
  })

  it('does not hold up another school', async () => {
    const { schools } = await enquire(town, 1)
    says(answered(500))
    for (const id of await leads(10, 2)) await deliver(id)
    await deliver(schools[1]?.deliveryId ?? '')
    expect(town.house.mailbox.messages).toHaveLength(1)
  })

  it('is not broken where it refuses leads one by one: it is told after the third time', async () => {
    const ids = await leads(mostFailures + 3)
    says(answered(400))
    for (const id of ids) await deliver(id)
    expect(posts()).toBe(mostFailures + 3)
    for (const seconds of [5, 30]) {
      town.house.pass(seconds)
      await deliver(ids[0])
    }
    expect(alerts()).toEqual(['answers-4xx'])
  })

  it('gets the lead by e-mail after 15 minutes where it wants that, under the same id', async () => {
    await write(
      town.house,
      'campaigns',
      'tall-grass-tx',
      aCampaign({ endpoint: webhook({ fallbackTo: 'desk@tall-grass.example' }) }),
    )
    const [id] = await leads(1)
    says(answered(500))
    await deliver(id)
    const began = town.house.clock.now.getTime()
    while (town.house.mailbox.messages.length === 0) {
      town.house.pass(5)
      await deliverDue(town)
    }
    expect(town.house.clock.now.getTime() - began).toBe(15 * 60_000)
    expect(town.house.mailbox.messages).toMatchObject([
      { to: 'desk@tall-grass.example', headers: { 'X-Prospectus-Delivery-Id': id } },
    ])
    expect(await log(id)).toMatchObject({ state: 'delivered' })
  })

  it('gets nothing by e-mail where it does not want that', async () => {
    const [id] = await leads(1)
    says(answered(500))
    for (let hour = 0; hour < 24; hour++) {
      await deliver(id)
      town.house.pass(3600)
    }
    expect(town.house.mailbox.messages).toEqual([])
  })
})

describe('the attempts at a school at the same time', () => {
  it('are as many as it wants, and the others wait for seconds', async () => {
    await write(town.house, 'schools', 'tall-grass', aSchool({ deliveries: { atOnce: 3 } }))
    const ids = await leads(10)
    const inFlight = Promise.withResolvers<Answer>()
    town.house.webhooks.answer = () => inFlight.promise
    const delivering = ids.map((id) => deliver(id))
    while (posts() < 3) await new Promise(setImmediate)
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    expect(posts()).toBe(3)
    inFlight.resolve(answered(200))
    await Promise.all(delivering)
    expect(left().filter((why) => why === 'school-busy')).toHaveLength(7)
    says(answered(200))
    town.house.pass(4)
    await deliverDue(town)
    expect(await states(ids)).toEqual({ delivered: 10 })
  })

  it('are no more in a minute than it wants', async () => {
    await write(town.house, 'schools', 'tall-grass', aSchool({ deliveries: { atOnce: 2, perMinute: 6 } }))
    const ids = await leads(30)
    const byMinute: number[] = []
    for (let second = 0; second < 300; second++) {
      if (second % 60 === 0) byMinute.push(posts())
      await deliverDue(town)
      town.house.pass(1)
    }
    byMinute.push(posts())
    expect(byMinute.slice(1).map((count, at) => count - (byMinute[at] ?? 0))).toEqual([6, 6, 6, 6, 6])
    expect(await states(ids)).toEqual({ delivered: 30 })
  })

  it('are not fewer for long where a deliverer died', async () => {
    await write(town.house, 'schools', 'tall-grass', aSchool({ deliveries: { atOnce: 1 } }))
    const [first, second] = await twoLeads()
    town.house.webhooks.answer = () => {
      throw new Error('The process has died.')
    }
    await expect(deliver(first)).rejects.toThrow('died')
    says(answered(200))
    await deliver(second)
    expect(await log(second)).toMatchObject({ state: 'pending', attempts: 0 })
    town.house.pass(20)
    await deliver(second)
    expect(await log(second)).toMatchObject({ state: 'delivered' })
    town.house.pass(40)
    await deliver(first)
    expect(await log(first)).toMatchObject({ state: 'delivered', attempts: 2 })
  })
})

const webhook = (fields: object) => ({ ...aCampaign().endpoint, ...fields })
const says = (answer: Answer) => {
  town.house.webhooks.answer = () => answer
}
const posts = () => town.house.webhooks.requests.length
const deliver = (deliveryId = '') => town.house.deliver(deliveryId)
const log = (deliveryId = '') => town.house.needsOf('operator').deliveries.log(deliveryId)
const alerts = () => told('school.alert')
const left = () => told('delivery.left')

function told(name: string) {
  return town.house.logged.flatMap(({ event, fields }) => (event === name && 'why' in fields ? [fields.why] : []))
}

async function leads(count: number, from = 1): Promise<string[]> {
  const ids: string[] = []
  for (let number = from; number < from + count; number++) {
    const { schools } = await enquire(town, number, { schoolIds: ['tall-grass'] })
    ids.push(...schools.map(({ deliveryId }) => deliveryId))
  }
  return ids
}

async function twoLeads(): Promise<[string | undefined, string | undefined]> {
  const [first, second] = await leads(2)
  return [first, second]
}

async function states(ids: readonly string[]) {
  const found = await Promise.all(ids.map(log))
  return Object.fromEntries(
    Object.entries(Object.groupBy(found, (one) => one?.state ?? 'lost')).map(([state, all]) => [state, all?.length]),
  )
}
