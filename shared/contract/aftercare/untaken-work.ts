import * as z from 'zod'
import { untakenWork } from '../../domain/aftercare/untaken-work.ts'
import { idSchema } from '../../domain/ids.ts'
import { cursorPage, cursorQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

export const listUntakenWork = defineRoute({
  name: 'listUntakenWork',
  method: 'GET',
  path: '/v1/ops/untaken-work',
  caller: 'operator',
  summary: 'List schools that work leads that they do not have, latest first',
  description:
    'A school recorded a disposition of a lead, or asked for credit, although it rejected the lead, never received it or ' +
    'has its credit already. The request was refused with 409. Each delivery is listed until it is marked as handled.',
  query: cursorQuery,
  responses: {
    200: { description: 'One page.', body: z.object({ untakenWork: z.array(untakenWork), page: cursorPage }) },
  },
})

export const handleUntakenWork = defineRoute({
  name: 'handleUntakenWork',
  method: 'POST',
  path: '/v1/ops/deliveries/{deliveryId}/untaken-work/handled',
  caller: 'operator',
  summary: 'Mark as handled that a school works a lead that it does not have',
  description: 'It comes back if the school does it again.',
  params: z.object({ deliveryId: idSchema('delivery') }),
  responses: { 200: { description: 'It is off the list.', body: z.object({ deliveryId: idSchema('delivery') }) } },
  problems: ['NOT_FOUND'],
  example: { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})
