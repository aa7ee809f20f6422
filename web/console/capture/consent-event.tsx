import { DetailList, TimelineEntry } from '../../app/components/timeline-entry.tsx'
import type { Names } from '../catalog/names.tsx'
import type { Timeline } from './lead.tsx'

/** What the visitor agreed to, as it was shown. */
export function ConsentEvent({ consent, schools }: { consent: NonNullable<Timeline['consent']>; schools: Names }) {
  const { grantedAt, disclosure, schoolIds, ip, userAgent, certificateUrl, page } = consent
  const formatSchools = (ids: readonly string[]) => ids.map((id) => schools.get(id) ?? id).join(', ')
  const notChosen = disclosure.schoolIds.filter((id) => !schoolIds.includes(id))
  return (
    <TimelineEntry title="The visitor agreed" at={grantedAt}>
      <blockquote class="shown">{disclosure.text}</blockquote>
      <DetailList
        items={[
          ['May call', formatSchools(schoolIds) || 'nobody'],
          ['Named, not chosen', formatSchools(notChosen)],
          ['Text', `version ${disclosure.version}`],
          [
            'SHA-256',
            <span key="hash" class="id">
              {disclosure.sha256}
            </span>,
          ],
          ['IP address', ip],
          ['Browser', userAgent],
          ['Page', page.url],
          [
            'Certificate',
            certificateUrl && (
              <a href={certificateUrl} rel="noreferrer" key="certificate">
                {certificateUrl}
              </a>
            ),
          ],
        ]}
      />
    </TimelineEntry>
  )
}
