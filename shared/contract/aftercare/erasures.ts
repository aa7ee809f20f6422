import * as z from 'zod'
import { erasure, erasureNotice } from '../../domain/aftercare/erasure.ts'
import { idSchema } from '../../domain/ids.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const receipt = erasure
  .extend({
    notices: z.array(erasureNotice).meta({ description: 'How far each school that had a lead has been told.' }),
  })
  .meta({ id: 'ErasureReceipt' })
const example = { params: { erasureId: 'ers_4fJ0q2mXbW7cT1nZ8yKd5A' } }

export const erasePerson = defineRoute({
  name: 'erasePerson',
  method: 'POST',
  path: '/v1/ops/erasures',
  caller: 'operator',
  summary: 'Forget a person, everywhere',
  description:
    'Every lead that has the e-mail or the phone loses whatever tells of the person, at once and for good; what has not ' +
    'been sent yet never is. Every school that had a lead is told by `lead.erased`, as often as it takes. What stays are ' +
    'counts, decisions, and for 5 years the proof of consent, by a keyed hash of the address. `leadId` stands for the ' +
    'e-mail of that lead. Nobody found is no error: the receipt says 0 leads.',
  body: z
    .strictObject({
      email: z.string().max(254).optional(),
      phone: z.string().max(40).optional(),
      leadId: idSchema('lead').optional(),
      withdraw: z.boolean().default(false).meta({
        description: 'Also note that the person withdraws consent: what comes of them later goes to no school.',
      }),
    })
    .refine(({ email, phone, leadId }) => (email ?? phone ?? leadId) !== undefined, {
      error: 'must hold `email`, `phone` or `leadId`',
    })
    .meta({ id: 'ErasureRequest' }),
  responses: {
    201: { description: 'Done; or `running`, and it goes on by itself within a minute.', body: receipt },
  },
  problems: ['NOT_FOUND'],
  example: { body: { email: 'ada@mail.example' } },
})

export const readErasure = defineRoute({
  name: 'readErasure',
  method: 'GET',
  path: '/v1/ops/erasures/{erasureId}',
  caller: 'operator',
  summary: 'The receipt of an erasure, and which schools have been told by now',
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
  summary: 'All erasures, latest first',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ erasures: z.array(erasure), page: cursorPage }) },
  },
})
