import type { ConsentCertificate } from '#shared/domain/capture/certificates/consent-certificate.ts'
import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { Instant } from '../../app/components/instant.tsx'
import { DetailList } from '../../app/components/timeline.tsx'
import { leadText } from '../text/leads.ts'

type LeadConsentProps = { event: LeadCreated; certificates?: readonly ConsentCertificate[] | undefined }

/** The consent text that the person agreed to, and when. */
export function LeadConsent({ event, certificates = [] }: LeadConsentProps) {
  const { grantedAt, text, version, certificateUrl, claimedBy, ip, userAgent } = event.data.consent
  return (
    <section class="card" aria-labelledby="consent">
      <h2 id="consent">{leadText.consent}</h2>
      <blockquote class="consent-text">{text}</blockquote>
      <DetailList
        items={[
          [leadText.agreed, <Instant key="agreed" at={grantedAt} />],
          [leadText.consentText, leadText.consentVersion(version)],
          [
            leadText.certificate,
            certificateUrl && (
              <a href={certificateUrl} rel="noreferrer" key="certificate">
                {leadText.openCertificate}
              </a>
            ),
          ],
          [leadText.certificateState, certificates.map(describeCertificate).join(', ')],
          [leadText.claimedBy, claimedBy && leadText.claimedByPublisher],
          [leadText.ipAddress, ip],
          [leadText.browser, userAgent],
        ]}
      />
    </section>
  )
}

function describeCertificate({ state, matches, fault }: ConsentCertificate): string {
  if (state === 'retained') return leadText.certificateStates[matches ? 'retained' : 'mismatch']
  if (state === 'authentic') return leadText.certificateStates.authentic
  return leadText.certificateStates[fault === 'refused' ? 'refused' : state === 'waiting' ? 'waiting' : 'unverified']
}
