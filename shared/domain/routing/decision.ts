import * as z from 'zod'
import { instant, recordId, singleLine } from '../vocabulary.ts'

export const verdict = z
  .strictObject({
    campaignId: recordId,
    schoolId: recordId,
    selected: z.boolean(),
    programId: recordId.optional().meta({ description: 'The program that the lead is for, if one is eligible.' }),
    rank: z.int().min(1).optional().meta({ description: 'Rank among the eligible campaigns; 1 is the best.' }),
    exclusive: z.boolean().optional().meta({ description: 'The campaign got the lead exclusively.' }),
    priceCents: z.int().optional().meta({ description: 'The price, if selected.' }),
    until: instant.optional().meta({ description: 'When the reason ends, for example at the end of a cap window.' }),
    parked: z
      .boolean()
      .optional()
      .meta({ description: 'The lead is on hold for this campaign and is offered again at `until`.' }),
    reason: z.string().optional().meta({ description: 'The reason code of a refusal. Absent if selected.' }),
    also: z
      .array(z.string())
      .optional()
      .meta({ description: 'Codes of further reasons that apply, in the published order.' }),
    detail: singleLine(500).optional(),
  })
  .meta({ id: 'Verdict' })
export type Verdict = z.output<typeof verdict>

/** All verdicts on one lead or match. The same profile, candidates and seed give the same decision, byte for byte. */
export const decision = z
  .strictObject({
    rulesVersion: z.string(),
    decidedAt: instant,
    seed: z.string(),
    verdicts: z.array(verdict),
  })
  .meta({ id: 'Decision' })
export type Decision = z.output<typeof decision>

/** Returns the outcome of a lead. A lead without a buyer is `duplicate` if that was a reason, else `unmatched`. */
export function toLeadOutcome({ verdicts }: Decision): 'accepted' | 'unmatched' | 'duplicate' {
  if (verdicts.some(({ selected }) => selected)) return 'accepted'
  const isDuplicate = ({ reason, also = [] }: Verdict) =>
    (reason === 'DUPLICATE' || reason === 'DUPLICATE_SCHOOL') && !also.includes('SCHOOL_NOT_NAMED_IN_CONSENT')
  return verdicts.some(isDuplicate) ? 'duplicate' : 'unmatched'
}
