import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { Instant } from '../../app/components/instant.tsx'
import { DetailList } from '../../app/components/timeline.tsx'
import { leadText } from '../text/leads.ts'

/** The consent text that the person agreed to, and when. */
export function LeadConsent({ event }: { event: LeadCreated }) {
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
          [leadText.claimedBy, claimedBy && leadText.claimedByPublisher],
          [leadText.ipAddress, ip],
          [leadText.browser, userAgent],
        ]}
      />
    </section>
  )
}
