import * as z from 'zod'
import { erasure, erasureNotice } from '../../domain/aftercare/erasure.ts'
import { identifierFields } from '../../domain/fields/person-fields.ts'
import { idSchema } from '../../domain/ids.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const receipt = erasure
  .extend({
    notices: z
      .array(erasureNotice)
      .meta({ description: 'The notice to each school that received a lead, and its delivery state.' }),
  })
  .meta({ id: 'ErasureReceipt' })
const example = { params: { erasureId: 'ers_4fJ0q2mXbW7cT1nZ8yKd5A' } }

export const erasePerson = defineRoute({
  name: 'erasePerson',
  method: 'POST',
  path: '/v1/ops/erasures',
  caller: 'operator',
  summary: 'Delete the personal data of a person',
  description:
    'Removes all personal data from every lead with this email or phone, immediately and permanently, and cancels ' +
    'deliveries that were not sent yet. Every school that received a lead gets a `lead.erased` notice, retried until it ' +
    'arrives. Counts and decisions remain, and for 5 years the proof of consent under a keyed hash of the address. ' +
    '`leadId` means the email of that lead. If no lead matches, the receipt says 0 leads.',
  body: z
    .strictObject({
      ...identifierFields,
      leadId: idSchema('lead').optional(),
      withdraw: z.boolean().default(false).meta({
        description: 'Also suppress the person: later leads of the person go to no school.',
      }),
    })
    .refine(({ email, phone, leadId }) => (email ?? phone ?? leadId) !== undefined, {
      error: 'must contain `email`, `phone` or `leadId`',
    })
    .meta({ id: 'ErasureRequest' }),
  responses: {
    201: {
      description: 'The receipt: `done`, or `running` if the worker continues it within a minute.',
      body: receipt,
    },
  },
  problems: ['NOT_FOUND'],
  example: { body: { email: 'ada@mail.example' } },
})

export const readErasure = defineRoute({
  name: 'readErasure',
  method: 'GET',
  path: '/v1/ops/erasures/{erasureId}',
  caller: 'operator',
  summary: 'Read the receipt of an erasure and the state of its notices to schools',
  params: z.object({ erasureId: idSchema('erasure') }),
  responses: { 200: { description: 'The receipt.', body: receipt } },
  problems: ['NOT_FOUND'],
  example,
})

export const listErasures = defineRoute({
  name: 'listErasures',
  method: 'GET',
  path: '/v1/ops/erasures',
  caller: 'operator',
  summary: 'List erasures, latest first',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ erasures: z.array(erasure), page: cursorPage }) },
  },
})
