import type * as z from 'zod'
import type { leadRequest } from '../../contract/capture/capture.ts'
import type { serverLeadRequest } from '../../contract/capture/lead-fields.ts'
import { invalidFields, Refusal } from '../../contract/problems.ts'
import { type Consent, maxConsentAgeDays } from '../../domain/capture/consent.ts'
import { ownDisclosureVersion, renderDisclosureText } from '../../domain/capture/disclosure.ts'
import { type MatchRecord, matchRecord, matchRefusalsContext } from '../../domain/capture/match.ts'
import { reviewOwnText } from '../../domain/capture/naming/own-consent-text.ts'
import {
  type Generation,
  type MatchedIds,
  matchedIds,
  parseOwnerName,
  toOwnerName,
} from '../../domain/catalog/generation.ts'
import { getLegalName, school } from '../../domain/catalog/school.ts'
import { addDays, addSeconds } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { sha256 } from '../../platform/digests.ts'
import type { StoredRecord } from '../../store/catalog/record-store.ts'
import type { ResolvedSource, SubmissionRequest } from './find-source.ts'

type ParseConsentDependencies = Pick<Dependencies, 'records' | 'tokens' | 'now' | 'sealer'>
type ConsentRequest = Pick<SubmissionRequest, 'body' | 'headers' | 'principal' | 'ip'>
type MatchConsent = Pick<z.output<typeof leadRequest>, 'matchId' | 'schoolIds' | 'consent'>
type OwnConsent = Pick<z.output<typeof serverLeadRequest>, 'careerSlug' | 'programId' | 'consent'>

/** What the visitor asked for and agreed to. `ip` and `userAgent` are the visitor's, absent if unknown. */
export type ConsentInput = {
  careerSlug: string
  programId: string | undefined
  /** Why the match did not name its other campaigns, encoded. */
  matchRefusals?: string
  /** When the visitor agreed, if that was before this request. */
  givenAt?: string
} & Pick<Consent, 'disclosure' | 'schoolIds' | 'uncheckedSchoolIds' | 'textGaps' | 'claimedBy' | 'ip' | 'userAgent'>

/** Reads the consent to our own text of a match, or to the text of a publisher's server. @throws Refusal if it is not valid. */
export async function parseConsent(
  { body, headers, principal, ip }: ConsentRequest,
  source: Pick<ResolvedSource, 'id' | 'generation'>,
  deps: ParseConsentDependencies,
): Promise<ConsentInput> {
  // The address of a publisher's server says nothing about the visitor.
  const client = principal.scope === 'form' ? { ip, userAgent: headers['user-agent'] } : {}
  if ('matchId' in body) return { ...(await parseMatchConsent(body, source, deps)), ...client }
  if (principal.scope === 'form') throw invalidFields([missingMatchId])
  return parseOwnConsent(body, deps)
}

const missingMatchId = {
  pointer: '/matchId',
  code: 'required',
  detail:
    'is required from a landing page: call /v1/matches and show its consent text. ' +
    'Only a server with a secret key may show a text of its own',
}

/** Our text for exactly the schools of the match that the visitor selected. */
async function parseMatchConsent(
  { matchId, schoolIds, consent }: MatchConsent,
  source: Pick<ResolvedSource, 'id' | 'generation'>,
  { tokens, now, sealer }: ParseConsentDependencies,
): Promise<ConsentInput> {
  const result = tokens.open('match', matchId, now())
  if (result === 'expired')
    throw matchRefusal('MATCH_EXPIRED', '/matchId', 'Request a new match and show its consent text.')
  const match = result === 'forged' ? undefined : matchRecord.safeParse(result.content).data
  if (!match) throw matchRefusal('MATCH_INVALID', '/matchId', 'Send the matchId as /v1/matches returned it.')

  requireCurrentSource(match, source)

  const { careerSlug, programId } = match
  const { version, sha256: matchDigest } = match.disclosure
  if (sha256(renderText(version, match.schools)) !== matchDigest)
    throw matchRefusal('CONSENT_MISMATCH', '/matchId', 'Request a new match and show its consent text.')
  const schools = selectSchools(match, schoolIds)
  const text = renderText(version, schools)
  const digest = sha256(text)
  if (consent.sha256 !== digest)
    throw matchRefusal(
      'CONSENT_MISMATCH',
      '/consent/sha256',
      schools.length === match.schools.length
        ? 'Send the sha256 of the disclosure that this matchId came with.'
        : 'Show the text that disclosure.template gives for exactly the schools of schoolIds, in the order of the match, ' +
            'and send its SHA-256.',
    )
  const selectedIds = schools.map(({ schoolId }) => schoolId)
  const legalNames = Object.fromEntries(schools.map(({ schoolId, consentName }) => [schoolId, consentName]))
  const disclosure = {
    version,
    sha256: digest,
    text,
    schoolIds: selectedIds,
    legalNames,
    ...listGenerations(schools),
    ...matchedIds.parse(match),
  }
  const uncheckedSchoolIds = match.schools.flatMap(({ schoolId }) => (selectedIds.includes(schoolId) ? [] : [schoolId]))
  return {
    careerSlug,
    programId,
    disclosure,
    schoolIds: selectedIds,
    ...(uncheckedSchoolIds.length > 0 && { uncheckedSchoolIds }),
    ...(match.refusals !== undefined && { matchRefusals: sealer.open(matchRefusalsContext, match.refusals) }),
  }
}

/** A source with the ID of a deleted one is another publisher, and its pages have not shown the text of the match. */
function requireCurrentSource({ source: matchSource }: MatchRecord, source: Pick<ResolvedSource, 'id' | 'generation'>) {
  if (matchSource === undefined || matchSource === toOwnerName(source)) return
  if (parseOwnerName(matchSource).id === source.id)
    throw matchRefusal(
      'MATCH_INVALID',
      '/matchId',
      'The source of this matchId was deleted. Request a new match and show its consent text.',
    )
}

/** Which record each id was: only of ids that were used before. */
function listGenerations(schools: readonly { schoolId: string; generation?: Generation }[]) {
  const entries = schools.flatMap(({ schoolId, generation }) => (generation ? [[schoolId, generation] as const] : []))
  return entries.length > 0 ? { schoolGenerations: Object.fromEntries(entries) } : {}
}

function renderText(version: string, schools: MatchRecord['schools']): string {
  const consentNames = schools.map(({ consentName }) => consentName)
  return renderDisclosureText(version, consentNames) ?? ''
}

/** The schools of the match that the visitor selected, in the order in which the match showed them. */
function selectSchools({ schools }: MatchRecord, requestedIds: readonly string[] | undefined): MatchRecord['schools'] {
  if (!requestedIds) return schools
  const errors = requestedIds.flatMap((schoolId, index) =>
    schools.some((school) => school.schoolId === schoolId)
      ? []
      : [{ pointer: `/schoolIds/${index}`, code: 'unknown_school', detail: 'is not one of the schools of the match' }],
  )
  if (errors.length > 0) throw new Refusal('SCHOOL_UNKNOWN', 'Send only schools that the match named.', { errors })
  return schools.filter(({ schoolId }) => requestedIds.includes(schoolId))
}

function matchRefusal(
  code: 'MATCH_EXPIRED' | 'MATCH_INVALID' | 'CONSENT_MISMATCH',
  pointer: string,
  detail: string,
): Refusal {
  return new Refusal(code, detail, { errors: [{ pointer, code: code.toLowerCase(), detail }] })
}

/** The text of a publisher's server, unchanged, for those of the schools it claims that the text really names. */
async function parseOwnConsent(
  { careerSlug, programId, consent }: OwnConsent,
  { records, now }: ParseConsentDependencies,
): Promise<ConsentInput> {
  const givenAt = readConsentTime(consent.grantedAt, now().toISOString())
  const schoolIds = [...new Set(consent.schoolsNamed)]
  const [careerRecord, programRecord, ...schools] = await Promise.all([
    records.get('careers', careerSlug),
    programId === undefined ? undefined : records.get('programs', programId),
    ...schoolIds.map((id) => records.get('schools', id)),
  ])
  if (!careerRecord)
    throw invalidFields([
      { pointer: '/careerSlug', code: 'unknown_career', detail: 'is not a known career; see /v1/careers' },
    ])
  const errors = consent.schoolsNamed.flatMap((id, index) =>
    schools[schoolIds.indexOf(id)]
      ? []
      : [{ pointer: `/consent/schoolsNamed/${index}`, code: 'unknown_school', detail: 'is not the ID of a school' }],
  )
  if (errors.length > 0) throw new Refusal('SCHOOL_UNKNOWN', 'Use the IDs that schools have in this API.', { errors })
  const { text, ip, userAgent } = consent
  const claimedSchools = schools.flatMap((row) => (row ? [{ schoolId: row.id, ...school.parse(row.body) }] : []))
  const { namedSchoolIds, gaps } = reviewOwnText(
    text,
    claimedSchools.map(({ schoolId, consentNames = [], ...one }) => ({
      schoolId,
      names: [getLegalName(one), ...consentNames],
    })),
  )
  const legalNames = Object.fromEntries(
    claimedSchools.flatMap((one) =>
      namedSchoolIds.includes(one.schoolId) ? [[one.schoolId, getLegalName(one)] as const] : [],
    ),
  )
  const generations = listGenerations(
    schools.flatMap((row) => (row && namedSchoolIds.includes(row.id) ? [{ ...row, schoolId: row.id }] : [])),
  )
  const disclosure = {
    version: ownDisclosureVersion,
    sha256: sha256(text),
    text,
    schoolIds: namedSchoolIds,
    legalNames,
    ...generations,
    ...findRequestedIds(careerRecord, programRecord),
  }
  const hasGaps = gaps.elements.length + gaps.schoolIds.length > 0
  return {
    careerSlug,
    programId,
    disclosure,
    schoolIds: namedSchoolIds,
    ...(hasGaps && { textGaps: gaps }),
    claimedBy: 'publisher',
    ...(givenAt !== undefined && { givenAt }),
    ip,
    userAgent,
  }
}

/** A later career or program with the ID is not what the visitor asked for. */
function findRequestedIds(career: StoredRecord, program: StoredRecord | undefined): MatchedIds {
  return {
    ...(career.generation && { careerGeneration: career.generation }),
    ...(program?.generation && { programGeneration: program.generation }),
  }
}

/** The time that a publisher claims; undefined if it is now. Its clock may be a little ahead of ours. */
function readConsentTime(grantedAt: string | undefined, now: string): string | undefined {
  if (grantedAt === undefined || (grantedAt >= now && grantedAt <= addSeconds(now, maxClockLeadSeconds)))
    return undefined
  const fault = (code: string, detail: string) => invalidFields([{ pointer: '/consent/grantedAt', code, detail }])
  if (grantedAt > now) throw fault('in_future', 'must not be in the future')
  if (grantedAt < addDays(now, -maxConsentAgeDays))
    throw fault('too_old', `must be at most ${maxConsentAgeDays} days ago: ask the visitor again`)
  return grantedAt
}

const maxClockLeadSeconds = 300
