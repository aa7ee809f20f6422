import * as z from 'zod'
import { type Disposition, disposition } from '../../domain/aftercare/disposition.ts'
import { deliveryState } from '../../domain/delivery/delivery.ts'
import type { Condition, Engine, Row, Write } from '../engine/engine.ts'
import { ifLead } from '../if-unchanged.ts'
import { deliveryKey, dispositionKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { markRecountWrites } from '../reporting/recount-marks.ts'
import { toItem, toRowSchema } from '../rows.ts'

/** `name` is the idempotency key of a disposition within its delivery. */
export type DispositionIdentity = { name: string; schoolId: string; bodyDigest: string }
export type DispositionStore = ReturnType<typeof dispositionStore>

/** Dispositions: added to the partition of their delivery, whose row shows the latest one. */
export function dispositionStore(engine: Engine<Table>) {
  return {
    /** `not-taken`: the school never took the lead or got credit for it, or the delivery belongs to another school. */
    async record(
      input: Disposition,
      { name, schoolId, bodyDigest }: DispositionIdentity,
      also: readonly Write<Table>[] = [],
    ) {
      const { deliveryId } = input
      const key = dispositionKey(deliveryId, name)
      const outcome = await engine.transact([
        { in: 'leads', put: { ...key, ...toItem(input), bodyDigest }, when: ifAbsentOrUndone },
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          set: { disposition: { disposition: input.disposition, at: input.at }, dispositionId: input.dispositionId },
          when: {
            all: [
              { attribute: 'schoolId', is: 'equal', value: schoolId },
              // A note that is written after the erasure would stay for ever; an erasure notice is no lead.
              { attribute: 'state', is: 'one-of', values: deliveryState.exclude(['erased']).options },
              ...ifLead,
              // A school reports an opt-out whether or not it took the lead.
              ...(input.disposition === 'opted-out' ? [] : hasLead),
            ],
          },
        },
        ...also,
        ...markRecountWrites({ deliveryId, at: input.recordedAt }),
      ])
      if (outcome.done) return { kind: 'recorded' } as const
      if (outcome.refused[0] === 'condition') {
        const existingRow = await engine.get({ in: 'leads', key })
        if (existingRow) return { kind: 'already-saved', ...existingDisposition.parse(existingRow) } as const
      }
      if (outcome.refused[1] === 'condition') return { kind: 'not-taken' } as const
      return { kind: 'conflict' } as const
    },

    /**
     * Takes back the latest disposition of a delivery, which then shows the one before it. The row stays, with the time at
     * which it was undone. `not-latest`: a later one was recorded meanwhile.
     */
    async undo(
      { deliveryId, dispositionId }: Pick<Disposition, 'deliveryId' | 'dispositionId'>,
      { at, schoolId }: { at: string; schoolId: string },
      also: readonly Write<Table>[] = [],
    ): Promise<{ kind: 'undone'; latest?: Disposition } | { kind: 'not-latest' | 'conflict' }> {
      const { pk, sk } = dispositionKey(deliveryId, '')
      const rows = await queryAll(engine, { in: 'leads', pk, sk: { prefix: sk }, limit: 100 })
      const own = rows.find((row) => row.dispositionId === dispositionId)
      const latest = parseDispositions(rows.filter((row) => row !== own)).at(-1)
      if (!own || own.undoneAt !== undefined) return { kind: 'not-latest' }
      const outcome = await engine.transact([
        {
          in: 'leads',
          change: { pk: own.pk, sk: own.sk },
          set: { undoneAt: at },
          when: { attribute: 'undoneAt', is: 'absent' },
        },
        {
          in: 'leads',
          change: deliveryKey(deliveryId),
          ...(latest
            ? {
                set: {
                  disposition: { disposition: latest.disposition, at: latest.at },
                  dispositionId: latest.dispositionId,
                },
              }
            : { set: {}, remove: ['disposition', 'dispositionId'] }),
          when: {
            all: [
              { attribute: 'schoolId', is: 'equal', value: schoolId },
              { attribute: 'dispositionId', is: 'equal', value: dispositionId },
            ],
          },
        },
        ...also,
        ...markRecountWrites({ deliveryId, at }),
      ])
      if (outcome.done) return { kind: 'undone', ...(latest && { latest }) }
      return { kind: outcome.refused[0] || outcome.refused[1] ? 'not-latest' : 'conflict' }
    },

    /** Oldest first. */
    async list(deliveryId: string): Promise<Disposition[]> {
      const { pk, sk } = dispositionKey(deliveryId, '')
      return parseDispositions(await queryAll(engine, { in: 'leads', pk, sk: { prefix: sk }, limit: 100 }))
    },
  }
}

const ifAbsentOrUndone: Condition = { any: [{ exists: false }, { attribute: 'undoneAt', is: 'present' }] }

const hasLead: readonly Condition[] = [
  { attribute: 'deliveredAt', is: 'present' },
  { attribute: 'returnedAt', is: 'absent' },
]

/** Finds the dispositions among the rows of a delivery, oldest first, without those that were undone. */
export function parseDispositions(rows: readonly Row[]): Disposition[] {
  const { sk: prefix } = dispositionKey('', '')
  return rows
    .filter(({ sk, undoneAt }) => sk.startsWith(prefix) && undoneAt === undefined)
    .map((row) => dispositionRow.parse(row))
    .toSorted((one, other) => (one.recordedAt < other.recordedAt ? -1 : 1))
}

const dispositionRow = toRowSchema(disposition)
const existingDisposition = z
  .object({ ...toRowSchema(disposition).shape, bodyDigest: z.string() })
  .transform(({ bodyDigest, ...existing }) => ({ existing, bodyDigest }))
