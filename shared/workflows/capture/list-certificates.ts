import {
  type CertificateFields,
  type ConsentCertificate,
  consentCertificate,
  listCertificateIds,
} from '../../domain/capture/certificates/consent-certificate.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

/** What became of the certificates of a lead. One about which its vendor was not asked is unverified. */
export async function listCertificates(
  leadId: string,
  consent: CertificateFields,
  { certificates }: Pick<Dependencies, 'certificates'>,
): Promise<ConsentCertificate[]> {
  const ids = listCertificateIds(consent)
  if (ids.length === 0) return []
  const stored = await certificates.list(leadId)
  return ids.map(({ vendor }) =>
    consentCertificate.parse(stored.find((one) => one.vendor === vendor) ?? { vendor, state: 'unverified' }),
  )
}
