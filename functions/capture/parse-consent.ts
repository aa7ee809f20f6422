import type * as z from 'zod'
import type { leadRequest, submitLead as route } from '#shared/contract/capture/capture.ts'
import type { serverLeadRequest } from '#shared/contract/capture/lead-fields.ts'
import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import type { Consent } from '#shared/domain/capture/consent.ts'
import { ownDisclosureVersion, renderDisclosureText } from '#shared/domain/capture/disclosure.ts'
import { type MatchRecord, matchRecord } from '#shared/domain/capture/match.ts'
import type { Request } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sha256 } from '#shared/platform/digests.ts'

type ParseConsentDependencies = Pick<Dependencies, 'catalog' | 'records' | 'tokens' | 'now'>
type ConsentRequest = Pick<Request<typeof route>, 'body' | 'headers' | 'principal' | 'ip'>
type MatchConsent = Pick<z.output<typeof leadRequest>, 'matchId' | 'schoolIds' | 'consent'>
type OwnConsent = Pick<z.output<typeof serverLeadRequest>, 'careerSlug' | 'programId' | 'consent'>

/** What the visitor asked for and agreed to. `ip` and `userAgent` are the visitor's, absent if unknown. */
export type ConsentInput = {
  careerSlug: string
  programId: string | undefined
} & Pick<Consent, 'disclosure' | 'schoolIds' | 'ip' | 'userAgent'>

/** Reads the consent to our own text of a match, or to the text of a publisher's server. @throws Refusal if it is not valid. */
export async function parseConsent(
  { body, headers, principal, ip }: ConsentRequest,
  deps: ParseConsentDependencies,
): Promise<ConsentInput> {
  // The address of a publisher's server says nothing about the visitor.
  const client = principal.scope === 'form' ? { ip, userAgent: headers['user-agent'] } : {}
  if ('matchId' in body) return { ...(await parseMatchConsent(body, deps)), ...client }
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

/** The text of the match, for the schools of the match that the visitor selected. */
async function parseMatchConsent(
  { matchId, schoolIds, consent }: MatchConsent,
  { tokens, now }: ParseConsentDependencies,
): Promise<ConsentInput> {
  const result = await tokens.open('match', matchId, now())
  if (result === 'expired')
    throw matchRefusal('MATCH_EXPIRED', '/matchId', 'Request a new match and show its consent text.')
  const match = result === 'forged' ? undefined : matchRecord.safeParse(result.content).data
  if (!match) throw matchRefusal('MATCH_INVALID', '/matchId', 'Send the matchId as /v1/matches returned it.')

  const { careerSlug, programId, schools } = match
  const { version, sha256: digest } = match.disclosure
  const consentNames = schools.map(({ consentName }) => consentName)
  const text = renderDisclosureText(version, consentNames) ?? ''
  if (sha256(text) !== digest || consent.sha256 !== digest) {
    const detail = 'Send the sha256 of the disclosure that this matchId came with.'
    throw matchRefusal('CONSENT_MISMATCH', '/consent/sha256', detail)
  }
  const disclosure = { version, sha256: digest, text, schoolIds: schools.map(({ schoolId }) => schoolId) }
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

/** The text of a publisher's server, unchanged, for the schools that the server says are named in it. */
async function parseOwnConsent(
  { careerSlug, programId, consent }: OwnConsent,
  { catalog, records }: ParseConsentDependencies,
): Promise<ConsentInput> {
  const schoolIds = [...new Set(consent.schoolsNamed)]
  const [career, ...schools] = await Promise.all([
    catalog.career(careerSlug),
    ...schoolIds.map((id) => records.get('schools', id)),
  ])
  if (!career)
    throw invalidFields([
      { pointer: '/careerSlug', code: 'unknown_career', detail: 'is not a known career; see /v1/careers' },
    ])
  const errors = consent.schoolsNamed.flatMap((id, index) =>
    schools[schoolIds.indexOf(id)]
      ? []
      : [{ pointer: `/consent/schoolsNamed/${index}`, code: 'unknown_school', detail: 'is not the id of a school' }],
  )
  if (errors.length > 0) throw new Refusal('SCHOOL_UNKNOWN', 'Name schools by their ids in this API.', { errors })
  const { text, ip, userAgent } = consent
  const disclosure = { version: ownDisclosureVersion, sha256: sha256(text), text, schoolIds }
  return { careerSlug, programId, disclosure, schoolIds, ip, userAgent }
}
