import * as z from 'zod'
import { instant, recordId, singleLine } from '../vocabulary.ts'

export const verdict = z
  .strictObject({
    campaignId: recordId,
    schoolId: recordId,
    selected: z.boolean(),
    programId: recordId.optional().meta({ description: 'The program that the lead is for, where one fits.' }),
    rank: z.int().min(1).optional().meta({ description: 'Place among those that would take the lead; 1 is the best.' }),
    exclusive: z.boolean().optional().meta({ description: 'The campaign has the lead alone.' }),
    priceCents: z.int().optional().meta({ description: 'What the school pays, where selected.' }),
    until: instant.optional().meta({ description: 'When the reason ends by itself, such as a cap window.' }),
    parked: z
      .boolean()
      .optional()
      .meta({ description: 'The lead is kept for this campaign and offered again at `until`.' }),
    reason: z.string().optional().meta({ description: 'Why not: a reason code. Absent where selected.' }),
    detail: singleLine(500).optional(),
  })
  .meta({ id: 'Verdict' })
export type Verdict = z.output<typeof verdict>

/** All verdicts of one routing. The same enquiry, candidates and seed give the same decision again, byte for byte. */
export const decision = z
  .strictObject({
    rulesVersion: z.string(),
    decidedAt: instant,
    seed: z.string(),
    verdicts: z.array(verdict),
  })
  .meta({ id: 'Decision' })
export type Decision = z.output<typeof decision>

/** What became of a lead. One that nobody may have is kept as unmatched, or as a duplicate where that was the reason. */
export function toLeadOutcome({ verdicts }: Decision): 'accepted' | 'unmatched' | 'duplicate' {
  if (verdicts.some(({ selected }) => selected)) return 'accepted'
  return verdicts.some(({ reason }) => reason === 'DUPLICATE' || reason === 'DUPLICATE_SCHOOL')
    ? 'duplicate'
    : 'unmatched'
}
