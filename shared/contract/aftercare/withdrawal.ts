import * as z from 'zod'
import { instant } from '../../domain/vocabulary.ts'
import { contact, sourceHeaders } from '../capture/lead-fields.ts'
import { defineRoute } from '../route.ts'

export const withdrawConsent = defineRoute({
  name: 'withdrawConsent',
  method: 'POST',
  path: '/v1/consents/withdrawals',
  caller: 'source',
  summary: 'A person no longer wants to be contacted',
  description:
    'What is still to be sent stops, and no later enquiry of the person goes to anyone. It cannot be told from the answer whether we knew them.',
  headers: sourceHeaders,
  body: z
    .strictObject({ email: contact.shape.email.optional(), phone: contact.shape.phone.optional() })
    .refine(
      ({ email, phone }) => email !== undefined || phone !== undefined,
      'must hold an e-mail address or a phone number',
    )
    .meta({ id: 'WithdrawalRequest' }),
  responses: { 202: { description: 'It holds from now on.', body: z.object({ withdrawnAt: instant }) } },
  problems: ['ORIGIN_NOT_ALLOWED'],
  example: { headers: { 'x-source-key': 'pk_...' }, body: { email: 'ada@mail.example' } },
})
