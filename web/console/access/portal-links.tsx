import type * as z from 'zod'
import { listPortalLinks, revokePortalLink } from '#shared/contract/access/portal-links.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { Table } from '../../app/components/table.tsx'
import { fetchUntilNonEmpty } from '../../app/hooks/fetch-until-non-empty.ts'
import { usePages } from '../../app/hooks/use-pages.tsx'
import { useIsAllowed } from '../../app/people/allowed.tsx'
import type { Names } from '../catalog/names.tsx'
import { newKeyText, portalSessionsText } from '../text/access-text.ts'
import { formatKeyName } from './format-key-name.ts'

type PortalLink = z.output<(typeof listPortalLinks.responses)[200]['body']>['links'][number]
type Props = { schoolId: string | undefined; isShowingEnded: boolean; schools: Names; revision: number }

const { links: text, ...sharedText } = portalSessionsText

/** The sign-in links of all schools or of one, with a button that takes each back. */
export function PortalLinks({ schoolId, isShowingEnded, schools, revision }: Props) {
  const { call } = useApi()
  const filter = { ...(schoolId && { schoolId }), ...(!isShowingEnded && { state: 'unopened' as const }) }
  const { rows, more, note, reload } = usePages(
    [filter, revision],
    (call, page) =>
      fetchUntilNonEmpty(
        (cursor) => call(listPortalLinks, { query: { ...filter, limit: 50, ...page, ...cursor } }),
        ({ links }) => links,
      ),
    ({ body }) => body.links,
  )
  const canRevoke = useIsAllowed(revokePortalLink)
  const getSchoolName = (link: PortalLink) => schools.get(link.schoolId) ?? link.schoolId
  return (
    <section class="card" aria-labelledby="portal-links">
      <h2 id="portal-links">{text.title}</h2>
      {note ?? (
        <Table
          caption={text.caption}
          rows={rows}
          getRowKey={({ linkId }) => linkId}
          emptyMessage={text.empty}
          columns={[
            {
              head: sharedText.school,
              cell: (link) => (
                <>
                  {getSchoolName(link)}
                  <br />
                  <span class="help">{newKeyText.permissions[link.scope]}</span>
                </>
              ),
            },
            { head: sharedText.status, cell: ({ state }) => <Badge kind="portalLink" status={state} /> },
            // In a narrow window this column is in sight.
            {
              head: sharedText.action,
              cell: (link) =>
                link.state === 'unopened' &&
                canRevoke && (
                  <Action
                    kind="danger"
                    run={() => call(revokePortalLink, { params: { linkId: link.linkId } })}
                    onDone={reload}
                    confirmation={{
                      title: text.revokeTitle(getSchoolName(link)),
                      text: text.revokeHelp,
                      confirmLabel: text.revoke,
                    }}
                  >
                    {text.revoke}
                  </Action>
                ),
            },
            { head: text.created, cell: ({ createdAt }) => <Instant at={createdAt} /> },
            { head: sharedText.createdBy, cell: ({ createdBy }) => formatKeyName(createdBy) },
            { head: text.opened, cell: ({ openedAt }) => <Instant at={openedAt} /> },
            { head: sharedText.expires, cell: ({ expiresAt }) => <Instant at={expiresAt} /> },
          ]}
        />
      )}
      {more}
    </section>
  )
}
