import { describe, expect, it } from 'vitest'
import { createLocalQueue } from '#local/workers/create-local-queue.ts'

describe('local queue', () => {
  it('delivers to every other school while one school keeps all its connections waiting', async () => {
    const { queue, started, finish } = createTestQueue({ webhook: 4, maxPerSchool: 2 })
    await queue.send(createPointers('slow', 50))
    await queue.send(createPointers('quick', 3))
    expect(started()).toEqual(['slow-0', 'slow-1', 'quick-0', 'quick-1'])
    await finish('quick-0')
    expect(started().at(-1)).toBe('quick-2')
  })

  it('gives a free permit to the school with the fewest running deliveries', async () => {
    const { queue, started, finish } = createTestQueue({ webhook: 3, maxPerSchool: 3 })
    await queue.send([...createPointers('a', 5), ...createPointers('b', 1), ...createPointers('c', 1)])
    expect(started()).toEqual(['a-0', 'b-0', 'c-0'])
    await finish('b-0')
    expect(started().at(-1)).toBe('a-1')
  })

  it('never exceeds its limit of concurrent deliveries', async () => {
    const { queue, started, finish } = createTestQueue({ webhook: 3, maxPerSchool: 1 })
    await queue.send(['a', 'b', 'c', 'd'].flatMap((school) => createPointers(school, 2)))
    expect(started()).toEqual(['a-0', 'b-0', 'c-0'])
    await finish('a-0')
    expect(started().at(-1)).toBe('d-0')
  })

  it('ignores a pointer that is already waiting', async () => {
    const { queue, started, finish } = createTestQueue({ webhook: 1 })
    await queue.send([...createPointers('a', 2), ...createPointers('a', 2)])
    await finish('a-0')
    await finish('a-1')
    expect(started()).toEqual(['a-0', 'a-1'])
  })

  it('continues after an unexpected error, and logs it', async () => {
    const faults: unknown[] = []
    const deliveredIds: string[] = []
    const queue = createLocalQueue({
      async deliver({ deliveryId }) {
        if (deliveryId === 'a-0') throw new Error('broken')
        deliveredIds.push(deliveryId)
      },
      onError: (error) => faults.push(error),
      shares: { routing: 1 },
    })
    await queue.send(createPointers('a', 2))
    await expect.poll(() => deliveredIds).toEqual(['a-1'])
    expect(faults).toEqual([new Error('broken')])
  })

  it('refuses messages beyond its capacity, so that the sweeper queues them again', async () => {
    const { queue } = createTestQueue({ webhook: 1 })
    await expect(queue.send(createPointers('a', 20_000))).rejects.toThrow('waiting')
  })

  it('waits for running deliveries and starts no other when it is closed', async () => {
    const { queue, started, finish } = createTestQueue({ webhook: 1 })
    await queue.send(createPointers('a', 3))
    const closed = queue.close()
    await finish('a-0')
    await closed
    await queue.send(createPointers('b', 1))
    expect(started()).toEqual(['a-0'])
  })
})

describe('shares of the local queue', () => {
  it('let webhooks pass while emails of many schools hang, and emails while webhooks hang', async () => {
    for (const [hanging, other] of [
      ['email', 'webhook'],
      ['webhook', 'email'],
    ] as const) {
      const { queue, started } = createTestQueue({
        webhook: 8,
        email: 8,
        kindOf: (id) => (id[0] === 'h' ? hanging : other),
      })
      await queue.send(Array.from({ length: 25 }, (_, school) => createPointers(`h${school}`, 2)).flat())
      await queue.send(createPointers('quick', 3))
      await nextTurn()
      expect(started().filter((id) => id.startsWith('h'))).toHaveLength(8)
      expect(started().slice(-3)).toEqual(['quick-0', 'quick-1', 'quick-2'])
    }
  })

  it('give one school no more than its own, and lose no message that had to wait', async () => {
    const { queue, started, finish } = createTestQueue({ webhook: 3, maxPerSchool: 2 })
    await queue.send([...createPointers('a', 5), ...createPointers('b', 2), ...createPointers('c', 2)])
    for (let index = 0; index < 9; index++) {
      await nextTurn()
      expect(new Set(started()).size).toBe(started().length)
      await finish(started()[index] ?? '')
    }
    expect(started().toSorted()).toEqual(
      [...createPointers('a', 5), ...createPointers('b', 2), ...createPointers('c', 2)].map(
        ({ deliveryId }) => deliveryId,
      ),
    )
    expect(await queue.depth()).toBe(0)
  })

  it('hold a school to as many attempts as it takes at once, and route no more than those once that is known', async () => {
    const { queue, started, routed, finish } = createTestQueue({ webhook: 10, maxConcurrent: 2, routingTurns: 1 })
    await queue.send(createPointers('a', 15))
    await nextTurn()
    expect(started()).toEqual(['a-0', 'a-1'])
    const routedBefore = routed()
    for (let index = 0; index < 15; index++) {
      await finish(started()[index] ?? '')
      await nextTurn()
      expect(started()).toHaveLength(Math.min(index + 3, 15))
    }
    expect(new Set(started()).size).toBe(15)
    expect(routed() - routedBefore).toBe(13)
    expect(await queue.depth()).toBe(0)
  })

  it('give no permit for attempts that are spaced in time', async () => {
    const admissions: string[] = []
    const queue = createLocalQueue({
      async deliver({ deliveryId }, admit) {
        admissions.push(admit({ kind: 'webhook', ...(deliveryId === 'a-0' && { maxConcurrent: 1 }) }))
      },
      onError() {},
    })
    await queue.send([...createPointers('a', 1), ...createPointers('b', 1)])
    expect(admissions).toEqual(['with-permit', 'admitted'])
  })

  it('queue a message once that waits for the share of its kind', async () => {
    const { queue, started } = createTestQueue({ webhook: 1 })
    await queue.send(createPointers('a', 3))
    await nextTurn()
    await queue.send(createPointers('a', 3))
    await nextTurn()
    expect(await queue.depth()).toBe(3)
    expect(started()).toEqual(['a-0'])
  })

  it('admit no delivery that has not begun when the process stops', async () => {
    const { queue, started } = createTestQueue({ webhook: 1, routingTurns: 1 })
    await queue.send(createPointers('a', 1))
    await queue.close()
    expect(started()).toEqual([])
  })
})

type TestQueueSettings = {
  webhook?: number
  email?: number
  maxPerSchool?: number
  /** How many attempts each school takes at once. */
  maxConcurrent?: number
  kindOf?: (deliveryId: string) => 'webhook' | 'email'
  routingTurns?: number
}

/** Deliveries run until they are finished by the test, once they are admitted. */
function createTestQueue({
  webhook = 100,
  email = 100,
  kindOf = () => 'webhook',
  maxConcurrent = 100,
  routingTurns = 0,
  ...limits
}: TestQueueSettings) {
  const started: string[] = []
  let routedCount = 0
  const finishers = new Map<string, () => void>()
  const queue = createLocalQueue({
    ...limits,
    shares: { webhook, email },
    async deliver({ deliveryId }, admit) {
      routedCount += 1
      for (let turn = 0; turn < routingTurns; turn++) await nextTurn()
      if (admit({ kind: kindOf(deliveryId), maxConcurrent }) === 'refused') return
      started.push(deliveryId)
      const { promise, resolve } = Promise.withResolvers<void>()
      finishers.set(deliveryId, resolve)
      await promise
    },
    onError() {},
  })
  return {
    queue,
    started: () => started,
    routed: () => routedCount,
    async finish(deliveryId: string) {
      finishers.get(deliveryId)?.()
      // The queue continues after the promises of finished deliveries have settled.
      await nextTurn()
    },
  }
}

function nextTurn() {
  return new Promise((resolve) => setImmediate(resolve))
}

function createPointers(schoolId: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({ schoolId, deliveryId: `${schoolId}-${index}` }))
}
