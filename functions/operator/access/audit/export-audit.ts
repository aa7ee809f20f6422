import { exportAudit as route } from '#shared/contract/access/audit.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toAuditCsv } from '#shared/format/to-audit-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { type ReadAuditPageDependencies, readAuditPage } from './read-audit-page.ts'

const rowsPerPage = 500

/** Returns one page of the audit as CSV. */
export async function exportAudit(
  { query }: Request<typeof route>,
  deps: ReadAuditPageDependencies,
): Promise<Reply<typeof route>> {
  const { entries, nextCursor } = await readAuditPage({ ...query, limit: rowsPerPage }, deps)
  return {
    status: 200,
    headers: nextCursor === null ? {} : { 'x-next-cursor': nextCursor },
    body: toAuditCsv(entries, { header: query.cursor === undefined }),
  }
}

export const handler = defineHandler(route, exportAudit)
