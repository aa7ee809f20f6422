import { type Notification, notification } from '#shared/domain/reporting/notifications/notification.ts'
import { describeNotification } from '#shared/domain/reporting/notifications/notification-text.ts'
import { createSignatureHeaders } from '#shared/outbound/webhook/signature.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

export type NotificationWebhook = { url: string; secret: string }

/**
 * Posts a notification to a school's system, signed as its leads are (Standard Webhooks). Returns whether it was taken: a repeat has the same
 * `webhook-id`.
 */
export async function postNotification(
  content: Notification,
  { url, secret }: NotificationWebhook,
  { postWebhook, now }: Pick<Dependencies, 'postWebhook' | 'now'>,
): Promise<boolean> {
  const { notificationId, event, at } = content
  const data = { ...notification.parse(content), ...describeNotification(content, 'school') }
  const body = JSON.stringify({ type: `notification.${event}`, timestamp: at, data })
  const signature = createSignatureHeaders({ id: notificationId, timestamp: now(), body, secrets: [secret] })
  const headers = { 'content-type': 'application/json', ...signature }
  const response = await postWebhook({ url, headers, body, needsBody: false })
  return response.stage === 'answered' && response.status >= 200 && response.status < 300
}
