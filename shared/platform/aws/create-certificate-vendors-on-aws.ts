import { createCertificateVendors } from '../../outbound/certificates/create-certificate-vendors.ts'
import type { CertificateVendors } from '../../outbound/certificates/retain-certificate.ts'
import { readServiceSecret } from '../on-aws.ts'

/** The vendors of certificates at which the stage has an account. */
export async function createCertificateVendorsOnAws(environment: { SECRET_ARN: string }): Promise<CertificateVendors> {
  return createCertificateVendors(await readServiceSecret(environment.SECRET_ARN))
}
