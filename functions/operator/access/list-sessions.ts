import { listSessions as route } from '#shared/contract/access/sessions.ts'
import type { Reply } from '#shared/contract/route.ts'
import { getPortalSessionState } from '#shared/domain/access/portal-access.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { createPortalContextReader } from './create-portal-context-reader.ts'

type ListSessionsDependencies = Pick<Dependencies, 'portalAccess' | 'tokens' | 'now'>

/** Lists portal sessions, latest first, with what ended each. */
export async function listSessions(
  { query }: Request<typeof route>,
  deps: ListSessionsDependencies,
): Promise<Reply<typeof route>> {
  const { schoolId = '', state: stateFilter = '' } = query
  const readContext = createPortalContextReader(deps)
  return replyWithPage(`sessions:${schoolId}:${stateFilter}`, { route, query }, deps, async (page) => {
    const { links, next } = await deps.portalAccess.listOpenedLinks({ ...page, ...(query.schoolId && { schoolId }) })
    const rows = await Promise.all(links.map(({ sessionId = '' }) => readSession(sessionId)))
    const sessions = rows.flatMap((row) => (row && [row.state, ''].includes(stateFilter) ? [row] : []))
    return { sessions, ...(next && { next }) }
  })

  async function readSession(sessionId: string) {
    const session = await deps.portalAccess.findSession(sessionId)
    if (!session) return undefined
    const { key, link, lastUsedAt, revokedAt, revokedBy } = session
    const { linkId, schoolId, scope, createdBy: linkCreatedBy } = link
    const { createdAt: startedAt, expiresAt = '' } = key
    const state = getPortalSessionState(session, await readContext(sessionId, link))
    return {
      ...{ sessionId, linkId, schoolId, scope, state, startedAt, expiresAt, linkCreatedBy },
      ...(lastUsedAt && { lastUsedAt }),
      ...(revokedAt && state !== 'expired' && { endedAt: revokedAt }),
      ...(revokedBy && { endedBy: revokedBy }),
    }
  }
}

export const handler = defineHandler(route, listSessions)
