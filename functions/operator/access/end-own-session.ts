import { endOwnSession as route } from '#shared/contract/access/sessions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { AuditChangeDependencies } from '#shared/workflows/access/audit-change.ts'
import { auditSessionEnd } from './audit-session-end.ts'

type EndOwnSessionDependencies = Pick<Dependencies, 'portalAccess'> & AuditChangeDependencies

/** Signs out. An API key is not a session: only staff revoke it. */
export async function endOwnSession(
  { principal }: Request<typeof route>,
  deps: EndOwnSessionDependencies,
): Promise<Reply<typeof route>> {
  const { keyId, linkId } = principal
  if (keyId === undefined || linkId === undefined)
    throw new Refusal('NOT_A_SESSION', 'This is an API key. Ask your lead provider to revoke it.')
  const by = toActor(principal)
  await deps.portalAccess.endSession(keyId, { at: deps.now().toISOString(), by }, (key) => [
    auditSessionEnd(key, by, deps),
  ])
  return { status: 204 }
}

export const handler = defineHandler(route, endOwnSession)
