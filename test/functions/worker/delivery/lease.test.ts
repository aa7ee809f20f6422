import { beforeEach, describe, expect, it } from 'vitest'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { answered } from '#test/functions/house/fakes.ts'
import { aTown, enquire, type Town } from '#test/functions/town.ts'

const { leaseSeconds } = attemptTimes
let town: Town
let deliveryId: string
beforeEach(async () => {
  town = await aTown()
  const { schools } = await enquire(town, 1, { schoolIds: ['tall-grass'] })
  deliveryId = schools[0]?.deliveryId ?? ''
})

describe('a lease', () => {
  it('lets one of ten deliverers through', async () => {
    await Promise.all(Array.from({ length: 10 }, () => town.house.deliver(deliveryId)))
    expect(town.house.webhooks.requests).toHaveLength(1)
    expect(await log()).toMatchObject({ state: 'delivered', attempts: 1 })
    expect(left()).toEqual(Array(9).fill('not-due'))
  })

  it('keeps others out while an attempt lives, and comes due again when its holder has died', async () => {
    await diesWhilePosting()
    town.house.pass(leaseSeconds - 1)
    town.house.queue.pointers.length = 0
    await town.house.sweep()
    expect(town.house.queue.pointers).toEqual([])
    await town.house.deliver(deliveryId)
    expect(town.house.webhooks.requests).toHaveLength(1)
    town.house.pass(1)
    await town.house.sweep()
    expect(town.house.queue.pointers).toEqual([{ deliveryId, schoolId: 'tall-grass' }])
    await town.house.deliver(deliveryId)
    expect(new Set(town.house.webhooks.requests.map(({ body }) => body)).size).toBe(1)
    expect(await log()).toMatchObject({ state: 'delivered', attempts: 2, attemptLog: [{ number: 2 }] })
  })

  it('whose holder died leaves it open whether the school was heard, also where the delivery then has to wait', async () => {
    await diesWhilePosting()
    town.house.pass(leaseSeconds)
    const opensAt = new Date(town.house.clock.now.getTime() + 60_000).toISOString()
    await town.house.needsOf('worker/deliver').lines.savePace('tall-grass', { failures: 5, opensAt }, { failures: 0 })
    await town.house.deliver(deliveryId)
    expect(await log()).toMatchObject({ state: 'parked', attempts: 1, uncertain: true })
  })

  it('that is lost writes nothing: what the next holder wrote stands', async () => {
    const { promise: answer, resolve } = Promise.withResolvers<void>()
    town.house.webhooks.answer = async () => {
      if (town.house.webhooks.requests.length > 1) return answered(200)
      await answer
      return answered(500)
    }
    const slow = town.house.deliver(deliveryId)
    while (town.house.webhooks.requests.length === 0) await new Promise(setImmediate)
    town.house.pass(leaseSeconds)
    await town.house.deliver(deliveryId)
    resolve()
    await slow
    expect(await log()).toMatchObject({
      state: 'delivered',
      attempts: 2,
      attemptLog: [{ number: 2, outcome: 'delivered' }],
    })
    expect(left()).toEqual(['lease-lost'])
  })

  it('of another cannot be ended by who held it before', async () => {
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    town.house.webhooks.answer = async () => {
      const at = town.house.webhooks.requests.length - 1
      await answers[at]?.promise
      return answered(at === 0 ? 500 : 200)
    }
    const first = town.house.deliver(deliveryId)
    while (town.house.webhooks.requests.length < 1) await new Promise(setImmediate)
    town.house.pass(leaseSeconds)
    const second = town.house.deliver(deliveryId)
    while (town.house.webhooks.requests.length < 2) await new Promise(setImmediate)
    answers[0]?.resolve()
    await first
    expect(await log()).toMatchObject({ state: 'leased', attempts: 2, attemptLog: [] })
    answers[1]?.resolve()
    await second
    expect(await log()).toMatchObject({ state: 'delivered', attemptLog: [{ number: 2 }] })
  })

  it('is not given for a delivery that never was', async () => {
    await town.house.deliver('dlv_0000000000000000009999')
    expect(left()).toEqual(['not-due'])
  })

  it('ends with a fault of ours for the queue to bring back, and nothing is lost', async () => {
    await diesWhilePosting()
    town.house.pass(leaseSeconds)
    await town.house.deliver(deliveryId)
    expect(await log()).toMatchObject({ state: 'delivered' })
  })
})

async function diesWhilePosting() {
  town.house.webhooks.answer = () => {
    throw new Error('The process has died.')
  }
  await expect(town.house.deliver(deliveryId)).rejects.toThrow('died')
  town.house.webhooks.answer = () => answered(200)
}

function left() {
  return town.house.logged.flatMap(({ event, fields }) =>
    event === 'delivery.left' && 'why' in fields ? [fields.why] : [],
  )
}

function log() {
  return town.house.needsOf('operator').deliveries.log(deliveryId)
}
