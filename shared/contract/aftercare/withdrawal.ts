import * as z from 'zod'
import { instant } from '../../domain/vocabulary.ts'
import { contact, sourceHeaders } from '../capture/lead-fields.ts'
import { defineRoute } from '../route.ts'

export const withdrawConsent = defineRoute({
  name: 'withdrawConsent',
  method: 'POST',
  path: '/v1/consents/withdrawals',
  caller: 'source',
  summary: 'Withdraw the consent of a person',
  description:
    'Cancels what was not sent yet and sends no later lead of the person to any school. The response is the same whether or not the person is known.',
  headers: sourceHeaders,
  body: z
    .strictObject({ email: contact.shape.email.optional(), phone: contact.shape.phone.optional() })
    .refine(
      ({ email, phone }) => email !== undefined || phone !== undefined,
      'must contain an email address or a phone number',
    )
    .meta({ id: 'WithdrawalRequest' }),
  responses: { 202: { description: 'Effective immediately.', body: z.object({ withdrawnAt: instant }) } },
  problems: ['ORIGIN_NOT_ALLOWED'],
  example: { headers: { 'x-source-key': 'pk_...' }, body: { email: 'ada@mail.example' } },
})
