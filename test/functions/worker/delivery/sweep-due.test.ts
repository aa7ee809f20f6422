import { describe, expect, it } from 'vitest'
import { dueEntry, dueShards } from '#shared/store/index-keys.ts'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'

describe('a sweep', () => {
  it('queues all due deliveries of every shard and no settled ones', async () => {
    const system = await createSystemWithLeads(30)
    expect(new Set(listSent(system).map((id) => dueEntry(id, '').duePk)).size).toBe(dueShards.length)
    const allIds = listSent(system)
    clearQueue(system)
    await system.api.sweep()
    expect(listSent(system).sort()).toEqual(allIds.sort())
    await deliverSent(system)
    clearQueue(system)
    system.api.advanceClock(365 * 86_400)
    await system.api.sweep()
    expect(listSent(system)).toEqual([])
  })

  it('queues no delivery before it is due', async () => {
    const system = await createSystemWithLeads(1)
    system.api.webhooks.respond = () => webhookResponse(500)
    await deliverSent(system)
    clearQueue(system)
    system.api.advanceClock(4.9)
    await system.api.sweep()
    expect(listSent(system)).toEqual([])
    system.api.advanceClock(0.1)
    await system.api.sweep()
    expect(listSent(system)).toHaveLength(1)
  })

  it('sends each lead once when ten sweeps run at once', async () => {
    const system = await createSystemWithLeads(5)
    await Promise.all(Array.from({ length: 10 }, () => system.api.sweep()))
    // Ten sweeps queued each of the ten deliveries once, and each was queued once before, at submission.
    expect(listSent(system)).toHaveLength(20)
    await deliverSent(system)
    const bodies = system.api.webhooks.requests.map(({ body }) => body)
    expect([bodies.length, new Set(bodies).size, system.api.mailbox.messages.length]).toEqual([5, 5, 5])
  })

  it('queues a delivery that is still due again, each time after a longer delay', async () => {
    const system = await createSystemWithLeads(1)
    clearQueue(system)
    const sweepSeconds: number[] = []
    for (let second = 0; second < 1000; second += 5) {
      await system.api.sweep()
      sweepSeconds.push(...listSent(system).map(() => second))
      clearQueue(system)
      system.api.advanceClock(5)
    }
    expect([...new Set(sweepSeconds)]).toEqual([0, 15, 45, 105, 225, 525, 825])
  })

  it('queues nothing while the queue is deep, and measures the age of the oldest due delivery', async () => {
    const system = await createSystemWithLeads(1)
    clearQueue(system)
    system.api.queue.depth = 1_999
    system.api.advanceClock(90)
    await system.api.sweep()
    expect(listSent(system)).toHaveLength(1)
    system.api.queue.depth = 2_000
    system.api.advanceClock(3600)
    clearQueue(system)
    await system.api.sweep()
    expect(listSent(system)).toEqual([])
    const ages = system.api.measurements.filter(({ metric }) => metric === 'OldestDueAge')
    expect(ages.map(({ value }) => value)).toEqual([90, 3690])
  })

  it('delivers every lead although the queue was unreachable and then purged every minute', async () => {
    const system = await createTestSystem()
    system.api.queue.isUnreachable = true
    for (const number of [1, 2, 3, 4]) await submitTestLead(system, number)
    await expect(system.api.sweep()).rejects.toThrow('out of reach')
    system.api.queue.isUnreachable = false
    await system.api.sweep()
    clearQueue(system)
    system.api.webhooks.respond = () => webhookResponse(system.api.webhooks.requests.length % 2 ? 500 : 200)
    for (let minute = 0; minute < 30; minute++) {
      system.api.advanceClock(60)
      await system.api.sweep()
      await deliverSent(system)
      clearQueue(system)
    }
    const delivered = system.api.webhooks.requests.map(({ headers }) => headers['webhook-id'])
    expect([new Set(delivered).size, system.api.mailbox.messages.length]).toEqual([4, 4])
    await system.api.sweep()
    expect(listSent(system)).toEqual([])
  })

  it('puts only IDs into the queue', async () => {
    const system = await createSystemWithLeads(1)
    clearQueue(system)
    await system.api.sweep()
    expect(system.api.queue.pointers.map((pointer) => Object.keys(pointer).sort())).toEqual([
      ['deliveryId', 'schoolId'],
      ['deliveryId', 'schoolId'],
    ])
  })
})

async function createSystemWithLeads(leads: number): Promise<TestSystem> {
  const system = await createTestSystem()
  for (let number = 1; number <= leads; number++) await submitTestLead(system, number)
  return system
}

function listSent({ api }: TestSystem) {
  return api.queue.pointers.map(({ deliveryId }) => deliveryId)
}

function clearQueue({ api }: TestSystem) {
  api.queue.pointers.length = 0
}

async function deliverSent(system: TestSystem) {
  for (const deliveryId of listSent(system)) await system.api.deliver(deliveryId)
}
