import * as z from 'zod'
import { type Bucket, bucketAt, bucketSeconds, type Standing } from '../../domain/capture/bucket.ts'
import type { Engine } from '../engine/engine.ts'
import { epochSeconds } from '../engine/expiry.ts'
import { bucketKey, type Table } from '../keys.ts'

export type Taking = { policy: string; whose: string; limit: number; now: Date }
export type BucketStore = ReturnType<typeof buckets>

/** Buckets of tokens for rate limits. One read and at most one write for each token; the write's condition decides every race. */
export function buckets(engine: Engine<Table>) {
  return {
    /** Takes one token, if there is one. `busy`: others were at the bucket for so long that it could not be told. */
    async take({ policy, whose, limit, now }: Taking): Promise<{ taken: boolean; standing: Standing } | 'busy'> {
      const key = bucketKey(policy, whose)
      const row = await engine.get({ in: 'leads', key })
      const before = row ? bucketOf(row) : { taken: 0, marks: [] }
      const { slot, most, standing, outdated, isMarked } = bucketAt(before, limit, now)
      if (standing.remaining === 0) return { taken: false, standing }
      const below = { attribute: 'taken', is: 'below', value: most } as const
      const outcome = await engine.transact([
        {
          in: 'leads',
          change: key,
          add: { taken: 1 },
          set: {
            expiresAt: epochSeconds(now) + bucketSeconds,
            ...(isMarked ? {} : { [`${markPrefix}${slot}`]: before.taken }),
          },
          remove: outdated.map((mark) => `${markPrefix}${mark.slot}`),
          when: row ? below : { any: [{ attribute: 'taken', is: 'absent' }, below] },
        },
      ])
      if (outcome.done) return { taken: true, standing: { ...standing, remaining: standing.remaining - 1 } }
      if (outcome.refused[0] === 'conflict') return 'busy'
      return { taken: false, standing: { ...standing, remaining: 0 } }
    },
  }
}

const markPrefix = 'mark'

function bucketOf(row: object): Bucket {
  const { taken } = taking.parse(row)
  const marks = Object.entries(row).flatMap(([name, value]) =>
    name.startsWith(markPrefix) ? [{ slot: Number(name.slice(markPrefix.length)), taken: count.parse(value) }] : [],
  )
  return { taken, marks }
}

const count = z.int()
const taking = z.object({ taken: count })
