import * as z from 'zod'
import {
  contactList,
  suppression,
  suppressionBasis,
  suppressionReason,
  suppressionScope,
  withdrawalMeans,
} from '../../domain/aftercare/suppression.ts'
import { maxImportCharacters } from '../../domain/aftercare/suppression-csv.ts'
import { cleanFileText } from '../../domain/fields/clean-text.ts'
import { identifierFields } from '../../domain/fields/person-fields.ts'
import { idSchema } from '../../domain/ids.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const hasIdentifier = ({ email, phone }: { email?: string | undefined; phone?: string | undefined }) =>
  email !== undefined || phone !== undefined
const params = z.object({ suppressionId: idSchema('suppression') })
const example = { params: { suppressionId: 'sup_4fJ0q2mXbW7cT1nZ8yKd5A' } }

export const listSuppressions = defineRoute({
  name: 'listSuppressions',
  method: 'GET',
  path: '/v1/ops/suppressions',
  caller: 'operator',
  summary: 'List suppressions and withdrawals of consent, latest first',
  description: 'They do not name the person. Lifted and replaced ones stay in the list with who ended them and why.',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ suppressions: z.array(suppression), page: cursorPage }) },
  },
})

export const searchSuppressions = defineRoute({
  name: 'searchSuppressions',
  method: 'POST',
  path: '/v1/ops/suppressions/searches',
  caller: 'operator',
  access: 'read',
  summary: 'Find every suppression that a person has or had, by email, phone or both',
  description: 'A POST, so that no email or phone appears in a URL log. It finds hashed imports too.',
  body: z
    .strictObject(identifierFields)
    .refine(hasIdentifier, 'must contain an email address or a phone number')
    .meta({ id: 'SuppressionSearch' }),
  responses: { 200: { description: 'Latest first.', body: z.object({ suppressions: z.array(suppression) }) } },
  example: { body: { email: 'ada@mail.example' } },
})

export const addSuppression = defineRoute({
  name: 'addSuppression',
  method: 'POST',
  path: '/v1/ops/suppressions',
  caller: 'operator',
  summary: 'Record that a person withdrew consent, or must not be contacted',
  description:
    'Ends deliveries that wait, masks what schools can read, and sends `consent.withdrawn` to every school that has a lead of ' +
    'the person. `leadId` means the email and phone of that lead. A `withdrawal` is superseded by later written consent; a ' +
    '`do-not-contact` stays until staff lift it.',
  body: z
    .strictObject({
      ...identifierFields,
      leadId: idSchema('lead').optional(),
      scope: suppressionScope.default({ kind: 'all-schools' }),
      basis: suppressionBasis.default('withdrawal'),
      means: withdrawalMeans.optional(),
      reason: suppressionReason,
    })
    .refine((body) => hasIdentifier(body) || body.leadId !== undefined, 'must contain `email`, `phone` or `leadId`')
    .meta({ id: 'SuppressionRequest' }),
  responses: { 201: { description: 'In effect.', body: suppression } },
  problems: ['NOT_FOUND'],
  example: { body: { email: 'ada@mail.example', means: 'phone', reason: 'Stop all calls.' } },
})

export const liftSuppression = defineRoute({
  name: 'liftSuppression',
  method: 'POST',
  path: '/v1/ops/suppressions/{suppressionId}/lift',
  caller: 'operator',
  summary: 'Lift a suppression and say why',
  description: 'Future leads from the person can go to schools again. Leads that were withdrawn stay masked.',
  params,
  body: z.strictObject({ reason: suppressionReason }).meta({ id: 'SuppressionLift' }),
  responses: { 200: { description: 'Lifted.', body: suppression } },
  problems: ['NOT_FOUND', 'ALREADY_LIFTED'],
  example: { ...example, body: { reason: 'Someone else entered this number.' } },
})

const rowError = z.strictObject({ row: z.int(), code: z.string(), detail: z.string() }).meta({ id: 'ImportRowError' })
const importResult = z.strictObject({
  rows: z.int().meta({ description: 'Rows with an email or phone.' }),
  suppressed: z.int(),
  errors: z.array(rowError).meta({ description: 'Rows that were skipped; the first data row is 1.' }),
})

/** CSV with a header row: `email`, `phone`, or both; for hashes `email_sha256` and `phone_sha256`. */
const csvText = z
  .string()
  .overwrite(cleanFileText)
  .min(1)
  .max(maxImportCharacters)
  .meta({
    description:
      'CSV with a header row. Columns: `email`, `phone`, `email_sha256`, `phone_sha256`; others are ignored. A hash is the ' +
      'SHA-256, in hexadecimal, of the email in lower case or of the phone in E.164 (+15127891111).',
  })

export const importSuppressions = defineRoute({
  name: 'importSuppressions',
  method: 'POST',
  path: '/v1/ops/suppressions/imports',
  caller: 'operator',
  summary: 'Suppress up to 500 people from a CSV, plain or hashed',
  description:
    'Rows are independent: errors are returned by row, and the other rows are in effect. Send a longer file in parts.',
  body: z
    .strictObject({
      csv: csvText,
      scope: suppressionScope.default({ kind: 'all-schools' }),
      basis: suppressionBasis.default('do-not-contact'),
      list: contactList.optional().meta({
        description:
          'The kind of list that the file is from. No lead of a listed person is sent from then on, also none that waits; ' +
          'schools are not told that the person withdrew consent, because the person said nothing.',
      }),
      reason: suppressionReason,
    })
    .refine(({ basis, list }) => list === undefined || basis === 'do-not-contact', {
      path: ['list'],
      error: 'is only for the basis `do-not-contact`',
    })
    .meta({ id: 'SuppressionImport' }),
  maxBodyBytes: 256 * 1024,
  responses: { 200: { description: 'What was done.', body: importResult.meta({ id: 'SuppressionImportResult' }) } },
  example: { body: { csv: 'email\nada@mail.example\n', reason: 'Do-not-call list of November.' } },
})

export const exportSuppressions = defineRoute({
  name: 'exportSuppressions',
  method: 'POST',
  path: '/v1/ops/suppressions/exports',
  caller: 'operator',
  access: 'read',
  summary: 'Export the suppressions in effect as CSV, page by page, as SHA-256 or in plain text',
  description:
    'Plain text needs a key that may write and a purpose, and is recorded in the audit log. Hashed imports and erased people ' +
    'have no plain text.',
  body: z
    .strictObject({
      format: z.enum(['sha256', 'plain']).default('sha256'),
      purpose: suppressionReason.optional(),
      cursor: z.string().max(2000).optional(),
    })
    .refine(({ format, purpose }) => format === 'sha256' || purpose !== undefined, {
      path: ['purpose'],
      error: 'is required for plain text: say what it is for',
    })
    .meta({ id: 'SuppressionExport' }),
  responses: {
    200: {
      description: 'One page. It has the header `X-Next-Cursor` if there is another page.',
      contentType: 'text/csv; charset=utf-8',
    },
  },
  problems: ['KEY_READ_ONLY'],
  example: { body: { format: 'sha256' } },
})

export const importSchoolWithdrawals = defineRoute({
  name: 'importSchoolWithdrawals',
  method: 'POST',
  path: '/v1/school/withdrawals/imports',
  caller: 'school',
  summary: 'Record the opt-outs of up to 500 people from a CSV',
  description:
    'From then on your school gets no lead of these people, until they agree to it again. Use `POST /v1/school/withdrawals` for ' +
    'a person of one of your leads who wants to hear from no school.',
  body: z.strictObject({ csv: csvText, reason: suppressionReason.optional() }).meta({ id: 'OptOutImport' }),
  maxBodyBytes: 256 * 1024,
  responses: { 200: { description: 'What was done.', body: importResult.meta({ id: 'OptOutImportResult' }) } },
  example: { body: { csv: 'phone\n(512) 789-1111\n' } },
})
