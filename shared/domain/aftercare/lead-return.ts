import * as z from 'zod'
import { author, writer } from '../access/actor.ts'
import type { Delivery } from '../delivery/delivery.ts'
import { isNotice } from '../delivery/notice.ts'
import { idSchema } from '../ids.ts'
import { addDays, addHours } from '../time.ts'
import { cents, instant, recordId, singleLine, uniqueBy, url } from '../vocabulary.ts'

/** Why a school may request credit for a lead: the codes, with the description in the API docs. */
export const returnReasons = {
  'invalid-contact': 'Phone and email are disconnected.',
  'wrong-person': 'Phone or email belong to another person, who did not request anything.',
  duplicate: 'The student is already in the school’s system.',
  'outside-area': 'The student lives outside the area that the school serves.',
  'not-eligible': 'The student does not meet the requirements of the program.',
  'not-interested-in-education': 'The person was looking for a job, a loan or a prize, not for a school.',
  underage: 'The person is too young to give consent.',
  'no-consent': 'The person says that they did not consent to be contacted.',
  fraud: 'The details are fake, or the person was paid to submit them.',
} as const satisfies { [reason: string]: string }
export type ReturnReason = keyof typeof returnReasons

export const returnReason = z.enum(Object.keys(returnReasons).filter(isReason)).meta({ id: 'ReturnReason' })

/** Staff cannot decide these without the school’s findings. */
export const reasonsWithNote: readonly ReturnReason[] = ['not-eligible', 'fraud']

/** The allowed prior states of each state. The store derives its write conditions from this table. */
export const returnPriorStates = { accepted: ['requested'], refused: ['requested'] } as const

export const returnState = z.enum(['requested', 'accepted', 'refused']).meta({ id: 'ReturnState' })
export type ReturnState = z.output<typeof returnState>

/** The terms of a campaign for returns. */
export const returnTerms = z
  .strictObject({
    days: z.int().min(0).max(90).default(14).meta({
      description: 'Days after delivery in which the school may request credit. 0: no returns.',
    }),
    reasons: z
      .array(returnReason)
      .min(1)
      .refine(...uniqueBy<string>((reason) => reason))
      .optional()
      .meta({ description: 'Absent: all reasons.' }),
    maxSharePercent: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .meta({
        description:
          'The most requests in a month, in percent of the leads that the campaign delivered in it, rounded up. The month is that of the ' +
          'school’s time zone. Refused requests do not count. Absent: no limit.',
      }),
    autoApproveAfterHours: z
      .int()
      .min(1)
      .max(720)
      .optional()
      .meta({ description: 'Hours after which a request that staff have not decided is accepted. Absent: never.' }),
  })
  .meta({ id: 'ReturnTerms', description: 'When a school may request credit for a lead.' })
export type ReturnTerms = z.output<typeof returnTerms>

/** Terms of a campaign without its own. */
export const defaultReturnTerms: ReturnTerms = { days: 14 }

const evidenceUrl = url
  .optional()
  .meta({ description: 'Where staff can see or hear what was found, such as a recording of the call.' })

export const returnInput = z
  .strictObject({
    reason: returnReason,
    note: singleLine(500)
      .optional()
      .meta({ description: `What you found. Required for \`${reasonsWithNote.join('` and `')}\`.` }),
    evidenceUrl,
  })
  .meta({ id: 'ReturnInput' })
export type ReturnInput = z.output<typeof returnInput>

/** A school’s request for credit. A delivery has at most one. */
export const leadReturn = z
  .strictObject({
    returnId: idSchema('return'),
    deliveryId: z.string(),
    leadId: z.string(),
    schoolId: recordId,
    campaignId: recordId,
    reason: returnReason,
    note: singleLine(500).optional(),
    evidenceUrl,
    byStaff: z.literal(true).optional().meta({ description: 'Staff gave the credit without a request of the school.' }),
    state: returnState,
    requestedAt: instant,
    approveAt: instant.optional().meta({
      description: 'When it is accepted if staff have not decided until then, by the terms at the request.',
    }),
    requestedBy: writer.optional().meta({ description: 'Absent: an API key.' }),
    decidedAt: instant.optional(),
    decidedBy: author.optional(),
    answer: singleLine(300).optional().meta({ description: 'The answer of staff to the school.' }),
    creditCents: cents.meta({
      description: 'The credit if the return is accepted: the price of the lead.',
    }),
  })
  .meta({ id: 'LeadReturn' })
export type LeadReturn = z.output<typeof leadReturn>

type ReturnableDelivery = Pick<Delivery, 'state' | 'deliveredAt' | 'test' | 'erases' | 'withdraws'>
export type ReturnEligibility =
  | { isAllowed: true }
  | {
      isAllowed: false
      code: 'not-delivered' | 'not-bought' | 'too-late' | 'reason' | 'note' | 'evidenceUrl'
      sentence: string
    }

/** Checks whether a school may request a return of a delivery at the instant `now`. */
export function checkReturn(
  delivery: ReturnableDelivery,
  input: ReturnInput,
  terms: ReturnTerms,
  now: string,
): ReturnEligibility {
  const { deliveredAt } = delivery
  const { reason, note, evidenceUrl } = input
  if (delivery.test) return ineligible('not-bought', 'A test lead is free, so there is nothing to credit.')
  if (isNotice(delivery))
    return ineligible('not-bought', 'This delivery was a notice. It is free, so there is nothing to credit.')
  if (deliveredAt === undefined) return ineligible('not-delivered', 'Only delivered leads can be returned.')
  if (now > getReturnDeadline(deliveredAt, terms)) return ineligible('too-late', formatTooLate(deliveredAt, terms))
  if (terms.reasons && !terms.reasons.includes(reason))
    return ineligible('reason', `must be one of the reasons that the campaign accepts: ${terms.reasons.join(', ')}`)
  if (delivery.state === 'erased')
    return note === undefined && evidenceUrl === undefined
      ? { isAllowed: true }
      : ineligible(
          note === undefined ? 'evidenceUrl' : 'note',
          'must be left out because the personal data of the lead was deleted',
        )
  if (note === undefined && reasonsWithNote.includes(reason))
    return ineligible('note', `is required for ${reason}: say what you found`)
  return { isAllowed: true }
}

/** How many returns a month allows after so many delivered leads. */
export function computeMaxReturns(deliveredCount: number, maxSharePercent: number): number {
  return Math.ceil((deliveredCount * maxSharePercent) / 100)
}

/** When a return that is requested at `requestedAt` is accepted unless staff decide before. Undefined: never. */
export function findApprovalTime(requestedAt: string, { autoApproveAfterHours }: ReturnTerms): string | undefined {
  return autoApproveAfterHours === undefined ? undefined : addHours(requestedAt, autoApproveAfterHours)
}

/** The last instant at which a return may be requested. */
export function getReturnDeadline(deliveredAt: string, { days }: ReturnTerms): string {
  return addDays(deliveredAt, days)
}

function formatTooLate(deliveredAt: string, terms: ReturnTerms): string {
  if (terms.days === 0) return 'The campaign does not accept returns.'
  return `The campaign accepts returns for ${terms.days} days. The deadline for this lead was ${getReturnDeadline(deliveredAt, terms)}.`
}

function ineligible(
  code: Extract<ReturnEligibility, { isAllowed: false }>['code'],
  sentence: string,
): ReturnEligibility {
  return { isAllowed: false, code, sentence }
}

function isReason(name: string): name is ReturnReason {
  return name in returnReasons
}
