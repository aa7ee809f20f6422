import * as z from 'zod'
import { openSchoolSession as route } from '#shared/contract/access/portal-links.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { maxKeysPerHolder } from '#shared/domain/access/access-key.ts'
import { addHours } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { getAddressLimits } from '#shared/http/limits.ts'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { LinkRefusal } from '#shared/store/access/portal-access-store.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { limitToIssuer } from './limit-to-issuer.ts'

type OpenSchoolSessionDependencies = Pick<
  Dependencies,
  'tokens' | 'rateLimits' | 'portalAccess' | 'keyRing' | 'randomBytes'
> &
  AuditChangeDependencies

const sessionHours = 12

/** Exchanges a portal link for the key of a session, once, or says why it does not open one. */
export async function openSchoolSession(
  request: Request<typeof route>,
  deps: OpenSchoolSessionDependencies,
): Promise<Reply<typeof route>> {
  await request.spend(...getAddressLimits(request.ip, deps.rateLimits))
  const linkId = await parseToken(request.body.token, deps)
  const link = await deps.portalAccess.findLink(linkId)
  if (!link) throw toLinkRefusal('absent')
  const key = newAccessKey('sk', deps.randomBytes)
  const createdAt = deps.now().toISOString()
  const sessionKey = {
    keyId: deps.newId('key'),
    holder: { caller: 'school', schoolId: link.schoolId },
    scope: link.scope,
    name: `Portal ${linkId}`,
    createdAt,
    expiresAt: await limitToIssuer(addHours(createdAt, sessionHours), link, deps),
    linkId,
  } as const
  const outcome = await deps.portalAccess.openLink(linkId, { key: sessionKey, sha256: sha256(key) }, () => {
    const { keyId, ...after } = sessionKey
    const actor = { kind: 'school', schoolId: link.schoolId, keyId: linkId } as const
    return [auditChange({ actor, action: 'portal-link.opened', record: { kind: 'keys', id: keyId }, after }, deps)]
  })
  if (typeof outcome === 'string') throw toLinkRefusal(outcome)
  const { schoolId, scope } = link
  return { status: 201, body: { key, schoolId, scope, expiresAt: sessionKey.expiresAt } }
}

async function parseToken(token: string, { tokens, now }: OpenSchoolSessionDependencies): Promise<string> {
  const result = tokens.open('portal', token, now())
  if (result === 'expired') throw toLinkRefusal('expired')
  const { data } = linkContent.safeParse(result === 'forged' ? undefined : result.content)
  if (!data) throw toLinkRefusal('absent')
  return data.linkId
}

function toLinkRefusal(reason: LinkRefusal): Refusal {
  const [code, detail] = linkRefusals[reason]
  return new Refusal(code, detail)
}

const linkRefusals = {
  absent: ['LINK_UNKNOWN', 'This link is incomplete, or is not from this service. Copy the whole link.'],
  used: ['LINK_USED', 'This link was already used. Ask your lead provider for a new one.'],
  expired: ['LINK_EXPIRED', 'This link has expired. Ask your lead provider for a new one.'],
  revoked: ['LINK_REVOKED', 'This link was taken back. Ask your lead provider for a new one.'],
  'issuer-revoked': [
    'LINK_REVOKED',
    'The person who created this link no longer has access. Ask your lead provider for a new one.',
  ],
  'school-deleted': ['LINK_REVOKED', 'The school of this link was deleted.'],
  'too-many': [
    'TOO_MANY_SESSIONS',
    `Your school has ${maxKeysPerHolder} active sessions and keys. Sign out elsewhere, or ask your lead provider to end some; the link can then be opened.`,
  ],
} as const satisfies { [reason in LinkRefusal]: readonly [string, string] }

const linkContent = z.object({ linkId: z.string() })

export const handler = defineHandler(route, openSchoolSession)
