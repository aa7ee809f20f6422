import { listSchoolNotifications } from '#shared/contract/reporting/notifications.ts'
import type { Notification } from '#shared/domain/reporting/notifications/notification.ts'
import { Notifications } from '../../app/notifications/notifications.tsx'

/** What the school was told of. */
export function SchoolNotifications() {
  return (
    <Notifications
      reader="school"
      fetchPage={(call, page) => call(listSchoolNotifications, { query: page })}
      findPage={findPage}
    />
  )
}

function findPage({ event, subject: { kind, id } }: Notification): string | undefined {
  if (kind === 'deliveries') return `/leads/${encodeURIComponent(id)}`
  if (kind === 'campaigns') return `/campaigns/${encodeURIComponent(id)}`
  if (kind === 'statements' || event === 'credit-used' || event === 'credit-almost-used') return '/statements'
  return undefined
}
