import * as z from 'zod'
import { generation } from '../catalog/generation.ts'
import { recordId, slug } from '../vocabulary.ts'
import { sha256 } from './consent.ts'
import type { LeadProfile } from './lead-profile.ts'
import type { Source } from './source.ts'

/**
 * What a match showed. The signed matchId carries it, and the consent text for any of its schools can be rebuilt from it
 * byte for byte.
 */
export const matchRecord = z.object({
  careerSlug: slug,
  programId: recordId.optional(),
  schools: z.array(z.object({ schoolId: recordId, consentName: z.string(), generation })),
  disclosure: z.object({ version: z.string(), sha256 }),
})
export type MatchRecord = z.output<typeof matchRecord>

/** How long a visitor may take to send the form. */
export const matchSeconds = 2 * 60 * 60
/** How many schools a consent text may name. Readers would overlook names in a longer list. */
export const maxSchoolsNamed = 10

type MatchProfile = Omit<LeadProfile, 'state' | 'sourceId' | 'at'>

/** The facts of a match: no school is named yet and nothing is sold. The seed makes ties fall the same way for the same ZIP code. */
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
