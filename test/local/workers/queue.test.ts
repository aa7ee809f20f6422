import { describe, expect, it } from 'vitest'
import { localQueue } from '#local/workers/queue.ts'

describe('the queue', () => {
  it('delivers to everybody while one school keeps all its connections waiting', async () => {
    const { queue, started, finish } = aQueue({ mostInAll: 4, mostPerSchool: 2 })
    await queue.send(pointers('slow', 50))
    await queue.send(pointers('quick', 3))
    expect(started()).toEqual(['slow-0', 'slow-1', 'quick-0', 'quick-1'])
    await finish('quick-0')
    expect(started().at(-1)).toBe('quick-2')
  })

  it('gives a free place to the school that has the least under way', async () => {
    const { queue, started, finish } = aQueue({ mostInAll: 3, mostPerSchool: 3 })
    await queue.send([...pointers('a', 5), ...pointers('b', 1), ...pointers('c', 1)])
    expect(started()).toEqual(['a-0', 'b-0', 'c-0'])
    await finish('b-0')
    expect(started().at(-1)).toBe('a-1')
  })

  it('never has more under way than it may', async () => {
    const { queue, started, finish } = aQueue({ mostInAll: 3, mostPerSchool: 1 })
    await queue.send(['a', 'b', 'c', 'd'].flatMap((school) => pointers(school, 2)))
    expect(started()).toEqual(['a-0', 'b-0', 'c-0'])
    await finish('a-0')
    expect(started().at(-1)).toBe('d-0')
  })

  it('takes a pointer that is waiting already only once', async () => {
    const { queue, started, finish } = aQueue({ mostInAll: 1 })
    await queue.send([...pointers('a', 2), ...pointers('a', 2)])
    await finish('a-0')
    await finish('a-1')
    expect(started()).toEqual(['a-0', 'a-1'])
  })

  it('goes on after a fault of ours, and tells it', async () => {
    const faults: unknown[] = []
    const done: string[] = []
    const queue = localQueue({
      async deliver({ deliveryId }) {
        if (deliveryId === 'a-0') throw new Error('broken')
        done.push(deliveryId)
      },
      failed: (error) => faults.push(error),
      mostInAll: 1,
    })
    await queue.send(pointers('a', 2))
    await expect.poll(() => done).toEqual(['a-1'])
    expect(faults).toEqual([new Error('broken')])
  })

  it('refuses what it cannot hold, so that the sweeper brings it again', async () => {
    const { queue } = aQueue({ mostInAll: 1 })
    await expect(queue.send(pointers('a', 20_000))).rejects.toThrow('waiting')
  })

  it('on closing waits for what is under way and starts nothing more', async () => {
    const { queue, started, finish } = aQueue({ mostInAll: 1 })
    await queue.send(pointers('a', 3))
    const closed = queue.close()
    await finish('a-0')
    await closed
    await queue.send(pointers('b', 1))
    expect(started()).toEqual(['a-0'])
  })
})

function aQueue(limits: { mostInAll?: number; mostPerSchool?: number }) {
  const started: string[] = []
  const underWay = new Map<string, () => void>()
  const queue = localQueue({
    ...limits,
    deliver({ deliveryId }) {
      started.push(deliveryId)
      return new Promise((resolve) => underWay.set(deliveryId, resolve))
    },
    failed() {},
  })
  return {
    queue,
    started: () => started,
    async finish(deliveryId: string) {
      underWay.get(deliveryId)?.()
      // The queue goes on once the promises of what has ended are through.
      await new Promise(setImmediate)
    },
  }
}

function pointers(schoolId: string, count: number) {
  return Array.from({ length: count }, (_, at) => ({ schoolId, deliveryId: `${schoolId}-${at}` }))
}
