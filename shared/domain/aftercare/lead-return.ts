import * as z from 'zod'
import type { Delivery } from '../delivery/delivery.ts'
import { idSchema } from '../ids.ts'
import { addDays } from '../time.ts'
import { cents, instant, recordId, singleLine, uniqueBy } from '../vocabulary.ts'

/** Why a school may want credit for a lead that it took. The words are those of the trade. */
export const returnReasons = {
  'invalid-contact': 'Phone and e-mail lead to nobody.',
  'wrong-person': 'Phone or e-mail lead to somebody else, who has not asked.',
  duplicate: 'The school had this person already.',
  'outside-area': 'The person lives where the school does not teach.',
  'not-eligible': 'The person lacks what the program asks for.',
  'not-interested-in-education': 'The person never looked for a school, but for a job, a loan or a prize.',
  underage: 'The person is too young to agree.',
  'no-consent': 'The person says that they did not agree to be contacted.',
  fraud: 'The details are made up, or somebody was paid to give them.',
} as const satisfies { [reason: string]: string }
export type ReturnReason = keyof typeof returnReasons

export const returnReason = z.enum(Object.keys(returnReasons).filter(isReason)).meta({ id: 'ReturnReason' })

/** Nobody can judge these without a word of what was found. */
export const reasonsWithNote: readonly ReturnReason[] = ['not-eligible', 'fraud']

/**
 * Which states a return may come from, for each state that it may enter. The store derives its write conditions from
 * this table, so nothing is decided twice.
 */
export const returnPriorStates = { accepted: ['requested'], refused: ['requested'] } as const

export const returnState = z.enum(['requested', 'accepted', 'refused']).meta({ id: 'ReturnState' })
export type ReturnState = z.output<typeof returnState>

/** What a campaign says of returns. */
export const returnTerms = z
  .strictObject({
    days: z.int().min(0).max(90).default(14).meta({
      description: 'How long after delivery its school may ask for credit. 0: never.',
    }),
    reasons: z
      .array(returnReason)
      .min(1)
      .refine(...uniqueBy<string>((reason) => reason))
      .optional()
      .meta({ description: 'Absent: every reason there is.' }),
  })
  .meta({ id: 'ReturnTerms', description: 'When a school may ask for credit for a lead.' })
export type ReturnTerms = z.output<typeof returnTerms>

/** Of a campaign that says nothing of returns. */
export const defaultReturnTerms: ReturnTerms = { days: 14 }

export const returnInput = z
  .strictObject({
    reason: returnReason,
    note: singleLine(500)
      .optional()
      .meta({ description: `What you found. \`${reasonsWithNote.join('` and `')}\` need one.` }),
  })
  .meta({ id: 'ReturnInput' })
export type ReturnInput = z.output<typeof returnInput>

/** A school’s request for credit. A delivery has one at most. */
export const leadReturn = z
  .strictObject({
    returnId: idSchema('return'),
    deliveryId: z.string(),
    leadId: z.string(),
    schoolId: recordId,
    campaignId: recordId,
    reason: returnReason,
    note: singleLine(500).optional(),
    state: returnState,
    requestedAt: instant,
    decidedAt: instant.optional(),
    decidedBy: z.strictObject({ keyId: z.string(), name: z.string() }).optional(),
    answer: singleLine(300).optional().meta({ description: 'What staff say of it to the school.' }),
    creditCents: cents.meta({
      description: 'What the school is given back, if it is accepted: the price of the lead.',
    }),
  })
  .meta({ id: 'LeadReturn' })
export type LeadReturn = z.output<typeof leadReturn>

type ReturnableDelivery = Pick<Delivery, 'state' | 'deliveredAt' | 'test' | 'erases'>
export type ReturnEligibility =
  | { isAllowed: true }
  | { isAllowed: false; code: 'not-delivered' | 'not-bought' | 'too-late' | 'reason' | 'note'; sentence: string }

/** Whether a return of a delivery may be asked for, at an instant. */
export function checkReturn(
  delivery: ReturnableDelivery,
  input: ReturnInput,
  terms: ReturnTerms,
  now: string,
): ReturnEligibility {
  const { deliveredAt } = delivery
  const { reason, note } = input
  if (delivery.test) return ineligible('not-bought', 'A test costs nothing: there is nothing to give back.')
  if (delivery.erases) return ineligible('not-bought', 'This told you to forget a person, and cost nothing.')
  if (deliveredAt === undefined) return ineligible('not-delivered', 'Only a lead that was delivered can be returned.')
  if (now > getReturnDeadline(deliveredAt, terms)) return ineligible('too-late', formatTooLate(deliveredAt, terms))
  if (terms.reasons && !terms.reasons.includes(reason))
    return ineligible('reason', `must be one that the campaign takes: ${terms.reasons.join(', ')}`)
  if (delivery.state === 'erased')
    return note === undefined ? { isAllowed: true } : ineligible('note', 'must be left out: the person was forgotten')
  if (note === undefined && reasonsWithNote.includes(reason))
    return ineligible('note', `must say what you found: ${reason}`)
  return { isAllowed: true }
}

/** The last instant at which a return may be asked for. */
export function getReturnDeadline(deliveredAt: string, { days }: ReturnTerms): string {
  return addDays(deliveredAt, days)
}

function formatTooLate(deliveredAt: string, terms: ReturnTerms): string {
  if (terms.days === 0) return 'The campaign takes no returns.'
  return `The campaign takes returns for ${terms.days} days: this one until ${getReturnDeadline(deliveredAt, terms)}.`
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
