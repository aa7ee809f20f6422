import { Command } from 'commander'
import { listNotifications } from '#shared/contract/reporting/notifications.ts'
import { describeNotification } from '#shared/domain/reporting/notifications/notification-text.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { stop } from '../stop.ts'

const command = new Command('notifications')
  .description('List what staff were told of: caps, balances, endpoints, schools without leads, imports. Latest first.')
  .addHelpText(...formatExamples('notifications', 'notifications --all --json'))

export const notifications = createListCommand(command, {
  rows: 'notifications',
  fetchPage: async (call, query) => {
    const response = await call(listNotifications, { query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.notifications, next: response.body.page.nextCursor }
  },
  toRow: (notification) => {
    const { title, detail } = describeNotification(notification, 'operator')
    return [notification.notificationId, { at: notification.at, what: title, detail }]
  },
})
