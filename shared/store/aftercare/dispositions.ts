import * as z from 'zod'
import { type Disposition, disposition } from '../../domain/aftercare/disposition.ts'
import { deliveryState } from '../../domain/delivery/delivery.ts'
import type { Engine } from '../engine/engine.ts'
import { deliveryKey, dispositionKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { plain, rowOf } from '../rows.ts'

/** `name` tells one telling from another: the same again is recorded once. */
export type Telling = { name: string; schoolId: string; bodyDigest: string }
export type DispositionStore = ReturnType<typeof dispositionStore>

/** What schools say became of their leads: rows are added beside the delivery, which shows the last of them. */
export function dispositionStore(engine: Engine<Table>) {
  return {
    /** `not-delivered`: the school does not have the lead, or the delivery is not its own. */
    async record(told: Disposition, { name, schoolId, bodyDigest }: Telling) {
      const { deliveryId } = told
      const key = dispositionKey(deliveryId, name)
      const outcome = await engine.transact([
        { in: 'leads', put: { ...key, ...plain(told), bodyDigest }, when: { exists: false } },
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          set: { disposition: { disposition: told.disposition, at: told.at } },
          when: {
            all: [
              { attribute: 'schoolId', is: 'equal', value: schoolId },
              // What would be noted of a person who was forgotten, would be kept. A notice brought nobody.
              { attribute: 'state', is: 'one-of', values: deliveryState.exclude(['erased']).options },
              { attribute: 'erases', is: 'absent' },
              {
                any: [
                  { attribute: 'deliveredAt', is: 'present' },
                  { attribute: 'uncertain', is: 'equal', value: true },
                ],
              },
            ],
          },
        },
      ])
      if (outcome.done) return { came: 'recorded' } as const
      if (outcome.refused[0] === 'condition') {
        const before = await engine.get({ in: 'leads', key })
        if (before) return { came: 'standing', ...standing.parse(before) } as const
      }
      if (outcome.refused[1] === 'condition') return { came: 'not-delivered' } as const
      return { came: 'busy' } as const
    },

    /** Oldest first. */
    async of(deliveryId: string): Promise<Disposition[]> {
      const { pk, sk } = dispositionKey(deliveryId, '')
      return dispositionsIn(await queryAll(engine, { in: 'leads', pk, sk: { prefix: sk }, limit: 100 }))
    },
  }
}

/** Of the rows of a delivery, those that tell what became of it, oldest first. */
export function dispositionsIn(rows: readonly { pk: string; sk: string }[]): Disposition[] {
  const { sk: prefix } = dispositionKey('', '')
  return rows
    .filter(({ sk }) => sk.startsWith(prefix))
    .map((row) => dispositionRow.parse(row))
    .toSorted((one, other) => (one.recordedAt < other.recordedAt ? -1 : 1))
}

const dispositionRow = rowOf(disposition)
const standing = z
  .object({ ...rowOf(disposition).shape, bodyDigest: z.string() })
  .transform(({ bodyDigest, ...told }) => ({ told, bodyDigest }))
