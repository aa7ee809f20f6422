import { createPortalLink as route } from '#shared/contract/access/portal-links.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { maxUnopenedLinks } from '#shared/domain/access/portal-access.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { addHours } from '#shared/domain/time.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'
import { requireReferences } from '../catalog/require-references.ts'
import { limitToIssuer } from './limit-to-issuer.ts'

type CreatePortalLinkDependencies = Pick<
  Dependencies,
  'records' | 'portalAccess' | 'keyRing' | 'tokens' | 'publicUrl'
> &
  AuditChangeDependencies

/** Creates a link that staff send to a school and that signs in once. */
export async function createPortalLink(
  { body, principal }: Request<typeof route>,
  deps: CreatePortalLinkDependencies,
): Promise<Reply<typeof route>> {
  const { schoolId, scope, expiresInHours } = body
  const [schoolRecord] = await requireReferences([{ pointer: '/schoolId', kind: 'schools', id: schoolId }], deps)
  const { generation, body: schoolBody } = schoolRecord ?? {}
  const createdBy = toActor(principal)
  const createdAt = deps.now().toISOString()
  const expiresAt = await limitToIssuer(addHours(createdAt, expiresInHours), { createdBy }, deps)
  const linkId = deps.newId('link')
  const link = { linkId, schoolId, ...(generation && { generation }), scope, createdAt, createdBy, expiresAt }
  const { linkId: id, createdBy: _, ...after } = link
  const audit = auditChange(
    { actor: createdBy, action: 'portal-link.created', record: { kind: 'portal-links', id }, after },
    deps,
  )
  const outcome = await deps.portalAccess.createLink(link, [audit])
  if (outcome === 'too-many')
    throw new Refusal(
      'TOO_MANY_LINKS',
      `Take some back first: a school has at most ${maxUnopenedLinks} unopened links.`,
    )
  if (outcome === 'issuer-revoked') throw new Refusal('KEY_INVALID', 'The key is mistyped or no longer valid.')
  if (outcome === 'school-deleted') throw new Refusal('CONFLICT_RETRY', 'The school was deleted at the same time.')
  const { name: schoolName } = school.parse(schoolBody)
  // The name is for the page that asks before it signs in; the link ID alone decides.
  const content = { linkId, schoolId, schoolName }
  const seconds = Math.ceil((Date.parse(expiresAt) - Date.parse(createdAt)) / 1000)
  const token = deps.tokens.sign('portal', content, { now: deps.now(), seconds })
  const url = deps.publicUrl === undefined ? {} : { url: `${deps.publicUrl}/portal#link=${token}` }
  return { status: 201, body: { linkId, token, ...url, schoolId, expiresAt } }
}

export const handler = defineHandler(route, createPortalLink)
