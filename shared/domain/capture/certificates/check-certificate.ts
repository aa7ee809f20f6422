import * as z from 'zod'
import type { Candidate } from '../../routing/candidate.ts'
import { addHours } from '../../time.ts'
import type { ConsentCertificate } from './consent-certificate.ts'

/**
 * What is known of it when a lead is decided about. `unverified`: no vendor compares it with the lead, or we have no account there. `unknown`: the vendor has not
 * answered yet.
 */
export const certificateOutcome = z.enum(['none', 'unverified', 'unknown', 'verified', 'mismatch', 'refused'])
export type CertificateOutcome = z.output<typeof certificateOutcome>

/** Absent: `none`. */
export type CertificateKnowledge = { certificate?: CertificateOutcome | undefined }
type CertificateContext = CertificateKnowledge & { stage: 'match' | 'lead'; test: boolean; profile: { at: string } }

const faults = {
  none: 'The lead has no certificate.',
  unverified: 'The certificate could not be compared with the lead: no vendor was asked that does it.',
  unknown: 'The certificate is not verified yet.',
  mismatch: 'The certificate is not that of the email or phone of the lead.',
  refused: 'The vendor does not have the certificate, or it has expired.',
} as const
/** A lead whose vendor did not answer in time is decided about again. */
const unknownHours = 1

/** At a match no one has filled in anything, so a certificate cannot be missing. */
export function checkCertificate(
  candidate: Candidate,
  { stage, test, profile, certificate = 'none' }: CertificateContext,
): Candidate | [{ reason: 'CERTIFICATE'; detail: string; until?: string }] {
  const { certificate: term = 'any' } = candidate.campaign
  if (term === 'any' || stage === 'match' || test || certificate === 'verified') return candidate
  if (term === 'present' && certificate !== 'none') return candidate
  const until = certificate === 'unknown' && { until: addHours(profile.at, unknownHours) }
  return [{ reason: 'CERTIFICATE', detail: faults[certificate], ...until }]
}

/** What is known of the certificates of a stored lead. */
export function toCertificateOutcome(certificates: readonly ConsentCertificate[]): CertificateOutcome {
  if (certificates.length === 0) return 'none'
  // Only TrustedForm compares a certificate with its lead.
  const certificate = certificates.find(({ vendor }) => vendor === 'trustedform')
  if (!certificate) return 'unverified'
  const { state, matches, fault } = certificate
  if (state === 'retained') return matches ? 'verified' : 'mismatch'
  if (state === 'waiting') return 'unknown'
  return fault === 'refused' ? 'refused' : 'unverified'
}
