import * as z from 'zod'
import { anyJson, uniqueBy } from '../../domain/vocabulary.ts'
import { fieldError } from '../problems.ts'
import { defineRoute } from '../route.ts'
import { type RecordKind, recordKinds } from './records.ts'

export const maxImportRows = 100
/** What can be imported: records, and the figures of a career by state, whose ID is that of the career. */
export const importKinds = [...recordKinds, 'state-figures'] as const
export type ImportKind = RecordKind | 'state-figures'

const importedRow = z
  .strictObject({
    id: z.string().min(1).max(100),
    version: z.int().min(0).optional().meta({
      description: 'The version that must be current; 0: the record must not exist. Absent: whatever is there.',
    }),
    body: anyJson.optional().meta({ description: 'As for `PUT` of the record. Absent with `delete`.' }),
    delete: z.literal(true).optional(),
  })
  .refine(({ body, delete: isDeleted }) => (body === undefined) === (isDeleted === true), {
    error: 'must have either `body` or `delete`',
  })

export const importOutcomes = ['created', 'changed', 'unchanged', 'deleted', 'refused', 'not-reached'] as const

const rowResult = z
  .object({
    id: z.string(),
    outcome: z.enum(importOutcomes).meta({
      description:
        '`refused`: `problem` says why; the other rows are not affected. `not-reached`: the time of a request was over; send the row again.',
    }),
    version: z.int().optional(),
    problem: z.object({ code: z.string(), detail: z.string(), errors: z.array(fieldError) }).optional(),
    secret: z.string().optional().meta({ description: 'The webhook secret of a new campaign. It is shown only once.' }),
    key: z.string().optional().meta({ description: 'The publishable key of a new source.' }),
  })
  .meta({ id: 'ImportRowResult' })

const rowCount = z.int().min(0)
export const importTotals = z
  .strictObject({ created: rowCount, changed: rowCount, deleted: rowCount, unchanged: rowCount, refused: rowCount })
  .meta({ id: 'ImportTotals' })
export type ImportTotals = z.output<typeof importTotals>

export const importRecords = defineRoute({
  name: 'importRecords',
  method: 'POST',
  path: '/v1/ops/imports',
  caller: 'operator',
  summary: 'Create, change or delete up to 100 records of a kind, with a result for each row',
  description:
    'Every row is one write with an audit entry, as by `PUT` or `DELETE` of the record, or none. A row whose record is already as it ' +
    'says is `unchanged`, so a batch can be sent again. Routing follows each row at once; the pages of careers are composed after all ' +
    'batches: send a request with no rows until `pendingPages` is 0, or wait a minute.',
  body: z
    .strictObject({
      kind: z.enum(importKinds),
      rows: z
        .array(importedRow)
        .max(maxImportRows)
        .refine(...uniqueBy<{ id: string }>(({ id }) => id)),
      dryRun: z.boolean().default(false).meta({ description: 'Judges the rows and writes nothing.' }),
      finished: importTotals.optional().meta({
        description: 'With the last request, without rows: what all of them did. Staff are told of it.',
      }),
    })
    .meta({ id: 'RecordImport' }),
  maxBodyBytes: 1024 * 1024,
  maxBodyDepth: 36,
  responses: {
    200: {
      description: 'What became of each row, in their order.',
      body: z
        .object({
          rows: z.array(rowResult),
          pendingPages: z.int().meta({ description: 'Records whose pages are not composed yet.' }),
        })
        .meta({ id: 'RecordImportResult' }),
    },
  },
  example: {
    body: {
      kind: 'schools',
      rows: [
        { id: 'tall-grass-college', version: 0, body: { name: 'Tall Grass College', timeZone: 'America/Chicago' } },
      ],
    },
  },
})
