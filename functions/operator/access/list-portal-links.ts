import { listPortalLinks as route } from '#shared/contract/access/portal-links.ts'
import type { Reply } from '#shared/contract/route.ts'
import { getPortalLinkState } from '#shared/domain/access/portal-access.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { createPortalContextReader } from './create-portal-context-reader.ts'

type ListPortalLinksDependencies = Pick<Dependencies, 'portalAccess' | 'tokens' | 'now'>

/** Lists portal links, latest first, with what became of each. */
export async function listPortalLinks(
  { query }: Request<typeof route>,
  deps: ListPortalLinksDependencies,
): Promise<Reply<typeof route>> {
  const { schoolId = '', state: stateFilter = '' } = query
  const readContext = createPortalContextReader(deps)
  return replyWithPage(`portal-links:${schoolId}:${stateFilter}`, { route, query }, deps, async (page) => {
    const { links, next } = await deps.portalAccess.listLinks({ ...page, ...(query.schoolId && { schoolId }) })
    const rows = await Promise.all(
      links.map(async ({ generation, ...link }) => {
        const context = await readContext(link.linkId, { ...link, generation })
        return { ...link, state: getPortalLinkState({ ...link, generation }, context) }
      }),
    )
    return { links: rows.filter(({ state }) => [state, ''].includes(stateFilter)), ...(next && { next }) }
  })
}

export const handler = defineHandler(route, listPortalLinks)
