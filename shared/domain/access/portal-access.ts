import * as z from 'zod'
import { generation } from '../catalog/generation.ts'
import { idSchema } from '../ids.ts'
import { instant, recordId } from '../vocabulary.ts'
import type { AccessKey } from './access-key.ts'
import { type Actor, actor } from './actor.ts'

/** A link that signs a school in to the portal once, as it is stored. */
export const portalLink = z.object({
  linkId: idSchema('link'),
  schoolId: recordId,
  /** The generation of the school for which the link was created. */
  generation,
  scope: z.enum(['read', 'manage']),
  createdAt: instant,
  createdBy: actor,
  expiresAt: instant,
  openedAt: instant.optional(),
  /** The key of the session that it opened. */
  sessionId: z.string().optional(),
  revokedAt: instant.optional(),
  revokedBy: actor.optional(),
})
export type PortalLink = z.output<typeof portalLink>

/** A session with what ended it. Its ID is that of its key. */
export type PortalSession = {
  key: AccessKey
  link: PortalLink
  revokedAt: string | undefined
  revokedBy: Actor | undefined
}

export const portalLinkState = z.enum(['unopened', 'used', 'expired', 'revoked', 'issuer-revoked', 'school-deleted'])
export type PortalLinkState = z.output<typeof portalLinkState>

export const portalSessionState = z.enum([
  'active',
  'signed-out',
  'ended',
  'expired',
  'issuer-revoked',
  'school-deleted',
])
export type PortalSessionState = z.output<typeof portalSessionState>

/** Unopened links per school. */
export const maxUnopenedLinks = 100

/**
 * What decides about links and sessions besides themselves. `isListed`: the ring of the school has the link or session,
 * which ends when the ring no longer has it.
 */
export type PortalContext = { now: string; isListed: boolean; isIssuerRevoked: boolean; isHolderCurrent: boolean }

/** Returns whether a link opens a session, or else why not: what happened to the link itself comes first. */
export function getPortalLinkState(link: PortalLink, context: PortalContext): PortalLinkState {
  if (link.revokedAt !== undefined) return 'revoked'
  if (link.openedAt !== undefined) return 'used'
  if (link.expiresAt <= context.now) return 'expired'
  if (!context.isHolderCurrent) return 'school-deleted'
  if (context.isIssuerRevoked) return 'issuer-revoked'
  return context.isListed ? 'unopened' : 'revoked'
}

/** Returns whether a session is accepted, or else why not. */
export function getPortalSessionState(
  { key: { expiresAt = '' }, revokedAt, revokedBy }: PortalSession,
  context: PortalContext,
): PortalSessionState {
  const isEndedEarly = revokedAt !== undefined && revokedAt < expiresAt
  if (isEndedEarly && revokedBy) return revokedBy.kind === 'school' ? 'signed-out' : 'ended'
  if (!isEndedEarly && expiresAt <= context.now) return 'expired'
  if (!context.isHolderCurrent) return 'school-deleted'
  if (isEndedEarly) return 'ended'
  if (context.isIssuerRevoked) return 'issuer-revoked'
  return context.isListed ? 'active' : 'ended'
}

/** The key whose revocation ends a link and its session. Keys that are older than key IDs cannot be looked up. */
export function getIssuerKeyId({ createdBy }: Pick<PortalLink, 'createdBy'>): string | undefined {
  const keyId = 'keyId' in createdBy ? createdBy.keyId : 'unknown'
  return keyId === 'unknown' ? undefined : keyId
}
