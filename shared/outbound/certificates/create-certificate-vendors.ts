import { createTrustedForm } from './create-trusted-form.ts'
import type { CertificateVendors } from './retain-certificate.ts'

type VendorAccounts = { trustedFormApiKey?: string | undefined; fetch?: typeof fetch }

/** The vendors of which an account is set. */
export function createCertificateVendors({
  trustedFormApiKey: apiKey,
  fetch: send = fetch,
}: VendorAccounts): CertificateVendors {
  return { ...(apiKey !== undefined && { trustedform: createTrustedForm({ apiKey, fetch: send }) }) }
}
