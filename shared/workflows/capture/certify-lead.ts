import type { CertificateOutcome } from '../../domain/capture/certificates/check-certificate.ts'
import { toCertificateOutcome } from '../../domain/capture/certificates/check-certificate.ts'
import {
  type CertificateFields,
  type CertificateResult,
  type CertificateVendor,
  listCertificateIds,
  type NewCertificate,
  planCertificates,
} from '../../domain/capture/certificates/consent-certificate.ts'
import type { Consent } from '../../domain/capture/consent.ts'
import type { LeadDraft } from '../../domain/capture/lead.ts'
import type { RetainRequest, RetainResult } from '../../outbound/certificates/retain-certificate.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

type CertifyLeadDependencies = Pick<Dependencies, 'certificateVendors' | 'routing' | 'now'>
type CertifiedSubmission = { draft: LeadDraft; consent: Consent; isHeld: boolean }
export type LeadCertification = { certificates: readonly NewCertificate[]; outcome: CertificateOutcome }

/** A visitor waits for it. */
const deadlineMs = 1500

/**
 * What the decision about a lead may know of its certificate, and what to write with the lead. The vendor is asked before the
 * decision only if a campaign that could get the lead wants a verified certificate; otherwise the worker asks afterwards.
 */
export async function certifyLead(
  { draft, consent, isHeld }: CertifiedSubmission,
  deps: CertifyLeadDependencies,
): Promise<LeadCertification> {
  const ids = listCertificateIds(consent)
  const certificates = planCertificates(draft, consent, (vendor) => vendor in deps.certificateVendors)
  if (ids.length === 0) return { certificates, outcome: 'none' }
  const certificate = certificates.find(({ vendor }) => vendor === 'trustedform')
  const retain = certificate && deps.certificateVendors[certificate.vendor]
  if (!retain) return { certificates, outcome: 'unverified' }
  if (isHeld || !(await isVerificationWanted({ draft, consent }, deps))) return { certificates, outcome: 'unknown' }
  const result = await retain({ ...toRetainRequest(draft, consent, certificate.vendor), deadlineMs })
  if (result.kind === 'unavailable') return { certificates, outcome: 'unknown' }
  const vendorResult = toCertificateResult(result, deps.now().toISOString())
  return {
    certificates: certificates.map((one) => (one === certificate ? { ...one, result: vendorResult } : one)),
    outcome: toCertificateOutcome([{ vendor: certificate.vendor, failures: 0, ...vendorResult }]),
  }
}

async function isVerificationWanted(
  { draft: { careerSlug, state }, consent: { schoolIds } }: Omit<CertifiedSubmission, 'isHeld'>,
  { routing }: Pick<Dependencies, 'routing'>,
): Promise<boolean> {
  const candidates = await routing.candidates(careerSlug, state)
  return candidates.some(({ campaign, school }) => campaign.certificate === 'verified' && schoolIds.includes(school.id))
}

/** What the vendor is told of a lead. */
export function toRetainRequest(
  { leadId, sourceId, contact: { email, phone } }: Pick<LeadDraft, 'leadId' | 'sourceId' | 'contact'>,
  consent: CertificateFields,
  vendor: CertificateVendor,
): RetainRequest {
  const certificate = listCertificateIds(consent).find((one) => one.vendor === vendor)?.certificate ?? ''
  return { certificate, email, phone, reference: leadId, source: sourceId }
}

/** What is stored of a final answer of the vendor. */
export function toCertificateResult(
  result: Exclude<RetainResult, { kind: 'unavailable' }>,
  checkedAt: string,
): CertificateResult {
  if (result.kind === 'authentic') return { state: 'authentic', checkedAt }
  const { kind, reason = '' } = result
  if (kind === 'refused') return { state: 'failed', fault: 'refused', reason, checkedAt }
  const { matches, until } = result
  return { state: 'retained', matches, reason, checkedAt, ...(until !== undefined && { retainedUntil: until }) }
}
