import { invalidFields } from '../../contract/problems.ts'
import { parseTrustedFormId } from '../../domain/capture/certificates/consent-certificate.ts'
import { cleanContext, unknownPage } from '../../domain/capture/clean-context.ts'
import type { Consent } from '../../domain/capture/consent.ts'
import { type Contact, normalizeContact } from '../../domain/capture/contact.ts'
import type { LeadDraft } from '../../domain/capture/lead.ts'
import { pickVisitorFields } from '../../domain/capture/lead-profile.ts'
import { findAgeFault } from '../../domain/capture/privacy/minimum-age.ts'
import { removeAdIdentifiers } from '../../domain/capture/privacy/privacy-signal.ts'
import type { Source } from '../../domain/capture/source.ts'
import { newTraceparent, parseTraceparent } from '../../domain/capture/traceparent.ts'
import { normalizeWebUrl } from '../../domain/fields/context-url.ts'
import type { PersonDigests } from '../../domain/routing/duplicates.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { type ResolvedSource, requireActive, type SubmissionRequest } from './find-source.ts'
import { parseConsent } from './parse-consent.ts'

type ParseSubmissionDependencies = Pick<
  Dependencies,
  'records' | 'tokens' | 'digests' | 'now' | 'newId' | 'randomBytes' | 'sealer'
>
type SubmissionBody = SubmissionRequest['body']

/** A request that was checked: the lead without a decision, and the proof of consent. */
export type Submission = {
  source: ResolvedSource
  draft: LeadDraft
  consent: Consent
  person: Required<PersonDigests>
  /** The digests under which the person's leads are stored. */
  people: readonly string[]
  form: FormFields
  matchRefusals?: string | undefined
}
/** What only the form on a page sends, and what helps to tell a visitor from a bot. */
export type FormFields = {
  isFromPage: boolean
  ip: string
  formToken?: string | undefined
  website?: string | undefined
  turnstileToken?: string | undefined
}

/** @throws Refusal if the source, the certificate, the consent or the contact details are not valid, checked in this order. */
export async function parseSubmission(
  request: SubmissionRequest,
  deps: ParseSubmissionDependencies,
): Promise<Submission> {
  const { body, rawBody, headers, principal, ip } = request
  const { trustedFormCertUrl: certificateUrl, leadIdToken } = body
  const page = locatePage(body.page, headers.origin)
  const { notes } = cleanContext(rawBody)
  const source = await request.resolveSource()
  requireActive(source)
  requireCertificate(source, certificateUrl)
  if (body.test && principal.scope === 'form' && source.mode !== 'test') throw invalidFields([testNotAllowed])
  const { careerSlug, programId, matchRefusals, givenAt, ...agreement } = await parseConsent(request, source, deps)
  const contact = parseContact(body)
  const ageFault = findAgeFault({ age: body.age, state: contact.state }, source)
  if (ageFault) throw invalidFields([ageFault])
  const globalPrivacyControl = body.globalPrivacyControl === true
  const receivedAt = deps.now().toISOString()
  const draft: LeadDraft = {
    leadId: deps.newId('lead'),
    receivedAt,
    sourceId: source.id,
    ...(source.generation && { sourceGeneration: source.generation }),
    careerSlug,
    programId,
    state: contact.state,
    contact,
    ...pickVisitorFields(body),
    page,
    ...(globalPrivacyControl && {
      globalPrivacyControl,
      ...removeAdIdentifiers({ page, subIds: body.subIds, utm: body.utm }),
    }),
    ...(notes.length > 0 && { notes }),
    ...(givenAt !== undefined && { consentGivenAt: givenAt }),
    test: body.test || source.mode === 'test',
    traceparent: parseTraceparent(headers.traceparent) ?? newTraceparent(deps.randomBytes),
  }
  return {
    source,
    draft,
    consent: { ...agreement, grantedAt: givenAt ?? receivedAt, page: draft.page, certificateUrl, leadIdToken },
    person: deps.digests.hashPerson(contact),
    people: deps.digests.listPersonDigests(contact),
    form: { ...pickFormFields(body), isFromPage: principal.scope === 'form', ip },
    matchRefusals,
  }
}

/** A frame without an address of its own still has an origin. */
function locatePage(page: SubmissionBody['page'], origin: string | undefined): SubmissionBody['page'] {
  const originUrl = page.url === unknownPage ? normalizeWebUrl(origin) : undefined
  return originUrl === undefined ? page : { ...page, url: originUrl }
}

const testNotAllowed = {
  pointer: '/test',
  code: 'test_not_allowed',
  detail:
    'is allowed only for a source in test mode. Leave it out, use the key of a test source, or send it with a secret key',
}

function requireCertificate(source: Pick<Source, 'requireCertificate'>, certificateUrl: string | undefined): void {
  if (!source.requireCertificate || parseTrustedFormId(certificateUrl) !== undefined) return
  const code = certificateUrl === undefined ? 'required' : 'no_certificate'
  const detail = 'must be the address of a TrustedForm certificate, https://cert.trustedform.com/...'
  throw invalidFields([{ pointer: '/trustedFormCertUrl', code, detail }])
}

function parseContact(body: SubmissionBody): Contact {
  const result = normalizeContact(body.contact)
  if ('contact' in result) return result.contact
  throw invalidFields(result.errors.map(({ field, code, detail }) => ({ pointer: `/contact/${field}`, code, detail })))
}

function pickFormFields(body: SubmissionBody): Pick<FormFields, 'formToken' | 'website' | 'turnstileToken'> {
  if (!('matchId' in body)) return {}
  const { formToken, website, turnstileToken } = body
  return { formToken, website, turnstileToken }
}
