import { endSession as route } from '#shared/contract/access/sessions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { AuditChangeDependencies } from '#shared/workflows/access/audit-change.ts'
import { auditSessionEnd } from './audit-session-end.ts'

type EndSessionDependencies = Pick<Dependencies, 'portalAccess'> & AuditChangeDependencies

/** Ends a portal session. The next request with it is refused. */
export async function endSession(
  { params, principal }: Request<typeof route>,
  deps: EndSessionDependencies,
): Promise<Reply<typeof route>> {
  const by = toActor(principal)
  const outcome = await deps.portalAccess.endSession(params.sessionId, { at: deps.now().toISOString(), by }, (key) => [
    auditSessionEnd(key, by, deps),
  ])
  if (outcome === 'absent') throw new Refusal('NOT_FOUND', 'Session not found.')
  return { status: 204 }
}

export const handler = defineHandler(route, endSession)
