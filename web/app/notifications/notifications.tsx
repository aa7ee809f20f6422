import type { PersonHolder } from '#shared/domain/access/access-person.ts'
import type { Notification } from '#shared/domain/reporting/notifications/notification.ts'
import { describeNotification } from '#shared/domain/reporting/notifications/notification-text.ts'
import { type BrowserClient, useApi } from '../browser-client.tsx'
import { Instant } from '../components/instant.tsx'
import { Note } from '../components/note.tsx'
import { Table } from '../components/table.tsx'
import { usePages } from '../hooks/use-pages.tsx'
import { Link } from '../router.tsx'
import { notificationsText as text } from '../text/notification-text.ts'
import type { ApiProblem } from '../text/problem-text.ts'
import { NotificationSettings } from './notification-settings.tsx'

type ListOutcome =
  | { problem: ApiProblem; body?: undefined }
  | { problem?: undefined; body: { notifications: Notification[]; page: { nextCursor: string | null } } }
type Props = {
  reader: PersonHolder['caller']
  fetchPage: (call: BrowserClient, page: { cursor?: string }) => Promise<ListOutcome>
  findPage: (notification: Notification) => string | undefined
}

/** What the reader was told of, and when they are emailed about it. */
export function Notifications({ reader, fetchPage, findPage }: Props) {
  const { person } = useApi()
  const { rows, more, note } = usePages([], fetchPage, ({ body }) => body.notifications)
  return (
    <>
      <h1>{text.title}</h1>
      <p>{text.intro}</p>
      <section class="card" aria-label={text.title} aria-live="polite">
        {note ?? (
          <Table
            caption={text.title}
            rows={rows}
            getRowKey={({ notificationId }) => notificationId}
            emptyMessage={text.empty}
            columns={[
              { head: text.columns.what, cell: (one) => <Description {...{ one, reader, to: findPage(one) }} /> },
              { head: text.columns.when, cell: ({ at }) => <Instant at={at} /> },
            ]}
          />
        )}
        {more}
      </section>
      {person ? <NotificationSettings /> : <Note>{text.keyHelp}</Note>}
    </>
  )
}

type DescriptionProps = { one: Notification; reader: PersonHolder['caller']; to: string | undefined }
function Description({ one, reader, to }: DescriptionProps) {
  const { title, detail } = describeNotification(one, reader)
  return (
    <div class="wide">
      {to === undefined ? <strong>{title}</strong> : <Link to={to}>{title}</Link>}
      <div class="help">{detail}</div>
    </div>
  )
}
