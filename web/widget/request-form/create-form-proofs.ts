import { proofText } from '../../words/visitor.ts'
import { type HumanCheck, showHumanCheck } from './show-human-check.ts'
import { type Certificate, watchCertificate } from './watch-certificate.ts'

/** What the source wants a form to prove, as `GET /v1/form-settings` says it. */
export type ProofSettings = {
  turnstileSiteKey?: string
  certificateScript?: 'trustedform'
  requireCertificate?: boolean
}

/** What a request carries beside the answers: that a person sent it, and how the form was filled in. */
export function createFormProofs(host: HTMLElement) {
  let check: HumanCheck | undefined
  let certificate: Certificate | undefined
  let needsCertificate = false
  let hasWarned = false
  return {
    start({ turnstileSiteKey, certificateScript, requireCertificate = false }: ProofSettings) {
      needsCertificate = requireCertificate
      if (turnstileSiteKey !== undefined) check ??= showHumanCheck(host, turnstileSiteKey)
      if (certificateScript || requireCertificate)
        certificate ??= watchCertificate({ loads: certificateScript !== undefined })
    },
    /** What the visitor is told in place of sending. A check that cannot be shown is told once: the request is then reviewed by hand. */
    findFault(): string | undefined {
      if (needsCertificate && certificate?.url() === undefined) return proofText.noCertificate
      if (!check || check.token !== undefined) return undefined
      if (!check.isBlocked) return proofText.unfinishedCheck
      if (hasWarned) return undefined
      hasWarned = true
      return proofText.blockedCheck
    },
    getFields() {
      const url = certificate?.url()
      return {
        ...(check?.token !== undefined && { turnstileToken: check.token }),
        ...(url !== undefined && { trustedFormCertUrl: url }),
      }
    },
    /** A token is valid once. */
    renew: () => check?.renew(),
  }
}
