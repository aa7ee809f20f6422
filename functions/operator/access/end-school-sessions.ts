import { endSchoolSessions as route } from '#shared/contract/access/sessions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { AuditChangeDependencies } from '#shared/workflows/access/audit-change.ts'
import { auditSchoolSessionsEnd } from './audit-session-end.ts'

type EndSchoolSessionsDependencies = Pick<Dependencies, 'portalAccess' | 'records'> & AuditChangeDependencies

/** Ends all portal sessions of a school and takes back its unopened links, in one write. */
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
  return { status: 200, body: { sessions: sessions.length, links: links.length } }
}

export const handler = defineHandler(route, endSchoolSessions)
