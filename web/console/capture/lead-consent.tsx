import { Facts, Moment } from '../../app/components/moment.tsx'
import type { Names } from '../catalog/names.tsx'
import type { Story } from './lead.tsx'

/** What the visitor agreed to, as it was shown. */
export function Agreed({ consent, schools }: { consent: NonNullable<Story['consent']>; schools: Names }) {
  const { grantedAt, disclosure, schoolIds, ip, userAgent, certificateUrl, page } = consent
  const named = (ids: readonly string[]) => ids.map((id) => schools.get(id) ?? id).join(', ')
  const notChosen = disclosure.schoolIds.filter((id) => !schoolIds.includes(id))
  return (
    <Moment title="The visitor agreed" at={grantedAt}>
      <blockquote class="shown">{disclosure.text}</blockquote>
      <Facts
        of={[
          ['May call', named(schoolIds) || 'nobody'],
          ['Named, not chosen', named(notChosen)],
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
    </Moment>
  )
}
