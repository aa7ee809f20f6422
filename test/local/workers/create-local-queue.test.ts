import { describe, expect, it } from 'vitest'
import { createLocalQueue } from '#local/workers/create-local-queue.ts'

describe('local queue', () => {
  it('delivers to every other school while one school keeps all its connections waiting', async () => {
    const { queue, started, finish } = createTestQueue({ maxInAll: 4, maxPerSchool: 2 })
    await queue.send(createPointers('slow', 50))
    await queue.send(createPointers('quick', 3))
    expect(started()).toEqual(['slow-0', 'slow-1', 'quick-0', 'quick-1'])
    await finish('quick-0')
    expect(started().at(-1)).toBe('quick-2')
  })

  it('gives a free permit to the school with the fewest running deliveries', async () => {
    const { queue, started, finish } = createTestQueue({ maxInAll: 3, maxPerSchool: 3 })
    await queue.send([...createPointers('a', 5), ...createPointers('b', 1), ...createPointers('c', 1)])
    expect(started()).toEqual(['a-0', 'b-0', 'c-0'])
    await finish('b-0')
    expect(started().at(-1)).toBe('a-1')
  })

  it('never exceeds its limit of concurrent deliveries', async () => {
    const { queue, started, finish } = createTestQueue({ maxInAll: 3, maxPerSchool: 1 })
    await queue.send(['a', 'b', 'c', 'd'].flatMap((school) => createPointers(school, 2)))
    expect(started()).toEqual(['a-0', 'b-0', 'c-0'])
    await finish('a-0')
    expect(started().at(-1)).toBe('d-0')
  })

  it('ignores a pointer that is already waiting', async () => {
    const { queue, started, finish } = createTestQueue({ maxInAll: 1 })
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

  it('waits for running deliveries and starts no other when it is closed', async () => {
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
      // The queue continues after the promises of finished deliveries have settled.
      await new Promise(setImmediate)
    },
  }
}

function createPointers(schoolId: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({ schoolId, deliveryId: `${schoolId}-${index}` }))
}
