import * as z from 'zod'
import { disposition, dispositionInput } from '../../domain/aftercare/disposition.ts'
import { idSchema } from '../../domain/ids.ts'
import { defineRoute } from '../route.ts'

const path = '/v1/school/deliveries/{deliveryId}/dispositions'
const params = z.object({ deliveryId: idSchema('delivery') })
const example = { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } }

export const recordDisposition = defineRoute({
  name: 'recordDisposition',
  method: 'POST',
  path,
  caller: 'school',
  summary: 'Tell what became of one of your leads',
  description:
    'What was told stands; tell more as it happens. With an `Idempotency-Key`, the same request again is answered with ' +
    'what was recorded. Without one, the same disposition on the same day (UTC) is recorded once.',
  params,
  headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
  body: dispositionInput,
  responses: {
    201: { description: 'It is recorded.', body: disposition },
    200: { description: 'It was recorded before.', body: disposition },
  },
  problems: ['NOT_FOUND', 'NOT_DELIVERED', 'LEAD_ERASED', 'IDEMPOTENCY_KEY_REUSED'],
  example: { ...example, body: { disposition: 'contacted', note: 'Wants to start in January.' } },
})

export const listDispositions = defineRoute({
  name: 'listDispositions',
  method: 'GET',
  path,
  caller: 'school',
  summary: 'What you told of one of your leads, oldest first',
  params,
  responses: { 200: { description: 'All of it.', body: z.object({ dispositions: z.array(disposition) }) } },
  problems: ['NOT_FOUND'],
  example,
})
