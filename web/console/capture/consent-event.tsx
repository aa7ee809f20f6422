import { consentElements } from '#shared/domain/capture/naming/consent-naming.ts'
import { DetailList, TimelineEntry } from '../../app/components/timeline.tsx'
import type { Names } from '../catalog/names.tsx'
import { leadText } from '../text/capture-text.ts'
import type { Timeline } from './timeline.ts'

type ConsentEventProps = {
  consent: NonNullable<Timeline['consent']>
  certificates: NonNullable<Timeline['certificates']>
  schools: Names
}

/** The consent text that the visitor agreed to, and how. */
export function ConsentEvent({ consent, certificates, schools }: ConsentEventProps) {
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
          [leadText.certificateState, certificates.map(formatCertificate).join('; ')],
        ]}
      />
    </TimelineEntry>
  )
}

function formatCertificate({
  state,
  fault,
  matches,
  reason,
  retainedUntil,
}: ConsentEventProps['certificates'][number]) {
  const parts = [
    leadText.certificateStates[state],
    retainedUntil && leadText.certificateUntil(retainedUntil.slice(0, 10)),
    fault && leadText.certificateFaults[fault],
    matches !== undefined && leadText.certificateMatches[matches ? 'true' : 'false'],
    reason,
  ]
  return parts.filter(Boolean).join(', ')
}
