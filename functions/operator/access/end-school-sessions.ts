import { endSchoolSessions as route } from '#shared/contract/access/sessions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { auditSchoolSessionsEnd } from './audit-session-end.ts'
import { type EndHolderSessionsDependencies, endHolderSessions } from './people/end-holder-sessions.ts'

type EndSchoolSessionsDependencies = Pick<Dependencies, 'portalAccess' | 'records'> & EndHolderSessionsDependencies

/** Ends all portal sessions of a school and takes back its unopened links; those of its people one person after the other. */
export async function endSchoolSessions(
  { params: { id }, principal }: Request<typeof route>,
  deps: EndSchoolSessionsDependencies,
): Promise<Reply<typeof route>> {
  if (!(await deps.records.get('schools', id))) throw new Refusal('NOT_FOUND', 'School not found.')
  const by = toActor(principal)
  const end = { at: deps.now().toISOString(), by, links: true }
  const { sessions, links } = await deps.portalAccess.endAll(id, end, (ended) => [
    auditSchoolSessionsEnd(id, ended, by, deps),
  ])
  const ofPeople = await endHolderSessions({ caller: 'school', schoolId: id }, { actor: by, links: true }, deps)
  return { status: 200, body: { sessions: sessions.length + ofPeople, links: links.length } }
}

export const handler = defineHandler(route, endSchoolSessions)
