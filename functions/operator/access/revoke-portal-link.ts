import { revokePortalLink as route } from '#shared/contract/access/portal-links.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

type RevokePortalLinkDependencies = Pick<Dependencies, 'portalAccess'> & AuditChangeDependencies

/** Takes a portal link back, and ends the session that it opened. */
export async function revokePortalLink(
  { params, principal }: Request<typeof route>,
  deps: RevokePortalLinkDependencies,
): Promise<Reply<typeof route>> {
  const by = toActor(principal)
  const outcome = await deps.portalAccess.revokeLink(
    params.linkId,
    { at: deps.now().toISOString(), by },
    ({ linkId: id, createdBy: _, ...before }) => [
      auditChange({ actor: by, action: 'portal-link.revoked', record: { kind: 'portal-links', id }, before }, deps),
    ],
  )
  if (outcome === 'absent') throw new Refusal('NOT_FOUND', 'Portal link not found.')
  return { status: 204 }
}

export const handler = defineHandler(route, revokePortalLink)
