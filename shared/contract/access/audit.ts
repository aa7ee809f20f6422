import * as z from 'zod'
import { auditEntry } from '../../domain/access/audit-entry.ts'
import { auditFault, auditHead } from '../../domain/access/audit-seal.ts'
import { instant } from '../../domain/vocabulary.ts'
import { cursorPage } from '../paging.ts'
import { defineRoute } from '../route.ts'

const day = z.iso.date('must be a date, such as 2026-11-23')
const term = z.string().min(1).max(200)

const auditFilters = {
  from: z.union([day, instant]).optional(),
  to: z.union([day, instant]).optional().meta({ description: 'Inclusive; a date is its whole day.' }),
  actor: term.optional().meta({
    description: '`staff`, `school`, `publisher`, `system`, the ID or name of a key, or the ID of a school or source.',
  }),
  record: term
    .optional()
    .meta({ description: '`campaigns/tall-grass-tx`: one record. An ID alone: records of any kind.' }),
  action: term.optional().meta({ description: 'An action, such as `record.changed`, or its first part, `record`.' }),
  cursor: z.string().max(4000).optional(),
}

export const listAudit = defineRoute({
  name: 'listAudit',
  method: 'GET',
  path: '/v1/ops/audit',
  caller: 'operator',
  summary: 'List who changed what and when, latest first',
  description:
    'Filters apply to each page after it is read, so a page may be short or empty. There may be more while there is a ' +
    'cursor. Secrets and personal data are keyed digests, `hmac-sha256:...`. Entries are never deleted.',
  query: z.strictObject({ ...auditFilters, limit: z.coerce.number().int().min(1).max(100).default(50) }),
  responses: {
    200: {
      description: 'One page.',
      body: z.object({
        entries: z.array(
          auditEntry
            .extend({
              sealDay: z.string().optional(),
              sequence: z
                .int()
                .optional()
                .meta({ description: 'Its number in the chain. Absent: sealed within a minute.' }),
            })
            .meta({ id: 'ListedAuditEntry' }),
        ),
        page: cursorPage,
      }),
    },
  },
  example: { query: { record: 'campaigns/tall-grass-tx' } },
})

export const exportAudit = defineRoute({
  name: 'exportAudit',
  method: 'GET',
  path: '/v1/ops/audit/csv',
  caller: 'operator',
  summary: 'Export the audit as CSV, latest first, page by page',
  description:
    'Takes the filters of the list. `before` and `after` are JSON, in which secrets and personal data are keyed digests. ' +
    'Values that a spreadsheet would run as a formula are quoted.',
  query: z.strictObject(auditFilters),
  responses: {
    200: {
      description:
        'One page. It has the header `X-Next-Cursor` if there may be another page. Only the first page has a header row.',
      contentType: 'text/csv; charset=utf-8',
    },
  },
  example: { query: { record: 'campaigns/tall-grass-tx' } },
})

export const verifyAudit = defineRoute({
  name: 'verifyAudit',
  method: 'GET',
  path: '/v1/ops/audit/days/{day}/verification',
  caller: 'operator',
  summary: 'Recompute the hash chain of the audit entries of a day, and compare the proofs of consent that they list',
  description:
    'Finds entries that were edited, deleted, inserted or moved, a missing end, and proofs of consent that were removed or ' +
    'changed after they were listed: those of a day are listed on the next day. Compare `head` with the one that was ' +
    'logged or noted earlier: removing the end together with its head shows only there.',
  params: z.object({ day }),
  responses: {
    200: {
      description: 'The result.',
      body: z
        .object({
          day,
          sealed: z.int(),
          waiting: z.int().meta({ description: 'Entries that are not sealed yet.' }),
          head: auditHead.nullable(),
          faults: z.array(auditFault),
        })
        .meta({ id: 'AuditVerification' }),
    },
  },
  problems: ['NOT_FOUND'],
  example: { params: { day: '2026-11-28' } },
})
