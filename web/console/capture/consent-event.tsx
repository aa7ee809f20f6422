import { consentElements } from '#shared/domain/capture/naming/consent-naming.ts'
import { DetailList, TimelineEntry } from '../../app/components/timeline.tsx'
import type { Names } from '../catalog/names.tsx'
import { leadText } from '../text/capture-text.ts'
import type { Timeline } from './timeline.ts'

/** The consent text that the visitor agreed to, and how. */
export function ConsentEvent({ consent, schools }: { consent: NonNullable<Timeline['consent']>; schools: Names }) {
  const {
    grantedAt,
    disclosure,
    schoolIds,
    uncheckedSchoolIds = [],
    textGaps,
    claimedBy,
    ip,
    userAgent,
    certificateUrl,
    page,
  } = consent
  const formatSchools = (ids: readonly string[]) => ids.map((id) => schools.get(id) ?? id).join(', ')
  // Consents of before 2026-11-29 have a text that also names the schools that were unchecked.
  const notChosen = [...disclosure.schoolIds.filter((id) => !schoolIds.includes(id)), ...uncheckedSchoolIds]
  return (
    <TimelineEntry title={leadText.consent} at={grantedAt}>
      <blockquote class="consent-text">{disclosure.text}</blockquote>
      <DetailList
        items={[
          [leadText.mayContact, formatSchools(schoolIds) || leadText.noSchool],
          [leadText.notChosen, formatSchools(notChosen)],
          [leadText.consentText, leadText.consentVersion(disclosure.version)],
          [
            leadText.sha256,
            <span key="hash" class="id">
              {disclosure.sha256}
            </span>,
          ],
          [leadText.missingSchools, formatSchools(textGaps?.schoolIds ?? [])],
          [leadText.missingElements, textGaps?.elements.map((element) => consentElements[element]).join('; ')],
          [leadText.claimedBy, claimedBy && leadText.claimedByPublisher],
          [leadText.ipAddress, ip],
          [leadText.browser, userAgent],
          [leadText.page, page.url],
          [
            leadText.certificate,
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
