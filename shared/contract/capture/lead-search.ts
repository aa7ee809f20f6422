import * as z from 'zod'
import { reveal } from '../../domain/aftercare/reveal.ts'
import { identifierFields } from '../../domain/fields/person-fields.ts'
import { recordId, slug, stateInput } from '../../domain/vocabulary.ts'
import { dayZone } from '../day-zone.ts'
import { defineRoute } from '../route.ts'
import { outcome } from './capture.ts'
import { leadRow } from './leads.ts'

export const searchLeads = defineRoute({
  name: 'searchLeads',
  method: 'POST',
  path: '/v1/ops/lead-searches',
  caller: 'operator',
  access: 'read',
  summary: 'Find the leads of one person by email or phone',
  description: 'A POST, so that no email or phone appears in a URL log. Returns at most 100 leads.',
  body: z
    .strictObject(identifierFields)
    .refine(
      ({ email, phone }) => (email === undefined) !== (phone === undefined),
      'must contain either `email` or `phone`',
    )
    .meta({ id: 'LeadSearch' }),
  responses: { 200: { description: 'Latest first.', body: z.object({ leads: z.array(leadRow) }) } },
  example: { body: { email: 'ada@mail.example' } },
})

export const leadFilter = z
  .strictObject({
    outcome: outcome.optional(),
    sourceId: recordId.optional(),
    careerSlug: slug.optional(),
    state: stateInput.optional(),
    test: z.boolean().optional(),
  })
  .meta({ id: 'LeadFilter' })

export const exportLeads = defineRoute({
  name: 'exportLeads',
  method: 'POST',
  path: '/v1/ops/lead-exports',
  caller: 'operator',
  access: 'read',
  summary: 'Export the leads of one day as CSV, page by page',
  description:
    'Only the first page has a header row, so the pages can be concatenated. Cells that a spreadsheet would read as a ' +
    'formula are quoted. People who withdrew consent or are suppressed stay masked, and `withdrawn` says so. Contacts can be `revealed` only with a key that may write; this is recorded with each lead.',
  body: z
    .strictObject({
      day: z.iso.date(),
      timeZone: dayZone,
      filter: leadFilter.default({}),
      contacts: z.enum(['masked', 'revealed']).default('masked'),
      purpose: reveal.shape.purpose,
      cursor: z.string().max(2000).optional().meta({ description: 'From `X-Next-Cursor` of the previous page.' }),
    })
    .superRefine(({ contacts, purpose }, context) => {
      if (contacts === 'masked' || purpose !== undefined) return
      context.addIssue({ code: 'custom', path: ['purpose'], message: 'must say why the contact details are needed' })
    })
    .meta({ id: 'LeadExportRequest' }),
  responses: {
    200: {
      description: 'One page. It has the header `X-Next-Cursor` if there is another page.',
      contentType: 'text/csv; charset=utf-8',
    },
  },
  problems: ['KEY_READ_ONLY'],
  example: { body: { day: '2026-11-23', contacts: 'masked' } },
})
