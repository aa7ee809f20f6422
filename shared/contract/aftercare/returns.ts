import * as z from 'zod'
import { leadReturn, returnInput, returnState } from '../../domain/aftercare/lead-return.ts'
import { maskReasons } from '../../domain/capture/lead-access.ts'
import { idSchema } from '../../domain/ids.ts'
import { recordId, uniqueBy } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

/** Without the member of staff who decided, which schools do not see. */
export const schoolReturn = leadReturn.omit({ decidedBy: true }).meta({ id: 'SchoolReturn' })

/** A return in a list, with whom it is about. */
const listedReturn = schoolReturn
  .extend({
    person: z
      .object({ firstName: z.string(), lastName: z.string() })
      .optional()
      .meta({ description: 'Absent if `masked` is set, and after the personal data was deleted.' }),
    program: z.object({ id: recordId, name: z.string() }).optional(),
    masked: z.enum(maskReasons).optional().meta({ description: 'Why you may not see the person.' }),
  })
  .meta({ id: 'ListedReturn' })

const params = z.object({ deliveryId: idSchema('delivery') })
const deliveryExample = { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } }
const answer = leadReturn.shape.answer.unwrap()

export const requestReturn = defineRoute({
  name: 'requestReturn',
  method: 'POST',
  path: '/v1/school/deliveries/{deliveryId}/returns',
  caller: 'school',
  summary: 'Request credit for one of your leads',
  description:
    'Once per lead, within the return period of your campaign (14 days by default) and for one of the reasons it allows. ' +
    'Staff accept or refuse it. A repeated request returns the return as it is now.',
  params,
  body: returnInput,
  responses: {
    201: { description: 'Requested.', body: schoolReturn },
    200: { description: 'Requested before; nothing changed.', body: schoolReturn },
  },
  problems: [
    'NOT_FOUND',
    'NOT_DELIVERED',
    'NOT_RETURNABLE',
    'RETURN_LIMIT_REACHED',
    'RETURN_TOO_LATE',
    'RETURN_EXISTS',
  ],
  example: { ...deliveryExample, body: { reason: 'invalid-contact', note: 'The number is not in service.' } },
})

export const listSchoolReturns = defineRoute({
  name: 'listSchoolReturns',
  method: 'GET',
  path: '/v1/school/returns',
  caller: 'school',
  summary: 'List the returns of your school with the person of each, latest first',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ returns: z.array(listedReturn), page: cursorPage }) },
  },
})

export const listReturns = defineRoute({
  name: 'listReturns',
  method: 'GET',
  path: '/v1/ops/returns',
  caller: 'operator',
  summary: 'List returns by state: pending ones oldest first, decided ones latest first',
  query: cursorQuery.extend({ state: returnState.default('requested') }),
  responses: { 200: { description: 'One page.', body: z.object({ returns: z.array(leadReturn), page: cursorPage }) } },
})

export const acceptReturn = defineRoute({
  name: 'acceptReturn',
  method: 'POST',
  path: '/v1/ops/deliveries/{deliveryId}/return/accept',
  caller: 'operator',
  summary: 'Accept a return: the school gets credit, and the lead no longer counts against its caps and budgets',
  params,
  body: z.strictObject({ answer: answer.optional() }).meta({ id: 'ReturnAcceptance' }),
  responses: { 200: { description: 'Accepted.', body: leadReturn } },
  problems: ['NOT_FOUND', 'RETURN_NOT_PENDING', 'NOT_DELIVERED'],
  example: { ...deliveryExample, body: {} },
})

export const refuseReturn = defineRoute({
  name: 'refuseReturn',
  method: 'POST',
  path: '/v1/ops/deliveries/{deliveryId}/return/refuse',
  caller: 'operator',
  summary: 'Refuse a return and give the school a reason',
  params,
  body: z.strictObject({ answer }).meta({ id: 'ReturnRefusal' }),
  responses: { 200: { description: 'Refused.', body: leadReturn } },
  problems: ['NOT_FOUND', 'RETURN_NOT_PENDING'],
  example: { ...deliveryExample, body: { answer: 'The number was answered when we called it.' } },
})

const decisionResult = z
  .object({
    deliveryId: z.string(),
    result: z.enum(['decided', 'refused']).meta({
      description:
        '`decided`: as you asked, now or by an earlier request. `refused`: nothing changed, and `code` says why.',
    }),
    return: leadReturn.optional().meta({ description: 'The return as it is then, if it was decided.' }),
    code: z.string().optional(),
    detail: z.string().optional(),
  })
  .meta({ id: 'ReturnDecisionResult' })

export const decideReturns = defineRoute({
  name: 'decideReturns',
  method: 'POST',
  path: '/v1/ops/return-decisions',
  caller: 'operator',
  summary: 'Accept or refuse many returns with one answer',
  description:
    'Each return is decided as `acceptReturn` or `refuseReturn` would, and one that is refused stops no other. Sent again, what was decided stays.',
  body: z
    .strictObject({
      decision: z.enum(['accept', 'refuse']),
      deliveryIds: z
        .array(idSchema('delivery'))
        .min(1)
        .max(100)
        .refine(...uniqueBy<string>((id) => id)),
      answer: answer.optional().meta({ description: 'The schools see it. Required to refuse.' }),
    })
    .superRefine(({ decision, answer: text }, context) => {
      if (decision === 'refuse' && text === undefined)
        context.addIssue({
          code: 'custom',
          path: ['answer'],
          message: 'is required to refuse: give the schools a reason',
        })
    })
    .meta({ id: 'ReturnDecisions' }),
  responses: { 200: { description: 'The result for each.', body: z.object({ results: z.array(decisionResult) }) } },
  example: { body: { decision: 'accept', deliveryIds: [deliveryExample.params.deliveryId] } },
})

export const grantCredit = defineRoute({
  name: 'grantCredit',
  method: 'POST',
  path: '/v1/ops/deliveries/{deliveryId}/return',
  caller: 'operator',
  summary: 'Give a school credit for a lead that it did not ask to return',
  description:
    'The return is accepted as it is created, whatever the terms of the campaign are: the school gets its money back, the source loses what the lead ' +
    'earned, and caps are released. The school sees the return with your answer. A repeated request returns the credit that was given first.',
  params,
  body: z
    .strictObject({
      reason: leadReturn.shape.reason,
      evidenceUrl: leadReturn.shape.evidenceUrl,
      answer: answer.optional(),
    })
    .meta({ id: 'CreditGrant' }),
  responses: {
    201: { description: 'Given.', body: leadReturn },
    200: { description: 'Given before; nothing changed.', body: leadReturn },
  },
  problems: ['NOT_FOUND', 'NOT_DELIVERED', 'NOT_RETURNABLE', 'RETURN_EXISTS'],
  example: { ...deliveryExample, body: { reason: 'duplicate', answer: 'You had this student already.' } },
})

export const exportReturns = defineRoute({
  name: 'exportReturns',
  method: 'GET',
  path: '/v1/ops/returns/csv',
  caller: 'operator',
  summary: 'Export returns in one state as CSV, page by page',
  description:
    'In the order of `listReturns`. Only the first page has a header row, so the pages can be concatenated. Cells that a spreadsheet would read as a formula are quoted.',
  query: z.object({
    state: returnState.default('requested'),
    cursor: cursorQuery.shape.cursor.meta({ description: 'From `X-Next-Cursor` of the previous page.' }),
  }),
  responses: {
    200: {
      description: 'One page. It has the header `X-Next-Cursor` if there is another page.',
      contentType: 'text/csv; charset=utf-8',
    },
  },
})
