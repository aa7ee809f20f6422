import * as z from 'zod'
import { suppressionReason } from '../../domain/aftercare/suppression.ts'
import { identifierFields } from '../../domain/fields/person-fields.ts'
import { instant } from '../../domain/vocabulary.ts'
import { sourceHeaders } from '../capture/lead-fields.ts'
import { defineRoute } from '../route.ts'

export const withdrawConsent = defineRoute({
  name: 'withdrawConsent',
  method: 'POST',
  path: '/v1/consents/withdrawals',
  caller: 'source',
  summary: 'Withdraw the consent of a person for the leads of this source',
  description:
    'For the leads of this source: cancels what was not sent yet, masks what schools can read, and tells every school that has a ' +
    'lead. Later written consent supersedes it. The response and its timing are the same whether or not the person is known. ' +
    'The link of a request does the same for the source of that request. At most 30 per minute from one address and 120 through one source.',
  headers: sourceHeaders,
  body: z
    .strictObject({
      ...identifierFields,
      reason: suppressionReason.optional(),
    })
    .refine(
      ({ email, phone }) => email !== undefined || phone !== undefined,
      'must contain an email address or a phone number',
    )
    .meta({ id: 'WithdrawalRequest' }),
  responses: { 202: { description: 'Effective immediately.', body: z.object({ withdrawnAt: instant }) } },
  problems: ['ORIGIN_NOT_ALLOWED'],
  example: { headers: { 'x-source-key': 'pk_...' }, body: { email: 'ada@mail.example' } },
})
