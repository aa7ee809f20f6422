import { useState } from 'preact/hooks'
import { createPortalLink } from '#shared/contract/access/portal-links.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Secret } from '../../app/components/secret.tsx'
import { Allowed } from '../../app/people/allowed.tsx'
import { Link } from '../../app/router.tsx'
import { portalAccessText } from '../text/access-text.ts'

/** Creates sign-in links to the portal, and links to the API keys of the school. */
export function SchoolAccess({ schoolId }: { schoolId: string }) {
  const { call } = useApi()
  const [link, setLink] = useState<{ token: string; url?: string; expiresAt: string }>()
  const createLink = async () => {
    const response = await call(createPortalLink, { body: { schoolId } })
    if (response.body) setLink(response.body)
    return response
  }
  return (
    <section class="card" aria-label={portalAccessText.region}>
      <h2>{portalAccessText.title}</h2>
      <p class="help">{portalAccessText.help}</p>
      {link && (
        <Secret value={link.url ?? `${location.origin}/portal#link=${link.token}`}>
          {portalAccessText.worksUntil} <Instant at={link.expiresAt} withZone />.
        </Secret>
      )}
      <Allowed to={createPortalLink}>
        <Action kind="second" run={createLink}>
          {portalAccessText.create}
        </Action>
      </Allowed>
      <p>
        <Link to={`/portal-access?school=${encodeURIComponent(schoolId)}`}>{portalAccessText.list}</Link>
      </p>
      <p>
        <Link to={`/keys?school=${encodeURIComponent(schoolId)}`}>{portalAccessText.keys}</Link>
      </p>
    </section>
  )
}
