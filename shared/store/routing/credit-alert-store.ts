import * as z from 'zod'
import { counterOwner, creditCounter } from '../../domain/routing/caps.ts'
import type { CreditLevel } from '../../domain/routing/edits/credit-level.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { counterKey, type Table } from '../keys.ts'

/**
 * The level of its credit of which staff were last told, next to the counter of what the school has spent. A school is
 * named with its generation (`toOwnerName`).
 */
export function creditAlertStore(engine: Engine<Table>) {
  const toKey = (schoolOwner: string) => counterKey(counterOwner('schools', schoolOwner), creditCounter)
  return {
    /** Undefined if no lead of the school has used its credit yet. */
    async find(schoolOwner: string): Promise<{ usedCents: number; level: CreditLevel } | undefined> {
      const row = await engine.get({ in: 'leads', key: toKey(schoolOwner) })
      if (!row) return undefined
      const { used, alertedLevel } = creditRow.parse(row)
      return { usedCents: used, level: alertedLevel }
    },

    /** Returns whether this call changed the level: of two runs at the same time, one does. */
    async changeLevel(schoolOwner: string, from: CreditLevel, to: CreditLevel): Promise<boolean> {
      const isUnchanged = { attribute: 'alertedLevel', is: 'equal', value: from } as const
      const isFirst = { all: [{ exists: true }, { attribute: 'alertedLevel', is: 'absent' }] } as const
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: toKey(schoolOwner),
          set: { alertedLevel: to },
          when: from === 0 ? { any: [isUnchanged, isFirst] } : isUnchanged,
        },
      ])
      return done
    },
  }
}

/** What a school owes, and the value of its counter when that was added up; undefined if it had none. */
export type CreditStart = { owedCents: number; usedCents: number | undefined }

/**
 * Sets the counter of a school whose leads are counted against its credit from now on. It fails if a payment was recorded
 * since it was read.
 */
export function startCreditWrite(schoolOwner: string, { owedCents, usedCents }: CreditStart): Write<Table> {
  const key = counterKey(counterOwner('schools', schoolOwner), creditCounter)
  const when =
    usedCents === undefined
      ? ({ exists: false } as const)
      : ({ attribute: 'used', is: 'equal', value: usedCents } as const)
  return { in: 'leads', put: { ...key, used: owedCents }, when }
}

const creditRow = z.object({
  used: z.number(),
  alertedLevel: z.union([z.literal(0), z.literal(80), z.literal(100)]).default(0),
})
