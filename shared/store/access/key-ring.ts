import * as z from 'zod'
import {
  type AccessKey,
  accessKey,
  type Holder,
  mostOfOneHolder,
  mostOfOneName,
} from '../../domain/access/access-key.ts'
import type { Condition, Cursor, Engine, Write } from '../engine/engine.ts'
import { epochSeconds } from '../engine/expiry.ts'
import { keyKey, keyLinkKey, keyRingKey, keyStoryKey, keyUseKey, recordKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { plain } from '../rows.ts'

export type KeyRing = ReturnType<typeof keyRing>

/** Makes, lists and revokes secret keys. Each change is one transaction on the ring of the holder, so none is lost. */
export function keyRing(engine: Engine<Table>) {
  const ringOf = async (holder: Holder) => {
    const row = await engine.get({ in: 'catalog', key: keyRingKey(nameOf(holder)) })
    return row ? ring.parse(row) : { version: 0, live: [] }
  }

  const storyOf = async (keyId: string) => {
    const row = await engine.get({ in: 'catalog', key: keyStoryKey(keyId) })
    return row && story.parse(row)
  }

  /** Refused from the moment that this returns. Revoking again changes nothing. */
  async function revoke(keyId: string, at: string): Promise<'revoked' | 'absent'> {
    for (;;) {
      const found = await storyOf(keyId)
      if (!found) return 'absent'
      if (found.revokedAt) return 'revoked'
      const before = await ringOf(found.key.holder)
      const live = before.live.filter((one) => one.keyId !== keyId)
      const unrevoked = { all: [{ exists: true }, { attribute: 'revokedAt', is: 'absent' }] } as const
      const { done } = await engine.transact([
        { in: 'catalog', delete: keyKey(found.sha256) },
        { in: 'catalog', change: keyStoryKey(keyId), set: { revokedAt: at }, when: unrevoked },
        ringWrite(found.key.holder, { version: before.version, live }),
      ])
      if (done) return 'revoked'
    }
  }

  return {
    revoke,

    /** What may be known of a key. */
    find: async (keyId: string): Promise<AccessKey | undefined> => (await storyOf(keyId))?.key,

    /**
     * `too-many`: there are two live keys of that name already. `no-holder`: the school or source is not there. `used`: a
     * key was made for this link before.
     */
    async make(key: AccessKey, sha256: string, link?: string): Promise<'made' | 'too-many' | 'no-holder' | 'used'> {
      const { keyId, holder, scope, name, createdAt, expiresAt } = key
      for (;;) {
        const before = await ringOf(holder)
        const live = before.live.filter((one) => one.expiresAt === undefined || one.expiresAt > createdAt)
        const namesakes = live.filter((one) => one.name === name)
        if (namesakes.length >= mostOfOneName || live.length >= mostOfOneHolder) return 'too-many'
        const lookUp = { ...keyKey(sha256), ...holder, scope, keyId, ...until(expiresAt) }
        const entry = { keyId, name, ...(expiresAt && { expiresAt }) }
        const holderThere = holderCheck(holder)
        const unused = linkWrite(link, keyId)
        const outcome = await engine.transact([
          ...holderThere,
          ...unused,
          { in: 'catalog', put: lookUp },
          { in: 'catalog', put: { ...keyStoryKey(keyId), sha256, key: plain(key) } },
          ringWrite(holder, { version: before.version, live: [...live, entry] }),
        ])
        if (outcome.done) return 'made'
        if (holderThere.length > 0 && outcome.refused[0] === 'condition') return 'no-holder'
        if (unused.length > 0 && outcome.refused[holderThere.length] === 'condition') return 'used'
      }
    },

    /** All keys by id, also revoked and expired ones, with their last use. */
    async list(page: { limit: number; after?: Cursor }) {
      const { items, next } = await engine.query({ in: 'catalog', pk: keyStoryKey('').pk, ...page })
      const [first, last] = [items[0]?.sk, items.at(-1)?.sk]
      const span = first !== undefined && last !== undefined && { sk: { from: first, to: last } }
      const uses = span ? await queryAll(engine, { in: 'catalog', pk: keyUseKey('').pk, ...span, limit: 100 }) : []
      const usedAt = new Map(uses.map((row) => [row.sk, use.parse(row).lastUsedAt]))
      const keys = items.map((row) => {
        const { key, revokedAt } = story.parse(row)
        const lastUsedAt = usedAt.get(key.keyId)
        return { ...key, ...(lastUsedAt && { lastUsedAt }), ...(revokedAt && { revokedAt }) }
      })
      return { keys, ...(next && { next }) }
    },

    /** For when a school or source has been removed: another of its id shall not inherit its keys. */
    async revokeAllOf(holder: Holder, at: string): Promise<void> {
      for (const { keyId } of (await ringOf(holder)).live) await revoke(keyId, at)
    },
  }
}

const use = z.object({ lastUsedAt: z.string() })
const story = z.object({ key: accessKey, sha256: z.string(), revokedAt: z.string().optional() })
const ring = z.object({
  version: z.int(),
  live: z.array(z.object({ keyId: z.string(), name: z.string(), expiresAt: z.string().optional() })),
})

function ringWrite(holder: Holder, { version, live }: z.output<typeof ring>): Write<Table> {
  const when: Condition = version === 0 ? { exists: false } : { attribute: 'version', is: 'equal', value: version }
  return { in: 'catalog', put: { ...keyRingKey(nameOf(holder)), ...plain({ version: version + 1, live }) }, when }
}

function nameOf(holder: Holder): string {
  if (holder.caller === 'operator') return 'operator'
  return holder.caller === 'school' ? `school#${holder.schoolId}` : `source#${holder.sourceId}`
}

/** A key is for somebody: who is removed meanwhile gets none. */
function holderCheck(holder: Holder): Write<Table>[] {
  if (holder.caller === 'operator') return []
  const key = holder.caller === 'school' ? recordKey('schools', holder.schoolId) : recordKey('sources', holder.sourceId)
  return [{ in: 'catalog', check: key, when: { exists: true } }]
}

/** What makes a link work once. */
function linkWrite(link: string | undefined, keyId: string): Write<Table>[] {
  return link === undefined ? [] : [{ in: 'catalog', put: { ...keyLinkKey(link), keyId }, when: { exists: false } }]
}

function until(expiresAt: string | undefined) {
  return expiresAt === undefined ? {} : { expiresAt: epochSeconds(new Date(expiresAt)) }
}
