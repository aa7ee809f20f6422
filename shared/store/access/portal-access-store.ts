import * as z from 'zod'
import { type AccessKey, maxKeysPerHolder } from '../../domain/access/access-key.ts'
import type { Actor } from '../../domain/access/actor.ts'
import { getIssuerKeyId, maxUnopenedLinks, type PortalLink } from '../../domain/access/portal-access.ts'
import { isSameGeneration } from '../../domain/catalog/generation.ts'
import { checkGenerationWrite } from '../catalog/record-store.ts'
import type { Cursor, Engine, Write } from '../engine/engine.ts'
import { accessKeyRecordKey, accessKeyUseKey, portalListKey, type Table } from '../keys.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import { buildKeyWrites, buildRevocationWrites, keyRecordRow, keyUseRow } from './key-ring.ts'
import { buildRingWrite, findRing, isUnexpired, type Ring } from './key-ring-row.ts'
import {
  buildIssuerChecks,
  buildListWrites,
  dropRevokedIssuers,
  findPortalLink,
  isHolderCurrent,
  isIssuerRevoked,
  saveLinkWrite,
} from './portal-link-rows.ts'

export type PortalAccessStore = ReturnType<typeof portalAccessStore>
/** Why a link does not open a session. */
export type LinkRefusal = 'absent' | 'used' | 'revoked' | 'expired' | 'issuer-revoked' | 'school-deleted' | 'too-many'
type Also<Subject> = (subject: Subject) => readonly Write<Table>[]
type Page = { limit: number; after?: Cursor }

/**
 * Sign-in links of the portal and the sessions that they open. The ring of a school lists the links that can be opened and
 * the sessions that are accepted; each change replaces the ring under its optimistic lock, together with the rows that show it.
 */
export function portalAccessStore(engine: Engine<Table>) {
  const findKeyRecord = async (keyId: string) => {
    const row = await engine.get({ in: 'catalog', key: accessKeyRecordKey(keyId) })
    return row && keyRecordRow.parse(row)
  }
  const list = async (kind: 'LINKS' | 'SESSIONS', { schoolId, ...page }: Page & { schoolId?: string }) => {
    const { pk } = portalListKey(kind, schoolId, '')
    const { items, next } = await engine.query({ in: 'catalog', pk, order: 'descending', ...page })
    const links = await Promise.all(items.map((row) => findPortalLink(engine, listRow.parse(row).linkId)))
    return { links: links.flatMap((one) => one ?? []), ...(next && { next }) }
  }

  return {
    findLink: (linkId: string) => findPortalLink(engine, linkId),
    isHolderCurrent: (link: PortalLink) => isHolderCurrent(engine, link),
    isIssuerRevoked: (link: PortalLink) => isIssuerRevoked(engine, link),
    listLinks: (page: Page & { schoolId?: string }) => list('LINKS', page),

    /** The links that opened a session, by the time of the session, latest first. */
    listOpenedLinks: (page: Page & { schoolId?: string }) => list('SESSIONS', page),

    /** The IDs of the links and sessions of a school that are in its ring, also those that have expired. */
    async listRing(schoolId: string): Promise<ReadonlySet<string>> {
      const { live, links } = await findRing(engine, { caller: 'school', schoolId })
      return new Set([...live.map(({ keyId }) => keyId), ...links.map(({ linkId }) => linkId)])
    },

    /** Returns the key of a session with its last use and what ended it, and its link; nothing for an API key. */
    async findSession(sessionId: string) {
      const record = await findKeyRecord(sessionId)
      const link = record?.key.linkId === undefined ? undefined : await findPortalLink(engine, record.key.linkId)
      if (!record || !link) return undefined
      const use = await engine.get({ in: 'catalog', key: accessKeyUseKey(sessionId) })
      const { key, revokedAt, revokedBy } = record
      return { key, link, revokedAt, revokedBy, lastUsedAt: use && keyUseRow.parse(use).lastUsedAt }
    },

    async createLink(
      link: PortalLink,
      also: readonly Write<Table>[],
    ): Promise<'created' | 'too-many' | 'issuer-revoked' | 'school-deleted'> {
      const { linkId, schoolId, createdAt, expiresAt, generation } = link
      const holder = { caller: 'school', schoolId } as const
      return retryUntilDone(async () => {
        if (!(await isHolderCurrent(engine, link))) return 'school-deleted'
        if (await isIssuerRevoked(engine, link)) return 'issuer-revoked'
        const ring = await findRing(engine, holder)
        const links = ring.links.filter(
          (one) => isUnexpired(one, createdAt) && isSameGeneration(one.generation, generation),
        )
        if (links.length >= maxUnopenedLinks) return 'too-many'
        const entry = { linkId, expiresAt, ...(generation && { generation }) }
        const { done } = await engine.transact([
          checkGenerationWrite('schools', { id: schoolId, ...(generation && { generation }) }),
          ...buildIssuerChecks(link),
          saveLinkWrite(link),
          ...buildListWrites('LINKS', { schoolId, linkId, at: createdAt }),
          buildRingWrite(holder, { ...ring, links: [...links, entry] }),
          ...also,
        ])
        return done ? 'created' : 'conflict'
      })
    },

    /** Creates the key of a session, once per link, or returns why the link does not open one. */
    async openLink(
      linkId: string,
      session: { key: AccessKey; sha256: string },
      also: Also<PortalLink>,
    ): Promise<PortalLink | LinkRefusal> {
      const { keyId, name, createdAt: at, expiresAt } = session.key
      return retryUntilDone(async () => {
        const link = await findPortalLink(engine, linkId)
        if (!link) return 'absent'
        if (link.revokedAt) return 'revoked'
        if (link.openedAt) return 'used'
        if (link.expiresAt <= at) return 'expired'
        if (!(await isHolderCurrent(engine, link))) return 'school-deleted'
        if (await isIssuerRevoked(engine, link)) return 'issuer-revoked'
        const { schoolId, generation } = link
        const holder = { caller: 'school', schoolId } as const
        const ring = await findRing(engine, holder)
        if (!ring.links.some((one) => one.linkId === linkId)) return 'revoked'
        const unexpired = ring.live.filter((one) => isUnexpired(one, at))
        const live = unexpired.length < maxKeysPerHolder ? unexpired : await dropRevokedIssuers(engine, unexpired)
        if (live.length >= maxKeysPerHolder) return 'too-many'
        const origin = { linkId, issuerKeyId: getIssuerKeyId(link) }
        const entry = { keyId, name, expiresAt, ...origin }
        const openedLink = { ...link, openedAt: at, sessionId: keyId }
        const { done } = await engine.transact([
          checkGenerationWrite('schools', { id: schoolId, ...(generation && { generation }) }),
          ...buildIssuerChecks(link),
          saveLinkWrite(openedLink, link),
          ...buildKeyWrites(session.key, session.sha256, { ...(generation && { generation }), ...origin }),
          ...buildListWrites('SESSIONS', { schoolId, linkId, at }),
          buildRingWrite(holder, { ...ring, live: [...live, entry], links: withoutLink(ring, linkId) }),
          ...also(openedLink),
        ])
        return done ? openedLink : 'conflict'
      })
    },

    /** The link does not open and its session is refused as soon as this returns. An ended one stays as it is. */
    async revokeLink(linkId: string, end: End, also: Also<PortalLink>): Promise<'revoked' | 'absent'> {
      return retryUntilDone(async () => {
        const link = await findPortalLink(engine, linkId)
        if (!link) return 'absent'
        const { schoolId, sessionId } = link
        const holder = { caller: 'school', schoolId } as const
        const ring = await findRing(engine, holder)
        const isOpen = ring.links.some((one) => one.linkId === linkId && isUnexpired(one, end.at))
        const session = ring.live.find((one) => one.linkId === linkId && isUnexpired(one, end.at))
        if (!isOpen && !session) return 'revoked'
        const record = sessionId === undefined ? undefined : await findKeyRecord(sessionId)
        const { done } = await engine.transact([
          saveLinkWrite(toRevokedLink(link, end), link),
          ...(session && record ? buildRevocationWrites(record, end) : []),
          buildRingWrite(holder, {
            ...ring,
            live: ring.live.filter((one) => one.linkId !== linkId),
            links: withoutLink(ring, linkId),
          }),
          ...also(link),
        ])
        return done ? 'revoked' : 'conflict'
      })
    },

    /** Ends one session. One that has ended stays as it is. */
    async endSession(sessionId: string, end: End, also: Also<AccessKey>): Promise<'ended' | 'absent'> {
      return retryUntilDone(async () => {
        const record = await findKeyRecord(sessionId)
        if (record?.key.linkId === undefined) return 'absent'
        const { holder } = record.key
        const ring = await findRing(engine, holder)
        if (!ring.live.some((one) => one.keyId === sessionId && isUnexpired(one, end.at))) return 'ended'
        const { done } = await engine.transact([
          ...buildRevocationWrites(record, end),
          buildRingWrite(holder, { ...ring, live: ring.live.filter((one) => one.keyId !== sessionId) }),
          ...also(record.key),
        ])
        return done ? 'ended' : 'conflict'
      })
    },

    /**
     * Ends all sessions of a school, and with `links` the links that were not opened, in one write. Who ended each is noted
     * afterwards, for lists: a session is refused even if that does not happen.
     */
    async endAll(
      schoolId: string,
      { links: isEndingLinks, ...end }: End & { links: boolean },
      also: Also<{ sessions: string[]; links: string[] }>,
    ): Promise<{ sessions: string[]; links: string[] }> {
      const holder = { caller: 'school', schoolId } as const
      const ended = await retryUntilDone(async () => {
        const ring = await findRing(engine, holder)
        const sessions = ring.live.filter((one) => one.linkId !== undefined && isUnexpired(one, end.at))
        const links = isEndingLinks ? ring.links.filter((one) => isUnexpired(one, end.at)) : []
        const ids = { sessions: sessions.map(({ keyId }) => keyId), links: links.map(({ linkId }) => linkId) }
        if (sessions.length + links.length === 0) return ids
        const { done } = await engine.transact([
          buildRingWrite(holder, {
            ...ring,
            live: ring.live.filter((one) => !sessions.includes(one)),
            links: ring.links.filter((one) => !links.includes(one)),
          }),
          ...also(ids),
        ])
        return done ? ids : 'conflict'
      })
      for (const sessionId of ended.sessions) {
        const record = await findKeyRecord(sessionId)
        if (record) await engine.transact(buildRevocationWrites(record, end))
      }
      for (const linkId of ended.links) {
        const link = await findPortalLink(engine, linkId)
        if (link) await engine.transact([saveLinkWrite(toRevokedLink(link, end), link)])
      }
      return ended
    },
  }
}

const maxAttempts = 50
const listRow = z.object({ linkId: z.string() })

/** @throws Refusal if other writers won every attempt */
async function retryUntilDone<Result>(work: () => Promise<Result | 'conflict'>): Promise<Result> {
  const outcome = await retryOnConflict(maxAttempts, work)
  if (outcome === 'conflict') throw conflictRefusal()
  return outcome
}

type End = { at: string; by: Actor }

function toRevokedLink(link: PortalLink, { at, by }: End): PortalLink {
  return { ...link, revokedAt: at, revokedBy: by }
}

function withoutLink({ links }: Ring, linkId: string): Ring['links'] {
  return links.filter((one) => one.linkId !== linkId)
}
