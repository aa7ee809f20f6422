import * as z from 'zod'
import { generation, matchedIds, ownerName } from '../catalog/generation.ts'
import { buildSourceLimits, type LimitedSource } from '../routing/source/source-limits.ts'
import { recordId, slug } from '../vocabulary.ts'
import { sha256 } from './consent.ts'
import type { LeadProfile } from './lead-profile.ts'
import type { Source } from './source.ts'

/**
 * What a match showed. The signed matchId carries it, and the consent text for any of its schools can be rebuilt from it
 * byte for byte.
 */
export const matchRecord = z.object({
  /** The source that requested the match, as an owner name. Absent for a page without a key. */
  source: ownerName.optional(),
  careerSlug: slug,
  programId: recordId.optional(),
  ...matchedIds.shape,
  schools: z.array(z.object({ schoolId: recordId, consentName: z.string(), generation })),
  disclosure: z.object({ version: z.string(), sha256 }),
  /** Why the other campaigns were refused, encoded and sealed, because the holder of a matchId can read it. */
  refusals: z.string().optional(),
})
export type MatchRecord = z.output<typeof matchRecord>

/** What seals the refusals of a match are bound to. */
export const matchRefusalsContext = 'match-refusals'

/** Returns how long the encoded refusals of a match may be, so that its signed matchId stays under 4 kB. */
export function getMaxRefusalsLength(match: Omit<MatchRecord, 'refusals'>): number {
  const payloadBytes = Math.floor(((maxMatchIdLength - tokenOverhead) * 3) / 4)
  const freeBytes = payloadBytes - Buffer.byteLength(JSON.stringify(match)) - claimsBytes
  // AES-GCM adds 28 bytes, and base64 makes 4 letters of 3 bytes.
  return Math.max(0, Math.floor(freeBytes / 4) * 3 - 28)
}

const maxMatchIdLength = 4000
/** Header, signature and dots of a signed token. */
const tokenOverhead = 70
/** Audience, time of issue and expiry, and the name of the refusals. */
const claimsBytes = 90

/** How long a visitor may take to send the form. */
export const matchSeconds = 2 * 60 * 60
/** How many schools a consent text may name. Readers would overlook names in a longer list. */
export const maxSchoolsNamed = 10

type MatchProfile = Omit<LeadProfile, 'state' | 'sourceId' | 'at'>

/** The facts of a match: no school is named yet and nothing is sold. The seed makes ties fall the same way for the same ZIP code. */
export function buildMatchFacts(
  profile: MatchProfile,
  { state, source, at }: { state: string; source: Source & LimitedSource; at: string },
) {
  return {
    profile: { ...profile, state, sourceId: source.id, at },
    stage: 'match',
    sourceRules: source.rules,
    sourceLimits: buildSourceLimits(source, { receivedAt: at, test: source.mode === 'test' }),
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
