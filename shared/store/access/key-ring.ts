import * as z from 'zod'
import {
  type AccessKey,
  accessKey,
  type Holder,
  maxKeysPerHolder,
  maxKeysPerName,
} from '../../domain/access/access-key.ts'
import { type Actor, actor } from '../../domain/access/actor.ts'
import { type Generation, generation } from '../../domain/catalog/generation.ts'
import { checkGenerationWrite } from '../catalog/record-store.ts'
import type { Cursor, Engine, Key, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { accessKeyKey, accessKeyRecordKey, accessKeyUseKey, recordKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import { toItem } from '../rows.ts'
import { buildRingWrite, findRing, isUnexpired } from './key-ring-row.ts'

export type KeyRing = ReturnType<typeof keyRing>
/** Writes that belong to the revocation of a key. */
type KeyWrites = (key: AccessKey) => readonly Write<Table>[]

/**
 * Creates, lists and revokes secret keys. A ring holds the active keys of one holder; each change is one transaction on
 * it under an optimistic lock.
 */
export function keyRing(engine: Engine<Table>) {
  const findKeyRecord = async (keyId: string) => {
    const row = await engine.get({ in: 'catalog', key: accessKeyRecordKey(keyId) })
    return row && keyRecordRow.parse(row)
  }

  /** The key is refused as soon as this returns. Revoking it again has no effect. @throws Refusal if the ring keeps changing */
  async function revoke(
    keyId: string,
    { at, by }: Revocation,
    also: KeyWrites = () => [],
  ): Promise<'revoked' | 'absent'> {
    const outcome = await retryOnConflict(maxAttempts, async () => {
      const keyRecord = await findKeyRecord(keyId)
      if (!keyRecord) return 'absent'
      if (keyRecord.revokedAt) return 'revoked'
      const ring = await findRing(engine, keyRecord.key.holder)
      const { done } = await engine.transact([
        ...buildRevocationWrites(keyRecord, { at, by }),
        buildRingWrite(keyRecord.key.holder, { ...ring, live: ring.live.filter((one) => one.keyId !== keyId) }),
        ...also(keyRecord.key),
      ])
      return done ? 'revoked' : 'conflict'
    })
    if (outcome === 'conflict') throw conflictRefusal()
    return outcome
  }

  const findHolderRecord = async (holder: Holder) => {
    const key = toHolderRecordKey(holder)
    if (!key) return {}
    const row = await engine.get({ in: 'catalog', key })
    return row ? holderRow.parse(row) : 'absent'
  }

  return {
    revoke,

    /** Returns a key without its secret. */
    find: async (keyId: string): Promise<AccessKey | undefined> => (await findKeyRecord(keyId))?.key,

    /**
     * `too-many`: the holder has too many active keys, of this name or in total. `no-holder`: the school or source does
     * not exist. `not-first`: `onlyIfFirst` was asked for, and the holder has an active key.
     * @throws Refusal if the ring keeps changing
     */
    async create(
      key: AccessKey,
      sha256: string,
      { also = [], onlyIfFirst = false }: { also?: readonly Write<Table>[]; onlyIfFirst?: boolean | undefined } = {},
    ): Promise<'created' | 'too-many' | 'no-holder' | 'not-first'> {
      const { keyId, holder, name, createdAt, expiresAt } = key
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const holderRow = await findHolderRecord(holder)
        if (holderRow === 'absent') return 'no-holder'
        const { generation } = holderRow
        const ring = await findRing(engine, holder)
        const live = ring.live.filter((one) => isUnexpired(one, createdAt))
        if (onlyIfFirst && live.length > 0) return 'not-first'
        const sameName = live.filter((one) => one.name === name)
        if (sameName.length >= maxKeysPerName || live.length >= maxKeysPerHolder) return 'too-many'
        const entry = { keyId, name, ...(expiresAt && { expiresAt }) }
        const holderChecks = buildHolderChecks(holder, generation)
        const result = await engine.transact([
          ...holderChecks,
          ...buildKeyWrites(key, sha256, { ...(generation && { generation }) }),
          buildRingWrite(holder, { ...ring, live: [...live, entry] }),
          ...also,
        ])
        if (result.done) return 'created'
        if (holderChecks.length > 0 && result.refused[0] === 'condition') return 'no-holder'
        return 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
      return outcome
    },

    /** All keys by ID, including revoked and expired ones, with their last use. */
    async list(page: { limit: number; after?: Cursor }) {
      const { items, next } = await engine.query({ in: 'catalog', pk: accessKeyRecordKey('').pk, ...page })
      const [first, last] = [items[0]?.sk, items.at(-1)?.sk]
      const span = first !== undefined && last !== undefined && { sk: { from: first, to: last } }
      const uses = span
        ? await queryAll(engine, { in: 'catalog', pk: accessKeyUseKey('').pk, ...span, limit: 100 })
        : []
      const usedAt = new Map(uses.map((row) => [row.sk, keyUseRow.parse(row).lastUsedAt]))
      const keys = items.map((row) => {
        const { key, revokedAt } = keyRecordRow.parse(row)
        const lastUsedAt = usedAt.get(key.keyId)
        return { ...key, ...(lastUsedAt && { lastUsedAt }), ...(revokedAt && { revokedAt }) }
      })
      return { keys, ...(next && { next }) }
    },

    /** For a deleted school or source, so that a later one with the same ID does not inherit its keys. */
    async revokeAll(holder: Holder, at: string, also?: KeyWrites): Promise<void> {
      for (const { keyId } of (await findRing(engine, holder)).live) await revoke(keyId, { at }, also)
    },
  }
}

const holderRow = z.object({ generation })
const maxAttempts = 50

export const keyUseRow = z.object({ lastUsedAt: z.string() })
/** `revokedBy` is absent if the school or source of the key was deleted. */
export const keyRecordRow = z.object({
  key: accessKey,
  sha256: z.string(),
  revokedAt: z.string().optional(),
  revokedBy: actor.optional(),
})
type KeyRecord = z.output<typeof keyRecordRow>
type Revocation = { at: string; by?: Actor | undefined }

/** Part of the transaction that adds a key to the ring of its holder. `details` are read when the key is used. */
export function buildKeyWrites(
  key: AccessKey,
  sha256: string,
  details: { generation?: Generation; linkId?: string; issuerKeyId?: string | undefined },
): Write<Table>[] {
  const { keyId, holder, scope, name, expiresAt } = key
  const holderRow = { ...holder, scope, keyId, name, ...details }
  return [
    { in: 'catalog', put: { ...accessKeyKey(sha256), ...toItem(holderRow), ...toExpiry(expiresAt) } },
    { in: 'catalog', put: { ...accessKeyRecordKey(keyId), sha256, key: toItem(key) } },
  ]
}

/** Part of the transaction that takes a key out of the ring of its holder. Fails if the key was revoked before. */
export function buildRevocationWrites({ key: { keyId }, sha256 }: KeyRecord, { at, by }: Revocation): Write<Table>[] {
  const ifNotRevoked = { all: [{ exists: true }, { attribute: 'revokedAt', is: 'absent' }] } as const
  const set = { revokedAt: at, ...(by && { revokedBy: toItem(by) }) }
  return [
    { in: 'catalog', delete: accessKeyKey(sha256) },
    { in: 'catalog', change: accessKeyRecordKey(keyId), set, when: ifNotRevoked },
  ]
}

/** The school or source may be deleted, and written again, while its key is created. */
function buildHolderChecks(holder: Holder, generation: Generation): Write<Table>[] {
  if (holder.caller === 'operator') return []
  return holder.caller === 'school'
    ? [checkGenerationWrite('schools', { id: holder.schoolId, ...(generation && { generation }) })]
    : [checkGenerationWrite('sources', { id: holder.sourceId, ...(generation && { generation }) })]
}

function toHolderRecordKey(holder: Holder): Key | undefined {
  if (holder.caller === 'operator') return undefined
  return holder.caller === 'school' ? recordKey('schools', holder.schoolId) : recordKey('sources', holder.sourceId)
}

function toExpiry(expiresAt: string | undefined) {
  return expiresAt === undefined ? {} : { expiresAt: toEpochSeconds(new Date(expiresAt)) }
}
