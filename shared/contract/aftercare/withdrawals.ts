import * as z from 'zod'
import { suppressionReason } from '../../domain/aftercare/suppression.ts'
import { withdrawal, withdrawalNotice } from '../../domain/aftercare/withdrawal.ts'
import { identifierFields } from '../../domain/fields/person-fields.ts'
import { idSchema } from '../../domain/ids.ts'
import { instant } from '../../domain/vocabulary.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

const withNotices = withdrawal
  .extend({ notices: z.array(withdrawalNotice).meta({ description: 'The notice to each school that has a lead.' }) })
  .meta({ id: 'WithdrawalWithNotices' })

export const listWithdrawals = defineRoute({
  name: 'listWithdrawals',
  method: 'GET',
  path: '/v1/ops/withdrawals',
  caller: 'operator',
  summary: 'List withdrawals of consent, latest first, with the notices to schools',
  description:
    '`honorBy` is the end of the 10 business days within which schools must stop (47 CFR 64.1200(a)(10)). Staff are alerted ' +
    'after 5 and after 10 business days if a school has not received its notice.',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ withdrawals: z.array(withNotices), page: cursorPage }) },
  },
})

export const readWithdrawal = defineRoute({
  name: 'readWithdrawal',
  method: 'GET',
  path: '/v1/ops/withdrawals/{withdrawalId}',
  caller: 'operator',
  summary: 'Read a withdrawal of consent and the state of its notices to schools',
  params: z.object({ withdrawalId: idSchema('withdrawal') }),
  responses: { 200: { description: 'The withdrawal.', body: withNotices } },
  problems: ['NOT_FOUND'],
  example: { params: { withdrawalId: 'wdr_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})

export const recordSchoolWithdrawal = defineRoute({
  name: 'recordSchoolWithdrawal',
  method: 'POST',
  path: '/v1/school/withdrawals',
  caller: 'school',
  summary: 'Record that a person asked you to stop',
  description:
    'By one of your leads: every school stops, unless `scope` says that the person means your school only. By email or phone: your school gets ' +
    'no lead of this person any more. The response is the same whether or not the person is known.',
  body: z
    .strictObject({
      deliveryId: idSchema('delivery').optional(),
      ...identifierFields,
      scope: z.enum(['all-schools', 'your-school']).default('all-schools'),
      channel: z.enum(['school-api', 'portal']).default('school-api'),
      reason: suppressionReason.optional(),
    })
    .refine(
      ({ deliveryId, email, phone }) => (deliveryId ?? email ?? phone) !== undefined,
      'must contain `deliveryId`, `email` or `phone`',
    )
    .meta({ id: 'SchoolWithdrawalRequest' }),
  responses: {
    202: { description: 'In effect for everything that was not sent yet.', body: z.object({ withdrawnAt: instant }) },
  },
  problems: ['NOT_FOUND', 'LEAD_ERASED'],
  example: { body: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A', reason: 'Asked us to stop calling.' } },
})

const withdrawalToken = z.string().regex(/^lead_[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/)
/** A link that was copied out of a message may have its full stop, bracket or line break at the end. */
const pastedToken = z.preprocess((token: string) => token.replace(/[^A-Za-z0-9_-]+$/, ''), withdrawalToken)
const linkParams = z.object({ token: pastedToken })
/** The address of the page of a token, relative to the origin of the API. */
export const withdrawalPath = z.templateLiteral(['/v1/withdrawals/', withdrawalToken])
const page = { contentType: 'text/html; charset=utf-8' }
const linkExample = { params: { token: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A.0123456789abcdefghijklmnopqrstuvwxyzABCDEFG' } }

export const showWithdrawalPage = defineRoute({
  name: 'showWithdrawalPage',
  method: 'GET',
  path: '/v1/withdrawals/{token}',
  caller: 'anyone',
  summary: 'The page on which a visitor withdraws consent',
  description:
    'The link is in the receipt of a request and does not expire. Opening it changes nothing, so that a program that follows links withdraws nothing.',
  params: linkParams,
  responses: { 200: { description: 'A page with a button that posts.', ...page } },
  problems: ['NOT_FOUND'],
  example: linkExample,
})

export const withdrawByLink = defineRoute({
  name: 'withdrawByLink',
  method: 'POST',
  path: '/v1/withdrawals/{token}',
  caller: 'anyone',
  summary: 'Withdraw consent by the link of a request',
  description:
    'Needs no body (RFC 8058). Applies to the leads of the same source, at every school or at one that the request named.',
  params: linkParams,
  query: z.object({
    school: z.string().max(64).optional().meta({ description: 'Only this school. Absent: every school.' }),
  }),
  responses: { 202: { description: 'A page that confirms it.', ...page } },
  problems: ['NOT_FOUND', 'TOO_MANY_REQUESTS'],
  example: linkExample,
})
