import type * as z from 'zod'
import type { leadRequest } from '#shared/contract/capture/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { disclosureText } from '#shared/domain/capture/disclosure.ts'
import { type MatchRecord, matchRecord } from '#shared/domain/capture/match.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { ConsentInput } from './consent-input.ts'

type ParseMatchConsentDependencies = Pick<Dependencies, 'tokens' | 'now'>
type MatchConsent = Pick<z.output<typeof leadRequest>, 'matchId' | 'schoolIds' | 'consent'>

/** What the visitor was shown and agreed to: the text of the match, and of its schools those that were ticked. */
export async function parseMatchConsent(
  { matchId, schoolIds, consent }: MatchConsent,
  { tokens, now }: ParseMatchConsentDependencies,
): Promise<Omit<ConsentInput, 'ip' | 'userAgent'>> {
  const result = await tokens.open('match', matchId, now())
  if (result === 'expired')
    throw matchRefusal('MATCH_EXPIRED', '/matchId', 'Ask for a new match and show its consent text.')
  const match = result === 'forged' ? undefined : matchRecord.safeParse(result.content).data
  if (!match) throw matchRefusal('MATCH_INVALID', '/matchId', 'Send the matchId as /v1/matches gave it.')

  const { version, sha256: digest } = match.disclosure
  const text =
    disclosureText(
      version,
      match.schools.map(({ consentName }) => consentName),
    ) ?? ''
  if (sha256(text) !== digest || consent.sha256 !== digest)
    throw matchRefusal(
      'CONSENT_MISMATCH',
      '/consent/sha256',
      'Send the sha256 of the disclosure that this matchId came with.',
    )
  const { careerSlug, programId } = match
  const disclosure = { version, sha256: digest, text, schoolIds: match.schools.map(({ schoolId }) => schoolId) }
  return { careerSlug, programId, disclosure, schoolIds: selectSchoolIds(match, schoolIds) }
}

function selectSchoolIds({ schools }: MatchRecord, requestedIds: readonly string[] | undefined): string[] {
  const matchedIds = schools.map(({ schoolId }) => schoolId)
  const errors = (requestedIds ?? []).flatMap((schoolId, index) =>
    matchedIds.includes(schoolId)
      ? []
      : [{ pointer: `/schoolIds/${index}`, code: 'unknown_school', detail: 'is not one of the schools of the match' }],
  )
  if (errors.length > 0) throw new Refusal('SCHOOL_UNKNOWN', 'Send only schools that the match named.', { errors })
  return requestedIds ? matchedIds.filter((schoolId) => requestedIds.includes(schoolId)) : matchedIds
}

function matchRefusal(
  code: 'MATCH_EXPIRED' | 'MATCH_INVALID' | 'CONSENT_MISMATCH',
  pointer: string,
  detail: string,
): Refusal {
  return new Refusal(code, detail, { errors: [{ pointer, code: code.toLowerCase(), detail }] })
}
