import { describe, expect, it } from 'vitest'
import { dueEntry, dueShards } from '#shared/store/index-keys.ts'
import { answered } from '#test/functions/house/fakes.ts'
import { aTown, enquire, type Town } from '#test/functions/town.ts'

describe('a sweep', () => {
  it('finds what is due and nothing else, in every shard', async () => {
    const town = await townOf(30)
    expect(new Set(sent(town).map((id) => dueEntry(id, '').duePk)).size).toBe(dueShards.length)
    const all = sent(town)
    clear(town)
    await town.house.sweep()
    expect(sent(town).sort()).toEqual(all.sort())
    await deliverAll(town)
    clear(town)
    town.house.pass(365 * 86_400)
    await town.house.sweep()
    expect(sent(town)).toEqual([])
  })

  it('does not find what is due later', async () => {
    const town = await townOf(1)
    town.house.webhooks.answer = () => answered(500)
    await deliverAll(town)
    clear(town)
    town.house.pass(4.9)
    await town.house.sweep()
    expect(sent(town)).toEqual([])
    town.house.pass(0.1)
    await town.house.sweep()
    expect(sent(town)).toHaveLength(1)
  })

  it('twice, or ten times at once, does no harm', async () => {
    const town = await townOf(5)
    await Promise.all(Array.from({ length: 10 }, () => town.house.sweep()))
    // Ten told each other apart, and the fast path had told the queue before.
    expect(sent(town)).toHaveLength(20)
    await deliverAll(town)
    const bodies = town.house.webhooks.requests.map(({ body }) => body)
    expect([bodies.length, new Set(bodies).size, town.house.mailbox.messages.length]).toEqual([5, 5, 5])
  })

  it('finds a row that is still due again, each time later than before', async () => {
    const town = await townOf(1)
    clear(town)
    const found: number[] = []
    for (let second = 0; second < 1000; second += 5) {
      await town.house.sweep()
      found.push(...sent(town).map(() => second))
      clear(town)
      town.house.pass(5)
    }
    expect([...new Set(found)]).toEqual([0, 15, 45, 105, 225, 525, 825])
  })

  it('holds back while the queue is deep, and tells how long the oldest has waited', async () => {
    const town = await townOf(1)
    clear(town)
    town.house.queue.depth = 1_999
    town.house.pass(90)
    await town.house.sweep()
    expect(sent(town)).toHaveLength(1)
    town.house.queue.depth = 2_000
    town.house.pass(3600)
    clear(town)
    await town.house.sweep()
    expect(sent(town)).toEqual([])
    const ages = town.house.measured.filter(({ metric }) => metric === 'OldestDueAge')
    expect(ages.map(({ value }) => value)).toEqual([90, 3690])
  })

  it('goes on for its minute, so that a retry after 5 seconds does not wait for the next one', async () => {
    const town = await townOf(1)
    town.house.webhooks.answer = () => answered(500)
    await deliverAll(town)
    clear(town)
    const began = town.house.clock.now.getTime()
    await town.house.keepSweeping()
    expect(new Set(sent(town)).size).toBe(1)
    expect(town.house.clock.now.getTime() - began).toBe(55_000)
    expect(town.house.measured.filter(({ metric }) => metric === 'OldestDueAge')).toHaveLength(12)
  })

  it('brings every lead to its schools where the queue never heard of any and loses all that it is told for a while', async () => {
    const town = await aTown()
    town.house.queue.deaf = true
    for (const number of [1, 2, 3, 4]) await enquire(town, number)
    await expect(town.house.sweep()).rejects.toThrow('out of reach')
    town.house.queue.deaf = false
    await town.house.sweep()
    clear(town)
    town.house.webhooks.answer = () => answered(town.house.webhooks.requests.length % 2 ? 500 : 200)
    for (let minute = 0; minute < 30; minute++) {
      town.house.pass(60)
      await town.house.sweep()
      await deliverAll(town)
      clear(town)
    }
    const delivered = town.house.webhooks.requests.map(({ headers }) => headers['webhook-id'])
    expect([new Set(delivered).size, town.house.mailbox.messages.length]).toEqual([4, 4])
    await town.house.sweep()
    expect(sent(town)).toEqual([])
  })

  it('tells the queue nobody’s data', async () => {
    const town = await townOf(1)
    clear(town)
    await town.house.sweep()
    expect(town.house.queue.pointers.map((pointer) => Object.keys(pointer).sort())).toEqual([
      ['deliveryId', 'schoolId'],
      ['deliveryId', 'schoolId'],
    ])
  })
})

async function townOf(leads: number): Promise<Town> {
  const town = await aTown()
  for (let number = 1; number <= leads; number++) await enquire(town, number)
  return town
}

function sent({ house }: Town) {
  return house.queue.pointers.map(({ deliveryId }) => deliveryId)
}

function clear({ house }: Town) {
  house.queue.pointers.length = 0
}

async function deliverAll(town: Town) {
  for (const deliveryId of sent(town)) await town.house.deliver(deliveryId)
}
