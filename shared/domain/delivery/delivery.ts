import * as z from 'zod'
import { disposition } from '../aftercare/disposition.ts'
import { traceparent } from '../capture/traceparent.ts'
import { idSchema } from '../ids.ts'
import { instant } from '../vocabulary.ts'

/**
 * Which states a delivery may come from, for each state that it may enter. The store derives its write conditions
 * from this table, so a transition that is not here cannot be written. What leaves `delivered` is a replay, or an
 * e-mail that came back.
 */
export const allowedPriorStates = {
  pending: ['leased', 'pending', 'parked', 'dead', 'delivered'],
  leased: ['pending', 'parked', 'leased'],
  delivered: ['leased'],
  rejected: ['leased'],
  parked: ['leased', 'pending', 'parked', 'delivered'],
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
    deliveredAt: instant
      .optional()
      .meta({ description: 'When the school first took it. A replay does not undo that.' }),
    failingSince: instant
      .optional()
      .meta({ description: 'When the first attempt failed of those that failed in a row.' }),
    attempts: z.int().min(0),
    countedFailures: z.int().min(0).meta({
      description: 'How many of the attempts count on the retry schedule: those that failed by the school’s own doing.',
    }),
    uncertain: z.boolean().meta({ description: 'Whether an earlier attempt may have arrived without our knowing.' }),
    replays: z.int().min(0),
    replayedAt: instant.optional().meta({ description: 'When somebody last asked for a replay.' }),
    priceCents: z.int().min(0),
    test: z.boolean(),
    returnedAt: instant
      .optional()
      .meta({ description: 'When its return was accepted: it counts against no cap and no budget since.' }),
    disposition: disposition
      .pick({ disposition: true, at: true })
      .optional()
      .meta({ description: 'What the school told of it last.' }),
    traceparent: traceparent.optional(),
    erases: idSchema('delivery')
      .optional()
      .meta({ description: 'Of a notice, which tells a school to forget a lead: the delivery that brought the lead.' }),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.output<typeof delivery>

/** Whether its school may have it: whoever holds it, or held it and did not say how it went, may have been heard. */
export function mayHaveReachedSchool({ uncertain, state }: Pick<Delivery, 'uncertain' | 'state'>): boolean {
  return uncertain || state === 'leased'
}

/** Of a delivery that nobody has tried yet. */
export const initialDeliveryState = { attempts: 0, countedFailures: 0, uncertain: false, replays: 0 } as const

/** What was sent, without what is in it: by the digest a school can tell which of its bodies it was. */
const attemptRequest = z
  .strictObject({
    method: z.string(),
    url: z.string().meta({ description: 'Without its query, which may hold a secret.' }),
    bytes: z.int().meta({ description: 'Of the body.' }),
    sha256: z.string().meta({ description: 'Of the body, in hexadecimal.' }),
  })
  .meta({ id: 'AttemptRequest' })

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
    request: attemptRequest.optional().meta({ description: 'Of a webhook that was sent, or begun.' }),
    outcome: z.enum(['delivered', 'rejected', 'retry', 'uncounted-retry', 'dead']).meta({
      description: '`uncounted-retry`: tried again without counting on the retry schedule.',
    }),
    status: z.int().optional().meta({ description: 'HTTP status of the response, if one came.' }),
    reason: z.string().optional(),
    response: z.string().optional().meta({ description: 'The first characters of the response.' }),
    reference: z.string().optional().meta({ description: 'What the school calls the lead.' }),
    priceCents: z.int().optional().meta({ description: 'What the school says it pays.' }),
    messageId: z.string().optional(),
    bouncedAt: instant.optional().meta({ description: 'When the e-mail came back: it was no delivery.' }),
    parentId: z.string().optional().meta({ description: 'By which the `traceparent` of the attempt names it.' }),
  })
  .meta({ id: 'Attempt' })
export type Attempt = z.output<typeof attempt>

/** Whether the school took the lead by one of these attempts, and it did not come back. */
export function isAcceptedByAny(attempts: readonly Pick<Attempt, 'outcome' | 'bouncedAt'>[]): boolean {
  return attempts.some(({ outcome, bouncedAt }) => outcome === 'delivered' && bouncedAt === undefined)
}
