import * as z from 'zod'
import { type Bucket, bucketTtlSeconds, evaluateBucket, type RateLimitStatus } from '../../domain/capture/bucket.ts'
import type { Engine } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { bucketKey, type Table } from '../keys.ts'

export type TokenRequest = { policy: string; owner: string; limit: number; now: Date }
export type BucketStore = ReturnType<typeof bucketStore>

/** Token buckets for rate limits: one read and at most one write per token. The condition of the write decides every race. */
export function bucketStore(engine: Engine<Table>) {
  return {
    /** Takes one token, if there is one. `busy`: the row stayed locked by other requests, so the result is unknown. */
    async take({
      policy,
      owner,
      limit,
      now,
    }: TokenRequest): Promise<{ isAllowed: boolean; status: RateLimitStatus } | 'busy'> {
      const key = bucketKey(policy, owner)
      const row = await engine.get({ in: 'leads', key })
      const bucket = row ? parseBucket(row) : { spent: 0, checkpoints: [] }
      const { interval, maxSpent, status, outdated, hasCheckpoint } = evaluateBucket(bucket, limit, now)
      if (status.remaining === 0) return { isAllowed: false, status }
      const belowLimit = { attribute: 'taken', is: 'below', value: maxSpent } as const
      const outcome = await engine.transact([
        {
          in: 'leads',
          change: key,
          add: { taken: 1 },
          set: {
            expiresAt: toEpochSeconds(now) + bucketTtlSeconds,
            ...(hasCheckpoint ? {} : { [`${markPrefix}${interval}`]: bucket.spent }),
          },
          remove: outdated.map((checkpoint) => `${markPrefix}${checkpoint.interval}`),
          when: row ? belowLimit : { any: [{ attribute: 'taken', is: 'absent' }, belowLimit] },
        },
      ])
      if (outcome.done) return { isAllowed: true, status: { ...status, remaining: status.remaining - 1 } }
      if (outcome.refused[0] === 'conflict') return 'busy'
      return { isAllowed: false, status: { ...status, remaining: 0 } }
    },
  }
}

const markPrefix = 'mark'

function parseBucket(row: object): Bucket {
  const { taken: spent } = bucketRow.parse(row)
  const checkpoints = Object.entries(row).flatMap(([name, value]) =>
    name.startsWith(markPrefix) ? [{ interval: Number(name.slice(markPrefix.length)), spent: count.parse(value) }] : [],
  )
  return { spent, checkpoints }
}

const count = z.int()
const bucketRow = z.object({ taken: count })
