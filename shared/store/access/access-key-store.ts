import * as z from 'zod'
import type { Engine, Write } from '../engine/engine.ts'
import { accessKeyKey, accessKeyUseKey, type Table } from '../keys.ts'
import { toItem } from '../rows.ts'

const keyId = z.string().optional()

/**
 * Whom a key speaks for, and how much it may do. A publishable key may send what a page's form sends, and has no id.
 * Keys from before there were scopes have neither, and may do all that they could.
 */
export const keyHolder = z.discriminatedUnion('caller', [
  z.object({
    caller: z.literal('source'),
    sourceId: z.string(),
    scope: z.enum(['form', 'server']).default('form'),
    keyId,
  }),
  z.object({
    caller: z.literal('school'),
    schoolId: z.string(),
    scope: z.enum(['read', 'manage']).default('manage'),
    keyId,
  }),
  z.object({ caller: z.literal('operator'), scope: z.enum(['read', 'admin']).default('admin'), keyId }),
])
export type KeyHolder = z.output<typeof keyHolder>

/** Keys by their hash: none can be read back from the table. Nothing is cached, so what is revoked is refused at once. */
export function accessKeyStore(engine: Engine<Table>) {
  const lastRecordedAt = new Map<string, number>()
  return {
    /** An expired key speaks for nobody. */
    async findHolder(sha256: string): Promise<KeyHolder | undefined> {
      const row = await engine.get({ in: 'catalog', key: accessKeyKey(sha256) })
      return row && keyHolder.parse(row)
    },

    /** Notes when a key was last used: once an hour for each key, however many processes see it. */
    async recordUse(keyId: string, at: Date): Promise<void> {
      const previous = lastRecordedAt.get(keyId)
      if (previous !== undefined && at.getTime() - previous < hour) return
      if (lastRecordedAt.size >= maxNoted) lastRecordedAt.clear()
      lastRecordedAt.set(keyId, at.getTime())
      const hourAgo = new Date(at.getTime() - hour).toISOString()
      await engine.transact([
        {
          in: 'catalog',
          change: accessKeyUseKey(keyId),
          set: { lastUsedAt: at.toISOString() },
          when: {
            any: [
              { attribute: 'lastUsedAt', is: 'absent' },
              { attribute: 'lastUsedAt', is: 'at-most', value: hourAgo },
            ],
          },
        },
      ])
    },
  }
}

/** For a transaction that makes a publishable key together with its source. */
export function saveKeyWrite(sha256: string, holder: KeyHolder): Write<Table> {
  return { in: 'catalog', put: { ...accessKeyKey(sha256), ...toItem(holder) } }
}

/** For a transaction that removes the source of a publishable key: another of its name shall not inherit it. */
export function removeKeyWrite(sha256: string): Write<Table> {
  return { in: 'catalog', delete: accessKeyKey(sha256) }
}

const hour = 60 * 60 * 1000
const maxNoted = 1000
