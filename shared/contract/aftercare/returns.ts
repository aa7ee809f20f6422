import * as z from 'zod'
import { leadReturn, returnInput, returnState } from '../../domain/aftercare/lead-return.ts'
import { idSchema } from '../../domain/ids.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

/** As its school sees it: who of our staff decided is for staff to know. */
export const schoolReturn = leadReturn.omit({ decidedBy: true }).meta({ id: 'SchoolReturn' })

const params = z.object({ deliveryId: idSchema('delivery') })
const deliveryExample = { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } }
const answer = leadReturn.shape.answer.unwrap()

export const requestReturn = defineRoute({
  name: 'requestReturn',
  method: 'POST',
  path: '/v1/school/deliveries/{deliveryId}/returns',
  caller: 'school',
  summary: 'Ask for credit for one of your leads',
  description:
    'Once for each lead, within the days that your campaign gives (14 if it says nothing), with one of the reasons that ' +
    'it takes. Staff accept or refuse it. The same again is answered with how it stands.',
  params,
  body: returnInput,
  responses: {
    201: { description: 'It is asked for.', body: schoolReturn },
    200: { description: 'It was asked for before.', body: schoolReturn },
  },
  problems: ['NOT_FOUND', 'NOT_DELIVERED', 'NOT_RETURNABLE', 'RETURN_TOO_LATE', 'RETURN_EXISTS'],
  example: { ...deliveryExample, body: { reason: 'invalid-contact', note: 'The number is not in service.' } },
})

export const listSchoolReturns = defineRoute({
  name: 'listSchoolReturns',
  method: 'GET',
  path: '/v1/school/returns',
  caller: 'school',
  summary: 'The returns that your school has asked for, latest first',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ returns: z.array(schoolReturn), page: cursorPage }) },
  },
})

export const listReturns = defineRoute({
  name: 'listReturns',
  method: 'GET',
  path: '/v1/ops/returns',
  caller: 'operator',
  summary: 'The returns that wait for a decision, oldest first; or those that have one, latest first',
  query: cursorQuery.extend({ state: returnState.default('requested') }),
  responses: { 200: { description: 'One page.', body: z.object({ returns: z.array(leadReturn), page: cursorPage }) } },
})

export const acceptReturn = defineRoute({
  name: 'acceptReturn',
  method: 'POST',
  path: '/v1/ops/deliveries/{deliveryId}/return/accept',
  caller: 'operator',
  summary: 'Accept a return: the school gets credit, and its caps and budgets get back what the lead took of them',
  params,
  body: z.strictObject({ answer: answer.optional() }).meta({ id: 'ReturnAcceptance' }),
  responses: { 200: { description: 'It is accepted.', body: leadReturn } },
  problems: ['NOT_FOUND', 'RETURN_NOT_PENDING', 'NOT_DELIVERED'],
  example: { ...deliveryExample, body: {} },
})

export const refuseReturn = defineRoute({
  name: 'refuseReturn',
  method: 'POST',
  path: '/v1/ops/deliveries/{deliveryId}/return/refuse',
  caller: 'operator',
  summary: 'Refuse a return, and tell the school why',
  params,
  body: z.strictObject({ answer }).meta({ id: 'ReturnRefusal' }),
  responses: { 200: { description: 'It is refused.', body: leadReturn } },
  problems: ['NOT_FOUND', 'RETURN_NOT_PENDING'],
  example: { ...deliveryExample, body: { answer: 'Somebody answered when we called the number.' } },
})
