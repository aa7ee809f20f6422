import { beforeEach, describe, expect, it } from 'vitest'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { sweepDelays } from '#functions/worker/sweep/sweep-due.ts'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { Row } from '#shared/store/engine/engine.ts'
import { dueEntry } from '#shared/store/index-keys.ts'
import { deliveryKey, tables } from '#shared/store/keys.ts'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const { leaseSeconds } = attemptTimes
let system: TestSystem
let deliveryId: string
const openSystem = async (prefersLoneWrites = false) => {
  system = await createTestSystem({ createEngine: (now) => ({ ...memoryEngine(now), prefersLoneWrites }) })
  const { schools } = await submitTestLead(system, 1, { schoolIds: ['tall-grass'] })
  deliveryId = schools[0]?.deliveryId ?? ''
}

describe.each([
  ['in a transaction', false],
  ['after its permit', true],
])('a lease %s', (_, prefersLoneWrites) => {
  beforeEach(() => openSystem(prefersLoneWrites))

  it('lets only one of ten concurrent deliverers send', async () => {
    await Promise.all(Array.from({ length: 10 }, () => system.api.deliver(deliveryId)))
    expect(system.api.webhooks.requests).toHaveLength(1)
    expect(await readDelivery()).toMatchObject({ state: 'delivered', attempts: 1 })
    expect(listSkipReasons()).toEqual(Array(9).fill('not-due'))
  })

  it('is not taken by a process that may send no more of its kind, and nothing changes', async () => {
    const before = await readDelivery()
    const kinds: string[] = []
    await deliverLead({ deliveryId }, system.api.createDependencies('worker/deliver'), ({ kind }) => {
      kinds.push(kind)
      return 'refused'
    })
    expect(kinds).toEqual(['webhook'])
    expect(await readDelivery()).toEqual(before)
    expect(listSkipReasons()).toEqual(['no-share'])
  })

  it('needs no row of a permit if its process counts the attempts of the school, and keeps all others out too', async () => {
    const deliver = () =>
      deliverLead({ deliveryId }, system.api.createDependencies('worker/deliver'), () => 'with-permit')
    await Promise.all(Array.from({ length: 10 }, deliver))
    expect(system.api.webhooks.requests).toHaveLength(1)
    expect(await readDelivery()).toMatchObject({ state: 'delivered', attempts: 1 })
    const { busyUntil } = await system.api.createDependencies('worker/deliver').endpointHealth.getBySchool('tall-grass')
    expect(busyUntil).toEqual({})
  })

  it('keeps other deliverers out until it expires, then lets the delivery come due again', async () => {
    await crashWhilePosting()
    system.api.advanceClock(leaseSeconds - 1)
    system.api.queue.pointers.length = 0
    await system.api.sweep()
    expect(system.api.queue.pointers).toEqual([])
    await system.api.deliver(deliveryId)
    expect(system.api.webhooks.requests).toHaveLength(1)
    system.api.advanceClock(1)
    await system.api.sweep()
    expect(system.api.queue.pointers).toEqual([{ deliveryId, schoolId: 'tall-grass' }])
    await system.api.deliver(deliveryId)
    expect(new Set(system.api.webhooks.requests.map(({ body }) => body)).size).toBe(1)
    expect(await readDelivery()).toMatchObject({ state: 'delivered', attempts: 2, attemptLog: [{ number: 2 }] })
  })

  it('changes no attribute that is in an index, so that it costs one write', async () => {
    const before = await readRow()
    system.api.webhooks.respond = async () => {
      const row = await readRow()
      expect(row).toMatchObject({ attempts: 1, leaseUntil: expect.any(String) })
      expect(pickIndexed(row)).toEqual(pickIndexed(before))
      return webhookResponse(200)
    }
    await system.api.deliver(deliveryId)
    expect(await readDelivery()).toMatchObject({ state: 'delivered' })
    expect(await readRow()).not.toHaveProperty('leaseUntil')
  })

  it('is found at its end if its holder died, however rarely the delivery was queued before', async () => {
    for (const delay of sweepDelays) {
      await system.api.sweep()
      system.api.advanceClock(delay)
    }
    await system.api.sweep()
    await crashWhilePosting()
    system.api.queue.pointers.length = 0
    system.api.advanceClock(leaseSeconds)
    await system.api.sweep()
    expect(system.api.queue.pointers).toEqual([{ deliveryId, schoolId: 'tall-grass' }])
  })

  it('of an earlier edition, which moved the delivery to its end, is respected and expires', async () => {
    const { engine } = system.api
    const now = system.api.clock.now.toISOString()
    const until = addSeconds(now, leaseSeconds)
    const set = { state: 'leased', leaseToken: 'att_1', dueAt: until, ...dueEntry(deliveryId, until), attempts: 1 }
    await engine.transact([{ in: 'leads', change: deliveryKey(deliveryId), set }])
    await system.api.deliver(deliveryId)
    expect(system.api.webhooks.requests).toEqual([])
    expect(await readDelivery()).toMatchObject({ state: 'leased', dueAt: until })
    system.api.advanceClock(leaseSeconds)
    await system.api.deliver(deliveryId)
    expect(await readDelivery()).toMatchObject({ state: 'delivered', attempts: 2, attemptLog: [{ number: 2 }] })
  })

  it('marks a delivery uncertain after its lease holder died, even if it is parked next', async () => {
    await crashWhilePosting()
    system.api.advanceClock(leaseSeconds)
    const opensAt = new Date(system.api.clock.now.getTime() + 60_000).toISOString()
    await system.api
      .createDependencies('worker/deliver')
      .endpointHealth.saveCircuit('tall-grass', { failures: 5, opensAt }, { failures: 0 })
    await system.api.deliver(deliveryId)
    expect(await readDelivery()).toMatchObject({ state: 'parked', attempts: 1, uncertain: true })
  })

  it("writes nothing after the lease is lost: the next holder's result remains", async () => {
    const { promise: answer, resolve } = Promise.withResolvers<void>()
    system.api.webhooks.respond = async () => {
      if (system.api.webhooks.requests.length > 1) return webhookResponse(200)
      await answer
      return webhookResponse(500)
    }
    const slow = system.api.deliver(deliveryId)
    while (system.api.webhooks.requests.length === 0) await new Promise(setImmediate)
    system.api.advanceClock(leaseSeconds)
    await system.api.deliver(deliveryId)
    resolve()
    await slow
    expect(await readDelivery()).toMatchObject({
      state: 'delivered',
      attempts: 2,
      attemptLog: [{ number: 2, outcome: 'delivered' }],
    })
    expect(listSkipReasons()).toEqual(['lease-lost'])
  })

  it('cannot be settled by the previous holder', async () => {
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    system.api.webhooks.respond = async () => {
      const at = system.api.webhooks.requests.length - 1
      await answers[at]?.promise
      return webhookResponse(at === 0 ? 500 : 200)
    }
    const first = system.api.deliver(deliveryId)
    while (system.api.webhooks.requests.length < 1) await new Promise(setImmediate)
    system.api.advanceClock(leaseSeconds)
    const second = system.api.deliver(deliveryId)
    while (system.api.webhooks.requests.length < 2) await new Promise(setImmediate)
    answers[0]?.resolve()
    await first
    expect(await readDelivery()).toMatchObject({ state: 'leased', attempts: 2, attemptLog: [] })
    answers[1]?.resolve()
    await second
    expect(await readDelivery()).toMatchObject({ state: 'delivered', attemptLog: [{ number: 2 }] })
  })

  it('gives its permit back if another deliverer has the delivery', async () => {
    const { deliveries } = system.api.createDependencies('worker/deliver')
    const delivery = await deliveries.find(deliveryId)
    if (!delivery || delivery.state === 'erased') throw new Error('The delivery is missing.')
    const now = system.api.clock.now.toISOString()
    const lease = (token: string, permitNumber: number) => {
      const until = addSeconds(now, leaseSeconds)
      return deliveries.lease(delivery, { token, now, until, permitNumber, permitUntil: until })
    }
    expect(await lease('att_1', 0)).toMatchObject({ state: 'leased', leaseToken: 'att_1' })
    expect(await lease('att_2', 0)).toMatch(/^no/)
    expect(await lease('att_3', 1)).toBe('not-leasable')
    const { busyUntil } = await system.api.createDependencies('worker/deliver').endpointHealth.getBySchool('tall-grass')
    expect(Object.entries(busyUntil).filter(([, until]) => until > now)).toHaveLength(1)
  })

  it('is not given for an unknown delivery', async () => {
    await system.api.deliver('dlv_0000000000000000009999')
    expect(listSkipReasons()).toEqual(['not-due'])
  })

  it('expires after an internal fault, and the delivery is sent by the next attempt', async () => {
    await crashWhilePosting()
    system.api.advanceClock(leaseSeconds)
    await system.api.deliver(deliveryId)
    expect(await readDelivery()).toMatchObject({ state: 'delivered' })
  })
})

async function crashWhilePosting() {
  system.api.webhooks.respond = () => {
    throw new Error('The process has died.')
  }
  await expect(system.api.deliver(deliveryId)).rejects.toThrow('died')
  system.api.webhooks.respond = () => webhookResponse(200)
}

function listSkipReasons() {
  return system.api.logEntries.flatMap(({ event, fields }) =>
    event === 'delivery.skipped' && 'why' in fields ? [fields.why] : [],
  )
}

function readRow() {
  return system.api.engine.get({ in: 'leads', key: deliveryKey(deliveryId) })
}

function pickIndexed(row: Row | undefined) {
  const names = Object.values(tables.leads.indexes).flatMap(({ pk, sk, projects }) => [pk, sk, ...projects])
  return Object.fromEntries([...new Set<string>(names)].map((name) => [name, row?.[name]]))
}

function readDelivery() {
  return system.api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)
}
