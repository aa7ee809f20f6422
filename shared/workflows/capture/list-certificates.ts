import {
  type ConsentCertificate,
  consentCertificate,
  parseTrustedFormId,
} from '../../domain/capture/certificates/consent-certificate.ts'
import type { Consent } from '../../domain/capture/consent.ts'
import type { Dependencies } from '../../platform/dependencies.ts'

/** What became of the certificates of a lead. One about which the vendor was not asked is unverified. */
export async function listCertificates(
  leadId: string,
  { certificateUrl }: Pick<Consent, 'certificateUrl'>,
  { certificates }: Pick<Dependencies, 'certificates'>,
): Promise<ConsentCertificate[]> {
  if (parseTrustedFormId(certificateUrl) === undefined) return []
  const stored = await certificates.list(leadId)
  const states = stored.map((certificate) => consentCertificate.parse(certificate))
  return states.length > 0 ? states : [{ vendor: 'trustedform', state: 'unverified', failures: 0 }]
}
