import { listAudit as route } from '#shared/contract/access/audit.ts'
import type { Reply } from '#shared/contract/route.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { formatLink } from '#shared/http/lists.ts'
import { type ReadAuditPageDependencies, readAuditPage } from './read-audit-page.ts'

/** Lists audit entries, latest first. */
export async function listAudit(
  { query }: Request<typeof route>,
  deps: ReadAuditPageDependencies,
): Promise<Reply<typeof route>> {
  const { entries, nextCursor } = await readAuditPage(query, deps)
  return {
    status: 200,
    headers: nextCursor === null ? {} : { link: formatLink('next', route.path, { ...query, cursor: nextCursor }) },
    body: { entries, page: { nextCursor } },
  }
}

export const handler = defineHandler(route, listAudit)
