import * as z from 'zod'
import { instant } from './vocabulary.ts'

/**
 * Which states a delivery may come from, for each state that it may enter. The store derives its write conditions
 * from this table, so a transition that is not here cannot be written.
 */
export const enteredFrom = {
  pending: ['leased', 'dead'],
  leased: ['pending', 'parked', 'leased'],
  delivered: ['leased'],
  rejected: ['leased'],
  parked: ['leased', 'pending'],
  dead: ['leased'],
  erased: ['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead'],
} as const

export const deliveryState = z
  .enum(['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead', 'erased'])
  .meta({ id: 'DeliveryState' })
export type DeliveryState = z.output<typeof deliveryState>

export const delivery = z
  .strictObject({
    deliveryId: z.string(),
    leadId: z.string(),
    schoolId: z.string(),
    schoolName: z.string(),
    campaignId: z.string(),
    programId: z.string(),
    state: deliveryState,
    createdAt: instant,
    dueAt: instant.optional().meta({ description: 'When it is tried next; absent once it is settled.' }),
    settledAt: instant.optional(),
    attempts: z.int().min(0),
    priceCents: z.int().min(0),
    test: z.boolean(),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.output<typeof delivery>

export const attempt = z
  .strictObject({
    attemptId: z.string(),
    deliveryId: z.string(),
    number: z.int().min(1),
    startedAt: instant,
    endedAt: instant,
    kind: z.enum(['webhook', 'email']),
    stage: z.string().meta({
      description: 'How far it came: refused, resolve, connect, tls, send, receive, deadline, answered, sent.',
    }),
    outcome: z.enum(['delivered', 'rejected', 'retry', 'dead']),
    status: z.int().optional().meta({ description: 'HTTP status of the answer, where one came.' }),
    reason: z.string().optional(),
    answer: z.string().optional().meta({ description: 'The start of what came back.' }),
    messageId: z.string().optional(),
  })
  .meta({ id: 'Attempt' })
export type Attempt = z.output<typeof attempt>
