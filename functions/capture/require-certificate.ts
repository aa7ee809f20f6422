import { invalidFields } from '#shared/contract/problems.ts'
import { isTrustedFormCertificate } from '#shared/domain/capture/certificate.ts'
import type { Source } from '#shared/domain/capture/source.ts'

/** @throws Refusal where the source owes a certificate of how its form was filled in, and this is none. */
export function requireCertificate(
  { requireCertificate: isRequired }: Pick<Source, 'requireCertificate'>,
  { trustedFormCertUrl: certificateUrl }: { trustedFormCertUrl?: string | undefined },
): void {
  if (!isRequired || (certificateUrl !== undefined && isTrustedFormCertificate(certificateUrl))) return
  const code = certificateUrl === undefined ? 'required' : 'no_certificate'
  const detail = 'must be the address of a TrustedForm certificate, https://cert.trustedform.com/...'
  throw invalidFields([{ pointer: '/trustedFormCertUrl', code, detail }])
}
