import '#test/builders/seeded.ts'
import * as fc from 'fast-check'
import { describe, expect, inject, it } from 'vitest'
import { bucketStore } from '#shared/store/capture/buckets.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { bucketKey, type Table } from '#shared/store/keys.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { openDynamodb } from '#test/functions/routing/open-dynamodb.ts'
import { memoryEngine } from '#test/memory-engine.ts'

const start = Date.parse('2026-11-23T15:00:00.000Z')

/** Requests in batches: those of one batch all read before any of them writes. Says when a token was had. */
async function takeInBatches(
  batches: readonly Batch[],
  limit: number,
  wrap: (engine: Engine<Table>) => Engine<Table> = unchanged,
) {
  const clock = { ms: start }
  const store = bucketStore(wrap(memoryEngine(() => new Date(clock.ms))))
  const grantedAt: number[] = []
  for (const { afterMs, requests, spreadMs } of batches) {
    clock.ms += afterMs
    const batchStart = clock.ms
    const times = Array.from({ length: requests }, (_, at) => batchStart + Math.floor((at * spreadMs) / requests))
    const outcomes = await Promise.all(
      times.map((ms) => store.take({ policy: 'source', owner: 'a', limit, now: new Date(ms) })),
    )
    grantedAt.push(...times.filter((_, at) => isAllowed(outcomes[at])))
    clock.ms += spreadMs
  }
  return grantedAt.toSorted((a, b) => a - b)
}
type Batch = { afterMs: number; requests: number; spreadMs: number }
const unchanged = (engine: Engine<Table>) => engine

function isAllowed(outcome: Awaited<ReturnType<ReturnType<typeof bucketStore>['take']>> | undefined): boolean {
  return typeof outcome === 'object' && outcome.isAllowed
}

/** The most that were had in any minute. */
function maxInAMinute(grantedAt: readonly number[]): number {
  return Math.max(0, ...grantedAt.map((from) => grantedAt.filter((at) => at >= from && at < from + 60_000).length))
}

const batch = fc.record({
  afterMs: fc.oneof(fc.integer({ min: 0, max: 7000 }), fc.integer({ min: 50_000, max: 130_000 })),
  requests: fc.integer({ min: 1, max: 12 }),
  // Over the edge of a slot, too.
  spreadMs: fc.constantFrom(0, 1, 4999, 5001, 11_000),
})

describe('a bucket', () => {
  it('gives no more than its limit in any minute, whoever asks at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(batch, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 15 }),
        async (batches, limit) => {
          expect(maxInAMinute(await takeInBatches(batches, limit))).toBeLessThanOrEqual(limit)
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each([
    ['its condition were left out', withoutConditions],
    ['it forgot what was taken in the slots before', withoutCheckpoints],
  ])('would be seen to give more, if %s', async (_, wrap) => {
    const batches = [
      { afterMs: 4900, requests: 12, spreadMs: 0 },
      { afterMs: 200, requests: 12, spreadMs: 0 },
    ]
    expect(maxInAMinute(await takeInBatches(batches, 5))).toBe(5)
    expect(maxInAMinute(await takeInBatches(batches, 5, wrap))).toBeGreaterThan(5)
  })

  it('gives all of it at once, and all of it again a minute and a slot later', async () => {
    const all = { requests: 40, spreadMs: 0 }
    const grantedAt = await takeInBatches(
      [
        { afterMs: 0, ...all },
        { afterMs: 59_999, ...all },
        { afterMs: 5001, ...all },
      ],
      30,
    )
    expect(grantedAt).toHaveLength(60)
  })

  it('gives what comes back bit by bit, and says when', async () => {
    const store = bucketStore(memoryEngine(() => new Date(start)))
    const takeAfterSeconds = (seconds: number) =>
      store.take({ policy: 'source', owner: 'a', limit: 2, now: new Date(start + seconds * 1000) })
    expect(await takeAfterSeconds(0)).toMatchObject({ isAllowed: true, status: { limit: 2, remaining: 1 } })
    expect(await takeAfterSeconds(30)).toMatchObject({ isAllowed: true, status: { remaining: 0 } })
    expect(await takeAfterSeconds(40)).toEqual({
      isAllowed: false,
      status: { limit: 2, remaining: 0, resetSeconds: 25 },
    })
    expect(await takeAfterSeconds(64.9)).toMatchObject({ isAllowed: false })
    expect(await takeAfterSeconds(65)).toMatchObject({ isAllowed: true, status: { remaining: 0, resetSeconds: 30 } })
    expect(await takeAfterSeconds(66)).toMatchObject({ isAllowed: false })
  })

  it('costs one read, and one write where a token is had', async () => {
    const calls = { gets: 0, writes: 0 }
    const engine = memoryEngine(() => new Date(start))
    const store = bucketStore({
      ...engine,
      async get(from) {
        calls.gets += 1
        return engine.get(from)
      },
      async transact(writes) {
        calls.writes += writes.length
        return engine.transact(writes)
      },
    })
    for (let at = 0; at < 10; at++) await store.take({ policy: 'key', owner: 'k', limit: 4, now: new Date(start) })
    expect(calls).toEqual({ gets: 10, writes: 4 })
  })

  it('keeps one row, which ends by itself and holds no more marks than a minute has slots', async () => {
    const clock = { ms: start }
    const engine = memoryEngine(() => new Date(clock.ms))
    const store = bucketStore(engine)
    for (let at = 0; at < 60; at++) {
      clock.ms += 4000
      await store.take({ policy: 'source', owner: 'a', limit: 1000, now: new Date(clock.ms) })
    }
    const row = (await engine.get({ in: 'leads', key: bucketKey('source', 'a') })) ?? {}
    expect(Object.keys(row).filter((name) => name.startsWith('mark')).length).toBeLessThanOrEqual(13)
    clock.ms += 121_000
    expect(await engine.get({ in: 'leads', key: bucketKey('source', 'a') })).toBeUndefined()
  })
})

const { endpoint, missing } = inject('dynamodbLocal')
describeUnless(missing, 'a bucket on DynamoDB', () => {
  it('gives no more than its limit to many that ask at once', async () => {
    const { createEngine: engineOf, close } = await openDynamodb(endpoint)
    const store = bucketStore(engineOf(() => new Date(start)))
    const outcomes: boolean[] = []
    for (let round = 0; round < 8; round++) {
      const now = new Date(start + round * 2500)
      const taking = Array.from({ length: 10 }, () => store.take({ policy: 'source', owner: 'a', limit: 25, now }))
      outcomes.push(...(await Promise.all(taking)).map(isAllowed))
    }
    close()
    expect(outcomes.filter(Boolean)).toHaveLength(25)
  })
})

function withoutConditions(engine: Engine<Table>): Engine<Table> {
  return {
    ...engine,
    transact: (writes) => engine.transact(writes.map(({ when: _, ...write }) => write as (typeof writes)[number])),
  }
}

function withoutCheckpoints(engine: Engine<Table>): Engine<Table> {
  return {
    ...engine,
    async get(from) {
      const row = await engine.get(from)
      const entries = Object.entries(row ?? {}).filter(([name]) => !name.startsWith('mark'))
      return row && { ...Object.fromEntries(entries), pk: row.pk, sk: row.sk }
    },
  }
}
