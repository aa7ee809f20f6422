import * as z from 'zod'
import {
  type AccessKey,
  accessKey,
  type Holder,
  maxKeysPerHolder,
  maxKeysPerName,
} from '../../domain/access/access-key.ts'
import { type Generation, generation, isSameGeneration } from '../../domain/catalog/generation.ts'
import { checkGenerationWrite } from '../catalog/record-store.ts'
import type { Condition, Cursor, Engine, Key, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import {
  accessKeyKey,
  accessKeyRecordKey,
  accessKeyUseKey,
  keyRingKey,
  portalLinkKey,
  recordKey,
  type Table,
} from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import { toItem } from '../rows.ts'

export type KeyRing = ReturnType<typeof keyRing>
/** Writes that belong to the revocation of a key. */
type KeyWrites = (key: AccessKey) => readonly Write<Table>[]

/**
 * Creates, lists and revokes secret keys. A ring holds the active keys of one holder; each change is one transaction on
 * it under an optimistic lock.
 */
export function keyRing(engine: Engine<Table>) {
  const findRing = async (holder: Holder) => {
    const row = await engine.get({ in: 'catalog', key: keyRingKey(getHolderName(holder)) })
    return row ? ringRow.parse(row) : { version: 0, live: [] }
  }

  const findKeyRecord = async (keyId: string) => {
    const row = await engine.get({ in: 'catalog', key: accessKeyRecordKey(keyId) })
    return row && keyRecordRow.parse(row)
  }

  /** The key is refused as soon as this returns. Revoking it again has no effect. @throws Refusal if the ring keeps changing */
  async function revoke(keyId: string, at: string, also: KeyWrites = () => []): Promise<'revoked' | 'absent'> {
    const outcome = await retryOnConflict(maxAttempts, async () => {
      const keyRecord = await findKeyRecord(keyId)
      if (!keyRecord) return 'absent'
      if (keyRecord.revokedAt) return 'revoked'
      const currentRing = await findRing(keyRecord.key.holder)
      const live = currentRing.live.filter((one) => one.keyId !== keyId)
      const ifNotRevoked = { all: [{ exists: true }, { attribute: 'revokedAt', is: 'absent' }] } as const
      const { done } = await engine.transact([
        { in: 'catalog', delete: accessKeyKey(keyRecord.sha256) },
        { in: 'catalog', change: accessKeyRecordKey(keyId), set: { revokedAt: at }, when: ifNotRevoked },
        buildRingWrite(keyRecord.key.holder, { version: currentRing.version, live }),
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
     * not exist. `link-used`: a key was created for this link before. @throws Refusal if the ring keeps changing
     */
    async create(
      key: AccessKey,
      sha256: string,
      { linkId, generation: expectedGeneration, also = [] }: KeyOrigin = {},
    ): Promise<'created' | 'too-many' | 'no-holder' | 'link-used'> {
      const { keyId, holder, scope, name, createdAt, expiresAt } = key
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const holderRow = await findHolderRecord(holder)
        if (holderRow === 'absent') return 'no-holder'
        const { generation } = holderRow
        if (linkId !== undefined && !isSameGeneration(generation, expectedGeneration)) return 'no-holder'
        const currentRing = await findRing(holder)
        const live = currentRing.live.filter((one) => one.expiresAt === undefined || one.expiresAt > createdAt)
        const sameName = live.filter((one) => one.name === name)
        if (sameName.length >= maxKeysPerName || live.length >= maxKeysPerHolder) return 'too-many'
        const accessKeyRow = {
          ...accessKeyKey(sha256),
          ...holder,
          scope,
          keyId,
          name,
          ...(generation && { generation }),
          ...toExpiry(expiresAt),
        }
        const entry = { keyId, name, ...(expiresAt && { expiresAt }) }
        const holderChecks = buildHolderChecks(holder, generation)
        const linkWrites = buildLinkWrites(linkId, keyId)
        const result = await engine.transact([
          ...holderChecks,
          ...linkWrites,
          { in: 'catalog', put: accessKeyRow },
          { in: 'catalog', put: { ...accessKeyRecordKey(keyId), sha256, key: toItem(key) } },
          buildRingWrite(holder, { version: currentRing.version, live: [...live, entry] }),
          ...also,
        ])
        if (result.done) return 'created'
        if (holderChecks.length > 0 && result.refused[0] === 'condition') return 'no-holder'
        if (linkWrites.length > 0 && result.refused[holderChecks.length] === 'condition') return 'link-used'
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
      const usedAt = new Map(uses.map((row) => [row.sk, use.parse(row).lastUsedAt]))
      const keys = items.map((row) => {
        const { key, revokedAt } = keyRecordRow.parse(row)
        const lastUsedAt = usedAt.get(key.keyId)
        return { ...key, ...(lastUsedAt && { lastUsedAt }), ...(revokedAt && { revokedAt }) }
      })
      return { keys, ...(next && { next }) }
    },

    /** For a deleted school or source, so that a later one with the same ID does not inherit its keys. */
    async revokeAll(holder: Holder, at: string, also?: KeyWrites): Promise<void> {
      for (const { keyId } of (await findRing(holder)).live) await revoke(keyId, at, also)
    },
  }
}

/** `generation`: that of the school for which the link was created. */
type KeyOrigin = { linkId?: string | undefined; generation?: Generation; also?: readonly Write<Table>[] }

const holderRow = z.object({ generation })
const maxAttempts = 50

const use = z.object({ lastUsedAt: z.string() })
const keyRecordRow = z.object({ key: accessKey, sha256: z.string(), revokedAt: z.string().optional() })
const ringRow = z.object({
  version: z.int(),
  live: z.array(z.object({ keyId: z.string(), name: z.string(), expiresAt: z.string().optional() })),
})

function buildRingWrite(holder: Holder, { version, live }: z.output<typeof ringRow>): Write<Table> {
  const when: Condition = version === 0 ? { exists: false } : { attribute: 'version', is: 'equal', value: version }
  return {
    in: 'catalog',
    put: { ...keyRingKey(getHolderName(holder)), ...toItem({ version: version + 1, live }) },
    when,
  }
}

function getHolderName(holder: Holder): string {
  if (holder.caller === 'operator') return 'operator'
  return holder.caller === 'school' ? `school#${holder.schoolId}` : `source#${holder.sourceId}`
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

/** Lets a link create one key. */
function buildLinkWrites(linkId: string | undefined, keyId: string): Write<Table>[] {
  if (linkId === undefined) return []
  return [{ in: 'catalog', put: { ...portalLinkKey(linkId), keyId }, when: { exists: false } }]
}

function toExpiry(expiresAt: string | undefined) {
  return expiresAt === undefined ? {} : { expiresAt: toEpochSeconds(new Date(expiresAt)) }
}
