import { beforeEach, describe, expect, it } from 'vitest'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { acceptReturn, readSchoolCounters, requestReturn } from '#test/functions/returns/return-fixture.ts'
import {
  advanceTime,
  createTestMarket,
  deliverDue,
  setRejectingSchools,
  visit,
} from '#test/functions/routing/create-test-market.ts'
import { addEntry, readSummary } from './accounts.ts'

// A lead costs 4500.
const price = 4500
let system: TestSystem
let key: string
beforeEach(async () => {
  system = await createTestMarket({ alder: { school: { billing: 'prepaid' } }, birch: {} })
  key = await system.api.schoolKey('alder')
  await pay(price)
})

const pay = (amountCents: number, entryKey = `pay-${amountCents}`) =>
  addEntry(system, 'schools/alder', { kind: 'payment', amountCents }, entryKey)
const readBalance = async () => ((await readSummary(system, 'schools/alder')) as { balanceCents: number }).balanceCents
const readOwed = async () => (await readSchoolCounters(system)).credit ?? 0
async function sellToAlder(number: number) {
  const { receipt } = await visit(system, number)
  return receipt.schools.find(({ schoolId }) => schoolId === 'alder')?.deliveryId
}
const replay = (deliveryId: string) => system.api.staff('POST', `/v1/ops/deliveries/${deliveryId}/replay`)
const countRequests = () => system.api.webhooks.requests.filter(({ url }) => url.includes('alder')).length

describe('a prepaid school whose balance is used up', () => {
  it('gets its money for one lead back when it rejects it, once, and can buy one other lead', async () => {
    setRejectingSchools(system, 'alder')
    const deliveryId = (await sellToAlder(1)) ?? ''
    expect(await sellToAlder(2)).toBeUndefined()
    await deliverDue(system)
    await system.api.deliver(deliveryId) // A repeat of the message.
    expect([await readBalance(), await readOwed()]).toEqual([price, -price])
    expect((await replay(deliveryId)).status).toBe(409)
    expect(await sellToAlder(3)).toBeDefined()
    expect(await sellToAlder(4)).toBeUndefined()
  })

  it('gets one credit for a return that staff accept twice at once, and can buy one other lead', async () => {
    const deliveryId = (await sellToAlder(1)) ?? ''
    await deliverDue(system)
    expect(await readBalance()).toBe(0)
    expect((await requestReturn({ town: system, key, deliveryId })).status).toBe(201)
    const decisions = await Promise.all([1, 2, 3].map(() => acceptReturn({ town: system, deliveryId })))
    expect(decisions.map(({ status }) => status)).toEqual([200, 200, 200])
    expect([await readBalance(), await readOwed()]).toEqual([price, -price])
    expect((await requestReturn({ town: system, key, deliveryId })).status).not.toBe(201)
    expect([await readBalance(), await readOwed()]).toEqual([price, -price])
    expect(await sellToAlder(2)).toBeDefined()
    expect(await sellToAlder(3)).toBeUndefined()
  })

  it('gets a delivered lead again for nothing, and one that failed only when it is paid for', async () => {
    system.api.webhooks.respond = () => webhookResponse(503)
    const failed = (await sellToAlder(1)) ?? ''
    for (let day = 0; day < 40; day++) await advanceTime(system, 86_400)
    system.api.webhooks.respond = () => webhookResponse(200)
    expect([await readBalance(), await readOwed()]).toEqual([price, -price])
    const delivered = (await sellToAlder(2)) ?? ''
    await deliverDue(system)
    expect(await readBalance()).toBe(0)
    const before = countRequests()
    expect((await replay(delivered)).status).toBe(202)
    await deliverDue(system)
    expect([countRequests() - before, await readBalance()]).toEqual([1, 0])
    expect(await replay(failed)).toMatchObject({ status: 409, body: { code: 'CAP_REACHED' } })
    await replayAll()
    expect([countRequests() - before, await readBalance()]).toEqual([1, 0])
    await pay(price, 'second')
    await replayAll()
    expect([countRequests() - before, await readBalance(), await readOwed()]).toEqual([2, 0, 0])
  })
})

/** A mass replay of what failed. */
async function replayAll() {
  system.api.advanceClock(1)
  const filter = { schoolId: 'alder', states: ['dead'] }
  const response = await system.api.staff('POST', '/v1/ops/replays', { body: { filter } })
  expect(response.status).toBeLessThan(300)
  system.api.advanceClock(1)
  await system.api.replay()
  await deliverDue(system)
}
