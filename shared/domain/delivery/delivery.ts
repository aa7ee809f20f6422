import * as z from 'zod'
import { disposition } from '../aftercare/disposition.ts'
import { traceparent } from '../capture/traceparent.ts'
import { idSchema } from '../ids.ts'
import { instant } from '../vocabulary.ts'
import { bindingFault, deliveryBinding } from './binding.ts'
import { emailRecipient } from './email-endpoint.ts'
import { fileReceipt } from './files/delivery-file.ts'

/**
 * The allowed prior states of each state. The store derives its write conditions from this table, so any other
 * transition cannot be written. A delivery leaves `delivered` by a replay or a bounce. A waiting one becomes `delivered`
 * without an attempt if its school opens it. A withdrawal of consent ends a
 * waiting one: as `delivered` if the school accepted it before, otherwise as `dead`.
 */
export const allowedPriorStates = {
  pending: ['leased', 'pending', 'parked', 'dead', 'delivered'],
  leased: ['pending', 'parked', 'leased'],
  delivered: ['leased', 'pending', 'parked'],
  rejected: ['leased'],
  parked: ['leased', 'pending', 'parked', 'delivered'],
  dead: ['leased', 'pending', 'parked'],
  erased: ['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead'],
} as const

export const deliveryState = z
  .enum(['pending', 'leased', 'delivered', 'rejected', 'parked', 'dead', 'erased'])
  .meta({ id: 'DeliveryState' })
export type DeliveryState = z.output<typeof deliveryState>

/** How a lead is sent: by itself, or in a file by email or SFTP. */
const deliveryKind = z.enum(['webhook', 'email', 'email-file', 'sftp'])

/** Whether it is sent by email, alone or in a file: then it may bounce after it counted as delivered. */
export function isByEmail(kind: z.output<typeof deliveryKind> | undefined): boolean {
  return kind === 'email' || kind === 'email-file'
}

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
    dueAt: instant
      .optional()
      .meta({ description: 'When the next attempt is due; absent once the delivery is settled.' }),
    settledAt: instant.optional(),
    deliveredAt: instant
      .optional()
      .meta({ description: 'When the school first accepted it. A replay does not change this.' }),
    deliveredBy: deliveryKind.optional().meta({ description: 'How it arrived first.' }),
    takenAt: instant.optional().meta({
      description:
        'When the school opened the lead before it had arrived, or first read one that came by email. It counts as ' +
        'delivered since then, also if the email bounces.',
    }),
    failingSince: instant
      .optional()
      .meta({ description: 'When the first of the latest consecutive failures happened.' }),
    attempts: z.int().min(0),
    countedFailures: z
      .int()
      .min(0)
      .meta({
        description:
          'Number of attempts that count on the retry schedule: failures that the school caused. An email that may have ' +
          'arrived counts as four.',
      }),
    unclearResponses: z.int().optional().meta({
      description:
        'Number of 2xx responses that the response rules could not interpret. After five it is not sent again.',
    }),
    uncertain: z
      .boolean()
      .meta({ description: 'Whether an earlier attempt may have reached the school without a confirmation.' }),
    replays: z.int().min(0),
    replayedAt: instant.optional().meta({ description: 'When a replay was last requested.' }),
    fileId: z.string().optional().meta({ description: 'The file in which it waits, or was last sent.' }),
    priceCents: z.int().min(0),
    payoutCents: z.int().min(0).optional().meta({
      description: 'What the source earns with it, as agreed when the lead was accepted. Absent: nothing.',
    }),
    payoutOn: z
      .literal('accepted')
      .optional()
      .meta({ description: 'Set if the source has earned it whatever becomes of the delivery.' }),
    test: z.boolean(),
    binding: deliveryBinding.optional().meta({
      description: 'What was agreed when the delivery was created. It is sent to that school or to no one.',
    }),
    unbound: bindingFault.optional().meta({
      description: 'Why the delivery ended without being sent: a record that it is bound to was changed or deleted.',
    }),
    reroute: z
      .strictObject({ campaignId: z.string(), because: bindingFault, at: instant })
      .optional()
      .meta({ description: 'Set if it was sent through another campaign of the same school.' }),
    returnedAt: instant
      .optional()
      .meta({ description: 'When its return was accepted. Since then it counts against no cap and no budget.' }),
    withdrawnAt: instant
      .optional()
      .meta({ description: 'When the person withdrew the consent under which the school received the lead.' }),
    disposition: disposition
      .pick({ disposition: true, at: true })
      .optional()
      .meta({ description: 'The latest disposition that the school recorded.' }),
    traceparent: traceparent.optional(),
    erases: idSchema('delivery')
      .optional()
      .meta({ description: 'Set on an erasure notice: the delivery of the lead that the school must erase.' }),
    withdraws: idSchema('delivery').optional().meta({
      description:
        'Set on a withdrawal notice: the delivery of the lead whose person the school must no longer contact.',
    }),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.output<typeof delivery>

/** Whether the delivery ended unsent because of its binding, so that its lead went back to routing. */
export function isReturnedToRouting({
  state,
  unbound,
  uncertain,
  deliveredAt,
}: Pick<Delivery, 'state' | 'unbound' | 'uncertain' | 'deliveredAt'>): boolean {
  return state === 'dead' && unbound !== undefined && !uncertain && deliveredAt === undefined
}

/** Whether an attempt may have reached the school: one is under way, or one ended without a confirmation. */
export function mayHaveReachedSchool({ uncertain, state }: Pick<Delivery, 'uncertain' | 'state'>): boolean {
  return uncertain || state === 'leased'
}

/** The counters of a delivery before its first attempt. */
export const initialDeliveryState = { attempts: 0, countedFailures: 0, uncertain: false, replays: 0 } as const

/** A request without its content. The school can find the body that it received by its digest. */
const attemptRequest = z
  .strictObject({
    method: z.string(),
    url: z.string().meta({ description: 'Without the query, which may contain a secret.' }),
    bytes: z.int().meta({ description: 'Size of the body.' }),
    sha256: z.string().meta({ description: 'Digest of the body, in hexadecimal.' }),
  })
  .meta({ id: 'AttemptRequest' })

export const attempt = z
  .strictObject({
    attemptId: z.string(),
    deliveryId: z.string(),
    number: z.int().min(1),
    startedAt: instant,
    endedAt: instant,
    kind: deliveryKind,
    stage: z.string().meta({
      description: 'How far the attempt got: refused, resolve, connect, tls, send, receive, deadline, answered, sent.',
    }),
    request: attemptRequest.optional().meta({ description: 'Set for a webhook that was sent, completely or in part.' }),
    outcome: z.enum(['delivered', 'rejected', 'retry', 'uncounted-retry', 'dead']).meta({
      description: '`uncounted-retry`: it will be retried and does not count on the retry schedule.',
    }),
    status: z.int().optional().meta({ description: 'HTTP status of the response, if there was one.' }),
    reason: z.string().optional(),
    response: z.string().optional().meta({ description: 'The first 4 KiB of the response, without personal data.' }),
    reference: z.string().optional().meta({ description: 'The school’s own ID of the lead.' }),
    priceCents: z.int().optional().meta({ description: 'The price in the school’s response, in cents.' }),
    messageId: z.string().optional(),
    file: fileReceipt.optional().meta({ description: 'Set if it was sent in a file.' }),
    recipients: z.array(emailRecipient).optional().meta({
      description: 'What became of an email with several recipients, for each of them.',
    }),
    lostRecipients: z.int().optional().meta({ description: 'How many of `recipients` the email did not reach.' }),
    bouncedAt: instant.optional().meta({
      description:
        'When the email bounced, from the last of its recipients. A bounced attempt does not count as delivered.',
    }),
    parentId: z.string().optional().meta({ description: 'The parent ID in the `traceparent` header of the attempt.' }),
  })
  .meta({ id: 'Attempt' })
export type Attempt = z.output<typeof attempt>

const stagesBeforeSending: readonly string[] = ['refused', 'resolve', 'connect', 'tls']

/** Whether one of the attempts has sent anything to the school. One that has no entry in the log yet may have. */
export function hasSentAnything(
  { attempts }: Pick<Delivery, 'attempts'>,
  attemptLog: readonly Pick<Attempt, 'stage'>[],
) {
  return attempts > attemptLog.length || attemptLog.some(({ stage }) => !stagesBeforeSending.includes(stage))
}

/** Whether the school has the lead, or may have it: it opened it, accepted it, or was sent something that it did not confirm. */
export function mayHaveLead(
  delivery: Pick<Delivery, 'attempts' | 'deliveredAt'>,
  attemptLog: readonly Pick<Attempt, 'stage'>[],
): boolean {
  return delivery.deliveredAt !== undefined || hasSentAnything(delivery, attemptLog)
}

/** Whether one of these attempts was accepted and did not bounce. */
export function isAcceptedByAny(attempts: readonly Pick<Attempt, 'outcome' | 'bouncedAt'>[]): boolean {
  return attempts.some(({ outcome, bouncedAt }) => outcome === 'delivered' && bouncedAt === undefined)
}
