import { createJornaya } from './create-jornaya.ts'
import { createTrustedForm } from './create-trusted-form.ts'
import type { CertificateVendors } from './retain-certificate.ts'

export type VendorAccounts = { trustedFormApiKey?: string | undefined; jornayaAccountCode?: string | undefined }

/** The vendors of which an account is set. */
export function createCertificateVendors({
  trustedFormApiKey: apiKey,
  jornayaAccountCode: accountCode,
}: VendorAccounts): CertificateVendors {
  return {
    ...(apiKey !== undefined && { trustedform: createTrustedForm({ apiKey }) }),
    ...(accountCode !== undefined && { jornaya: createJornaya({ accountCode }) }),
  }
}
