import { listPublisherNotifications } from '#shared/contract/reporting/notifications.ts'
import { Notifications } from '../app/notifications/notifications.tsx'

/** What the source was told of. */
export function PublisherNotifications() {
  return (
    <Notifications
      reader="source"
      fetchPage={(call, page) => call(listPublisherNotifications, { query: page })}
      findPage={({ subject: { kind } }) => (kind === 'statements' ? '/payouts' : undefined)}
    />
  )
}
