import { describe, expect, it } from 'vitest'
import { createLocalQueue } from '#local/workers/create-local-queue.ts'

describe('the queue', () => {
  it('delivers to everybody while one school keeps all its connections waiting', async () => {
    const { queue, started, finish } = createTestQueue({ maxInAll: 4, maxPerSchool: 2 })
    await queue.send(createPointers('slow', 50))
    await queue.send(createPointers('quick', 3))
    expect(started()).toEqual(['slow-0', 'slow-1', 'quick-0', 'quick-1'])
    await finish('quick-0')
    expect(started().at(-1)).toBe('quick-2')
  })

  it('gives a free place to the school that has the least under way', async () => {
    const { queue, started, finish } = createTestQueue({ maxInAll: 3, maxPerSchool: 3 })
    await queue.send([...createPointers('a', 5), ...createPointers('b', 1), ...createPointers('c', 1)])
    expect(started()).toEqual(['a-0', 'b-0', 'c-0'])
    await finish('b-0')
    expect(started().at(-1)).toBe('a-1')
  })

  it('never has more under way than it may', async () => {
    const { queue, started, finish } = createTestQueue({ maxInAll: 3, maxPerSchool: 1 })
    await queue.send(['a', 'b', 'c', 'd'].flatMap((school) => createPointers(school, 2)))
    expect(started()).toEqual(['a-0', 'b-0', 'c-0'])
    await finish('a-0')
    expect(started().at(-1)).toBe('d-0')
  })

  it('takes a pointer that is waiting already only once', async () => {
    const { queue, started, finish } = createTestQueue({ maxInAll: 1 })
    await queue.send([...createPointers('a', 2), ...createPointers('a', 2)])
    await finish('a-0')
    await finish('a-1')
    expect(started()).toEqual(['a-0', 'a-1'])
  })

  it('goes on after a fault of ours, and tells it', async () => {
    const faults: unknown[] = []
    const deliveredIds: string[] = []
    const queue = createLocalQueue({
      async deliver({ deliveryId }) {
        if (deliveryId === 'a-0') throw new Error('broken')
        deliveredIds.push(deliveryId)
      },
      onError: (error) => faults.push(error),
      maxInAll: 1,
    })
    await queue.send(createPointers('a', 2))
    await expect.poll(() => deliveredIds).toEqual(['a-1'])
    expect(faults).toEqual([new Error('broken')])
  })

  it('refuses messages beyond its capacity, so that the sweeper queues them again', async () => {
    const { queue } = createTestQueue({ maxInAll: 1 })
    await expect(queue.send(createPointers('a', 20_000))).rejects.toThrow('waiting')
  })

  it('on closing waits for what is under way and starts nothing more', async () => {
    const { queue, started, finish } = createTestQueue({ maxInAll: 1 })
    await queue.send(createPointers('a', 3))
    const closed = queue.close()
    await finish('a-0')
    await closed
    await queue.send(createPointers('b', 1))
    expect(started()).toEqual(['a-0'])
  })
})

function createTestQueue(limits: { maxInAll?: number; maxPerSchool?: number }) {
  const started: string[] = []
  const finishers = new Map<string, () => void>()
  const queue = createLocalQueue({
    ...limits,
    deliver({ deliveryId }) {
      started.push(deliveryId)
      return new Promise((resolve) => finishers.set(deliveryId, resolve))
    },
    onError() {},
  })
  return {
    queue,
    started: () => started,
    async finish(deliveryId: string) {
      finishers.get(deliveryId)?.()
      // The queue goes on once the promises of what has ended are through.
      await new Promise(setImmediate)
    },
  }
}

function createPointers(schoolId: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({ schoolId, deliveryId: `${schoolId}-${index}` }))
}
