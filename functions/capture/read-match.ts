import type * as z from 'zod'
import type { leadRequest } from '#shared/contract/capture/capture.ts'
import { Refusal } from '#shared/contract/problems.ts'
import { disclosureText } from '#shared/domain/capture/disclosure.ts'
import { type Shown, shown } from '#shared/domain/capture/match.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'
import type { Agreement } from './agreement.ts'

type Needs = Pick<Dependencies, 'tokens' | 'now'>
type Given = Pick<z.output<typeof leadRequest>, 'matchId' | 'schoolIds' | 'consent'>

/** What the visitor was shown and agreed to: the text of the match, and of its schools those that were ticked. */
export async function readMatch(
  { matchId, schoolIds, consent }: Given,
  { tokens, now }: Needs,
): Promise<Omit<Agreement, 'ip' | 'userAgent'>> {
  const opened = await tokens.open('match', matchId, now())
  if (opened === 'expired') throw refusal('MATCH_EXPIRED', '/matchId', 'Ask for a new match and show its consent text.')
  const match = opened === 'forged' ? undefined : shown.safeParse(opened.content).data
  if (!match) throw refusal('MATCH_INVALID', '/matchId', 'Send the matchId as /v1/matches gave it.')

  const { version, sha256: digest } = match.disclosure
  const text =
    disclosureText(
      version,
      match.schools.map(({ consentName }) => consentName),
    ) ?? ''
  if (sha256(text) !== digest || consent.sha256 !== digest)
    throw refusal(
      'CONSENT_MISMATCH',
      '/consent/sha256',
      'Send the sha256 of the disclosure that this matchId came with.',
    )
  const { careerSlug, programId } = match
  const disclosure = { version, sha256: digest, text, schoolIds: match.schools.map(({ schoolId }) => schoolId) }
  return { careerSlug, programId, disclosure, schoolIds: agreedTo(match, schoolIds) }
}

function agreedTo({ schools }: Shown, ticked: readonly string[] | undefined): string[] {
  const named = schools.map(({ schoolId }) => schoolId)
  const errors = (ticked ?? []).flatMap((schoolId, index) =>
    named.includes(schoolId)
      ? []
      : [{ pointer: `/schoolIds/${index}`, code: 'unknown_school', detail: 'is not one of the schools of the match' }],
  )
  if (errors.length > 0) throw new Refusal('SCHOOL_UNKNOWN', 'Send only schools that the match named.', { errors })
  return ticked ? named.filter((schoolId) => ticked.includes(schoolId)) : named
}

function refusal(
  code: 'MATCH_EXPIRED' | 'MATCH_INVALID' | 'CONSENT_MISMATCH',
  pointer: string,
  detail: string,
): Refusal {
  return new Refusal(code, detail, { errors: [{ pointer, code: code.toLowerCase(), detail }] })
}
