import * as z from 'zod'
import { recordId, slug } from '../vocabulary.ts'
import { sha256 } from './consent.ts'
import type { LeadProfile } from './lead-profile.ts'
import type { Source } from './source.ts'

/** What a match showed, as its signed token carries it: enough to rebuild the consent text byte for byte. */
export const matchRecord = z.object({
  careerSlug: slug,
  programId: recordId.optional(),
  schools: z.array(
    z.object({
      schoolId: recordId,
      name: z.string(),
      consentName: z.string(),
      programId: recordId,
      programName: z.string(),
    }),
  ),
  disclosure: z.object({ version: z.string(), sha256 }),
})
export type MatchRecord = z.output<typeof matchRecord>

/** How long a visitor may take over the form. */
export const matchSeconds = 2 * 60 * 60
/** How many schools one consent text names at most: more would hide the names from whoever reads it. */
export const maxSchoolsNamed = 10

type MatchProfile = Omit<LeadProfile, 'state' | 'sourceId' | 'at'>

/** What a match asks of routing. Nobody is named yet, nothing is sold, and ties fall by where the visitor lives. */
export function buildMatchFacts(
  profile: MatchProfile,
  { state, source, at }: { state: string; source: Source & { id: string }; at: string },
) {
  return {
    profile: { ...profile, state, sourceId: source.id, at },
    stage: 'match',
    sourceRules: source.rules,
    suppressed: false,
    rejectedBy: [],
    duplicateSchoolIds: [],
    duplicateOfSource: false,
    maxSales: maxSchoolsNamed,
    soldTo: 0,
    method: source.method,
    seed: `${profile.careerSlug}:${profile.zip}:${source.id}`,
    test: source.mode === 'test',
  } as const
}
