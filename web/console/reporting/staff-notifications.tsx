import { listNotifications } from '#shared/contract/reporting/notifications.ts'
import type { Notification } from '#shared/domain/reporting/notifications/notification.ts'
import { Notifications } from '../../app/notifications/notifications.tsx'

/** What staff were told of. */
export function StaffNotifications() {
  return (
    <Notifications
      reader="operator"
      fetchPage={(call, page) => call(listNotifications, { query: page })}
      findPage={findPage}
    />
  )
}

function findPage({ event, subject: { kind, id }, schoolId = '' }: Notification): string | undefined {
  const address = encodeURIComponent(id)
  if (event === 'credit-used' || event === 'credit-almost-used') return `/accounts/schools/${address}`
  if (event === 'endpoint-failing') return `/deliveries?state=parked&school=${encodeURIComponent(schoolId)}`
  return kind === 'schools' || kind === 'campaigns' ? `/${kind}/${address}` : undefined
}
