import { useState } from 'preact/hooks'
import { createPortalLink } from '#shared/contract/access/portal-links.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/format.tsx'
import { Secret } from '../../app/components/secret.tsx'
import { Link } from '../../app/router.tsx'

/** How people of a school get in. */
export function SchoolAccess({ schoolId }: { schoolId: string }) {
  const { call } = useApi()
  const [link, setLink] = useState<{ token: string; expiresAt: string }>()
  const createLink = async () => {
    const response = await call(createPortalLink, { body: { schoolId } })
    if (response.body) setLink(response.body)
    return response
  }
  return (
    <section class="card" aria-label="Portal">
      <h2>Portal of the school</h2>
      <p class="help">A link signs somebody of the school in, once: they see its leads, and may pause and cap.</p>
      {link && (
        <Secret value={`${location.origin}/portal#link=${link.token}`}>
          It works once, until <Instant at={link.expiresAt} />.
        </Secret>
      )}
      <Action kind="second" run={createLink}>
        Make a link
      </Action>
      <p>
        <Link to={`/keys?school=${encodeURIComponent(schoolId)}`}>Keys of the school</Link>, for its programs
      </p>
    </section>
  )
}
