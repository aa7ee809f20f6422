import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { Instant } from '../../app/components/format.tsx'
import { DetailList } from '../../app/components/timeline-entry.tsx'

/** What the person agreed to, word for word, and when. */
export function LeadConsent({ event }: { event: LeadCreated }) {
  const { grantedAt, text, version, certificateUrl } = event.data.consent
  return (
    <section class="card" aria-labelledby="consent">
      <h2 id="consent">Consent</h2>
      <blockquote class="shown">{text}</blockquote>
      <DetailList
        items={[
          ['Agreed', <Instant key="agreed" at={grantedAt} />],
          ['Text', `version ${version}`],
          [
            'Certificate',
            certificateUrl && (
              <a href={certificateUrl} rel="noreferrer" key="certificate">
                Open the certificate
              </a>
            ),
          ],
        ]}
      />
    </section>
  )
}
