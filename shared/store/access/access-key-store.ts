import * as z from 'zod'
import { generation, isSameGeneration } from '../../domain/catalog/generation.ts'
import { addHours } from '../../domain/time.ts'
import type { Engine, Row, Write } from '../engine/engine.ts'
import { accessKeyKey, accessKeyUseKey, recordKey, type Table } from '../keys.ts'
import { parseOnce } from '../parse-once.ts'
import { toItem } from '../rows.ts'
import { findRing, isKeyRevoked } from './key-ring-row.ts'

const keyFields = { keyId: z.string().optional(), name: z.string().optional() }

/**
 * The caller of a key, and what it may do. A publishable key may submit forms and has no ID. Keys that are older than
 * scopes have neither scope nor ID and keep the rights that they had. Keys that are older than audit entries have no name here.
 */
export const keyHolder = z.discriminatedUnion('caller', [
  z.object({
    caller: z.literal('source'),
    sourceId: z.string(),
    scope: z.enum(['form', 'server']).default('form'),
    ...keyFields,
    generation,
  }),
  z.object({
    caller: z.literal('school'),
    schoolId: z.string(),
    scope: z.enum(['read', 'manage']).default('manage'),
    ...keyFields,
    generation,
    /** Of a portal session: its link, and the staff key that created the link. */
    linkId: z.string().optional(),
    issuerKeyId: z.string().optional(),
  }),
  z.object({ caller: z.literal('operator'), scope: z.enum(['read', 'admin']).default('admin'), ...keyFields }),
])
export type KeyHolder = z.output<typeof keyHolder>
type SchoolKeyHolder = Extract<KeyHolder, { caller: 'school' }>

const parseHolder = parseOnce((row: Row) => keyHolder.parse(row))

/** Looks keys up by their hash. Nothing is cached here, so that a revoked key is refused at once. */
export function accessKeyStore(engine: Engine<Table>) {
  /** A school that was deleted and written again is another school. Sources are checked where their record is read. */
  const isCurrentSchool = async ({ schoolId, generation }: SchoolKeyHolder) => {
    const row = await engine.get({ in: 'catalog', key: recordKey('schools', schoolId) })
    return row !== undefined && isSameGeneration(holderRecord.parse(row).generation, generation)
  }
  /** A session ends when the ring of its school drops it, and when the staff key that created its link is revoked. */
  const isCurrentSession = async ({ schoolId, keyId, linkId, issuerKeyId }: SchoolKeyHolder) => {
    if (linkId === undefined) return true
    const [{ live }, isIssuerRevoked] = await Promise.all([
      findRing(engine, { caller: 'school', schoolId }),
      issuerKeyId !== undefined && isKeyRevoked(engine, issuerKeyId),
    ])
    return !isIssuerRevoked && live.some((one) => one.keyId === keyId)
  }
  const isCurrent = async (holder: SchoolKeyHolder) =>
    !(await Promise.all([isCurrentSchool(holder), isCurrentSession(holder)])).includes(false)
  const lastRecordedAt = new Map<string, number>()
  return {
    /** Returns nothing for an unknown, expired or revoked key. */
    async findHolder(sha256: string): Promise<KeyHolder | undefined> {
      const row = await engine.get({ in: 'catalog', key: accessKeyKey(sha256) })
      const holder = row && parseHolder(row)
      return holder?.caller === 'school' && !(await isCurrent(holder)) ? undefined : holder
    },

    /** Records the last use of a key, at most once an hour per key across all processes. */
    async recordUse(keyId: string, at: Date): Promise<void> {
      const previous = lastRecordedAt.get(keyId)
      if (previous !== undefined && at.getTime() - previous < hourMs) return
      if (lastRecordedAt.size >= maxRemembered) lastRecordedAt.clear()
      lastRecordedAt.set(keyId, at.getTime())
      const hourAgo = addHours(at.toISOString(), -1)
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

/** Part of the transaction that creates a source with its publishable key. */
export function saveKeyWrite(sha256: string, holder: KeyHolder): Write<Table> {
  return { in: 'catalog', put: { ...accessKeyKey(sha256), ...toItem(holder) } }
}

/** Part of the transaction that deletes a source, so that a later source with the same ID does not inherit its key. */
export function removeKeyWrite(sha256: string): Write<Table> {
  return { in: 'catalog', delete: accessKeyKey(sha256) }
}

const holderRecord = z.object({ generation })
const hourMs = 60 * 60 * 1000
const maxRemembered = 1000
