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
  summary: 'Record a disposition of one of your leads',
  description:
    'Dispositions are permanent; add another at any time. With an `Idempotency-Key`, a repeated request returns what was ' +
    'recorded first. Without one, the same disposition is recorded once per day (UTC).',
  params,
  headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
  body: dispositionInput,
  responses: {
    201: { description: 'Recorded.', body: disposition },
    200: { description: 'Recorded before; nothing changed.', body: disposition },
  },
  problems: ['NOT_FOUND', 'NOT_DELIVERED', 'LEAD_ERASED', 'IDEMPOTENCY_KEY_REUSED'],
  example: { ...example, body: { disposition: 'contacted', note: 'Wants to start in January.' } },
})

export const listDispositions = defineRoute({
  name: 'listDispositions',
  method: 'GET',
  path,
  caller: 'school',
  summary: 'List the dispositions of one of your leads, oldest first',
  params,
  responses: {
    200: { description: 'All dispositions of the lead.', body: z.object({ dispositions: z.array(disposition) }) },
  },
  problems: ['NOT_FOUND'],
  example,
})
