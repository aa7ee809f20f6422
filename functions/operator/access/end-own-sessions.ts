import { endOwnSessions as route } from '#shared/contract/access/sessions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { auditSchoolSessionsEnd } from './audit-session-end.ts'
import { type EndHolderSessionsDependencies, endHolderSessions } from './people/end-holder-sessions.ts'

type EndOwnSessionsDependencies = Pick<Dependencies, 'portalAccess'> & EndHolderSessionsDependencies

/** Ends all portal sessions of the calling school. Staff alone take links back. */
export async function endOwnSessions(
  { principal }: Request<typeof route>,
  deps: EndOwnSessionsDependencies,
): Promise<Reply<typeof route>> {
  const by = toActor(principal)
  const { schoolId } = principal
  const end = { at: deps.now().toISOString(), by, links: false }
  const { sessions } = await deps.portalAccess.endAll(schoolId, end, (ended) => [
    auditSchoolSessionsEnd(schoolId, ended, by, deps),
  ])
  const ofPeople = await endHolderSessions({ caller: 'school', schoolId }, { actor: by, links: false }, deps)
  return { status: 200, body: { sessions: sessions.length + ofPeople } }
}

export const handler = defineHandler(route, endOwnSessions)
