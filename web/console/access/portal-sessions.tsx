import type * as z from 'zod'
import { endSession, listSessions } from '#shared/contract/access/sessions.ts'
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

type PortalSession = z.output<(typeof listSessions.responses)[200]['body']>['sessions'][number]
type Props = { schoolId: string | undefined; isShowingEnded: boolean; schools: Names; revision: number }

const { sessions: text, ...sharedText } = portalSessionsText

/** The portal sessions of all schools or of one, with a button that ends each. */
export function PortalSessions({ schoolId, isShowingEnded, schools, revision }: Props) {
  const { call } = useApi()
  const filter = { ...(schoolId && { schoolId }), ...(!isShowingEnded && { state: 'active' as const }) }
  const { rows, more, note, reload } = usePages(
    [filter, revision],
    (call, page) =>
      fetchUntilNonEmpty(
        (cursor) => call(listSessions, { query: { ...filter, limit: 50, ...page, ...cursor } }),
        ({ sessions }) => sessions,
      ),
    ({ body }) => body.sessions,
  )
  const canEnd = useIsAllowed(endSession)
  const getSchoolName = (session: PortalSession) => schools.get(session.schoolId) ?? session.schoolId
  return (
    <section class="card" aria-labelledby="portal-sessions">
      <h2 id="portal-sessions">{text.title}</h2>
      {note ?? (
        <Table
          caption={text.caption}
          rows={rows}
          getRowKey={({ sessionId }) => sessionId}
          emptyMessage={text.empty}
          columns={[
            {
              head: sharedText.school,
              cell: (session) => (
                <>
                  {getSchoolName(session)}
                  <br />
                  <span class="help">{newKeyText.permissions[session.scope]}</span>
                </>
              ),
            },
            { head: sharedText.status, cell: ({ state }) => <Badge kind="portalSession" status={state} /> },
            // In a narrow window this column is in sight.
            {
              head: sharedText.action,
              cell: (session) =>
                session.state === 'active' &&
                canEnd && (
                  <Action
                    kind="danger"
                    run={() => call(endSession, { params: { sessionId: session.sessionId } })}
                    onDone={reload}
                    confirmation={{
                      title: text.endTitle(getSchoolName(session)),
                      text: text.endHelp,
                      confirmLabel: text.end,
                    }}
                  >
                    {text.end}
                  </Action>
                ),
            },
            { head: text.started, cell: ({ startedAt }) => <Instant at={startedAt} /> },
            {
              head: text.lastUsed,
              cell: ({ lastUsedAt }) => (lastUsedAt ? <Instant at={lastUsedAt} /> : text.never),
            },
            { head: sharedText.expires, cell: ({ expiresAt }) => <Instant at={expiresAt} /> },
            { head: sharedText.createdBy, cell: ({ linkCreatedBy }) => formatKeyName(linkCreatedBy) },
          ]}
        />
      )}
      {more}
    </section>
  )
}
