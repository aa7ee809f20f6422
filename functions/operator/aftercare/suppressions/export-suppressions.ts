import * as z from 'zod'
import { exportSuppressions as route } from '#shared/contract/aftercare/suppressions.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import { toSuppressionCsv } from '#shared/format/to-suppression-csv.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import { replyWithCsvPage } from '#shared/http/lists.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { SuppressionRow } from '#shared/store/aftercare/suppression-rows.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

type ExportSuppressionsDependencies = Pick<Dependencies, 'suppressions' | 'sealer' | 'tokens'> & AuditChangeDependencies

const rowsPerPage = 100

/** One page of the suppressions in effect as CSV. The audit entry is written before plain text is returned. */
export async function exportSuppressions(
  { body, principal }: Request<typeof route>,
  deps: ExportSuppressionsDependencies,
): Promise<Reply<typeof route>> {
  const { format, purpose, cursor } = body
  if (format === 'plain' && principal.scope === 'read')
    throw new Refusal('KEY_READ_ONLY', 'A read-only key can export hashes only. Use a key with write access.')
  return replyWithCsvPage(
    `suppression-export:${format}`,
    { route, cursor, limit: rowsPerPage },
    deps,
    async (page, options) => {
      const { rows, next } = await deps.suppressions.listSealed(page)
      const exported = rows.filter(({ state }) => state === 'active')
      if (format === 'plain')
        await deps.suppressions.write([
          auditChange(
            {
              actor: toActor(principal),
              action: 'suppressions.exported',
              record: { kind: 'suppressions', id: 'export' },
              after: { format, purpose, count: exported.length },
            },
            deps,
          ),
        ])
      const entries = exported.map((row) => ({ ...row, ...openIdentifiers(row, format, deps) }))
      return { csv: toSuppressionCsv(entries, { format, ...options }), next }
    },
  )
}

const identifiers = z.object({ email: z.string().optional(), phone: z.string().optional() })

function openIdentifiers(
  { suppressionId, sealedPlain, sealedHashes }: SuppressionRow,
  format: 'sha256' | 'plain',
  { sealer }: Pick<Dependencies, 'sealer'>,
) {
  const sealed = format === 'plain' ? sealedPlain : sealedHashes
  return sealed ? identifiers.parse(JSON.parse(sealer.open(suppressionId, sealed))) : {}
}

export const handler = defineHandler(route, exportSuppressions)
