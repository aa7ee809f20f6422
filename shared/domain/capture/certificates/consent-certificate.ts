import * as z from 'zod'
import { addDays, addHours, addSeconds } from '../../time.ts'
import { instant } from '../../vocabulary.ts'

/** Who witnesses how a form was filled in. */
export const certificateVendor = z.enum(['trustedform', 'jornaya']).meta({ id: 'CertificateVendor' })
export type CertificateVendor = z.output<typeof certificateVendor>

/** What a campaign wants of the certificate of a lead. */
export const certificateTerm = z.enum(['any', 'present', 'verified']).meta({ id: 'CertificateTerm' })

/** Why a certificate was not retained for good. Faults that may pass are no reason until `retryDays` are over. */
export const certificateFault = z.enum(['refused', 'unreachable', 'erased'])
export type CertificateFault = z.output<typeof certificateFault>

/** What is known of the certificate of a lead. It holds nothing of the person. */
export const consentCertificate = z
  .object({
    vendor: certificateVendor,
    state: z.enum(['unverified', 'waiting', 'retained', 'authentic', 'failed', 'not-needed']).meta({
      description:
        '`unverified`: the vendor was not asked, because this service had no account there when the lead came, or because the lead is a ' +
        'test. `waiting`: it is to be verified and retained. `retained`: it is kept in our account at the vendor. `authentic`: Jornaya has issued it, which compares it with no lead. `failed`: it is not, and ' +
        'will not be. `not-needed`: no school got the lead.',
    }),
    matches: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the vendor saw the email or the phone of the lead in the form.' }),
    fault: certificateFault.optional().meta({
      description:
        '`refused`: the vendor has no such certificate, or it has expired. `unreachable`: the vendor did not do it in time. `erased`: ' +
        'the personal data was deleted before, so that there was nothing to compare.',
    }),
    reason: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'What the vendor said, or how the last attempt failed.' }),
    failures: z.int().min(0).default(0).meta({ description: 'Attempts that failed for a reason that may pass.' }),
    deadlineAt: instant
      .optional()
      .meta({ description: 'When the vendor may delete it, unless it is retained before.' }),
    checkedAt: instant.optional(),
    retainedUntil: instant.optional().meta({ description: 'Until when the vendor keeps it.' }),
  })
  .meta({ id: 'ConsentCertificate' })
export type ConsentCertificate = z.output<typeof consentCertificate>

/** What the vendor answered for good. */
export type CertificateResult = Pick<ConsentCertificate, 'state' | 'fault' | 'matches' | 'reason' | 'retainedUntil'> & {
  checkedAt: string
}
/** What a lead's transaction writes, so that its certificate is retained. `result`: the vendor was asked before. */
export type NewCertificate = {
  leadId: string
  vendor: CertificateVendor
  at: string
  deadlineAt: string
  retryUntil: string
  result?: CertificateResult
}

/**
 * A certificate is deleted 3 days after the form was opened, and 90 days after if TrustedForm saw the form being sent:
 * https://support.activeprospect.com/hc/en-us/articles/44152472006036 (read 2026-12-01). We cannot tell which holds, so the first is
 * the deadline, and attempts go on until the second. Jornaya publishes none, and is treated alike.
 */
const certificateDays = 3
const retryDays = 90
/** Staff have this long to mend what is wrong with our account. */
const noticeHours = 48

/** An address that looks like one of a TrustedForm certificate. Whether it exists, only the vendor knows. */
const trustedFormPattern = /^https:\/\/cert\.trustedform\.com\/([A-Za-z0-9._-]{16,255})$/

/** The ID in the address of a TrustedForm certificate; undefined if it is none. */
export function parseTrustedFormId(certificateUrl: string | undefined): string | undefined {
  return certificateUrl === undefined ? undefined : trustedFormPattern.exec(certificateUrl)?.[1]
}

const leadIdPattern = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i

/** A LeadiD token of Jornaya; undefined if it is none. */
export function parseLeadIdToken(token: string | undefined): string | undefined {
  return token !== undefined && leadIdPattern.test(token) ? token : undefined
}

type CertifiedLead = { leadId: string; receivedAt: string; test: boolean }
export type CertificateFields = { certificateUrl?: string | undefined; leadIdToken?: string | undefined }

/** The certificates that a consent names: addresses and tokens that look like those of a vendor. */
export function listCertificateIds({ certificateUrl = '', leadIdToken }: CertificateFields) {
  const token = parseLeadIdToken(leadIdToken)
  return [
    ...(parseTrustedFormId(certificateUrl) === undefined
      ? []
      : [{ vendor: 'trustedform' as const, certificate: certificateUrl }]),
    ...(token === undefined ? [] : [{ vendor: 'jornaya' as const, certificate: token }]),
  ]
}

/** What to verify of a lead: nothing of a test, and nothing of a vendor at which we have no account. */
export function planCertificates(
  { leadId, receivedAt, test }: CertifiedLead,
  consent: CertificateFields & { grantedAt: string },
  hasAccount: (vendor: CertificateVendor) => boolean,
): NewCertificate[] {
  const lastTry = addDays(consent.grantedAt, retryDays)
  // A lead that its publisher sends late is tried for a day at least.
  const retryUntil = lastTry > addDays(receivedAt, 1) ? lastTry : addDays(receivedAt, 1)
  const deadlineAt = addDays(consent.grantedAt, certificateDays)
  return listCertificateIds(consent)
    .filter(({ vendor }) => !test && hasAccount(vendor))
    .map(({ vendor }) => ({ leadId, vendor, at: receivedAt, deadlineAt, retryUntil }))
}

const retryMinutes = [1, 5, 15, 60, 180]
const lastRetryMinutes = 360

/** When a certificate is tried again after so many failures. Undefined: not before `retryUntil`, so never. */
export function computeNextCheck(failures: number, at: string, retryUntil: string): string | undefined {
  const next = addSeconds(at, 60 * (retryMinutes[failures - 1] ?? lastRetryMinutes))
  return next > retryUntil ? undefined : next
}

/** Whether staff should know that a certificate whose attempts fail is not retained yet. */
export function isAtRisk({ deadlineAt }: { deadlineAt: string }, now: string): boolean {
  return addHours(now, noticeHours) >= deadlineAt
}
