import type { CertificateVendor } from '../../domain/capture/certificates/consent-certificate.ts'

/** `reference`, `source`: under which lead and source the vendor files it, for staff who look there. */
export type RetainRequest = {
  /** The address of the certificate, or the token of Jornaya. */
  certificate: string
  email: string
  phone: string
  reference: string
  source: string
  /** Absent: 10 s. */
  deadlineMs?: number
}
/** `authentic`: the vendor issued it, compares nothing and keeps it anyway. `refused`: another attempt cannot help. `unavailable`: it may, because the vendor or our account there is at fault. */
export type RetainResult =
  | { kind: 'retained'; matches: boolean; until?: string; reason?: string }
  | { kind: 'authentic' }
  | { kind: 'refused'; reason: string }
  | { kind: 'unavailable'; reason: string }

/** Has a vendor compare a certificate with a lead, and keep it in our account. A repeat is harmless. It never throws. */
export type RetainCertificate = (request: RetainRequest) => Promise<RetainResult>
/** The vendors at which this service has an account. */
export type CertificateVendors = { readonly [vendor in CertificateVendor]?: RetainCertificate }
