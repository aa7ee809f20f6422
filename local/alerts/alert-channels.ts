import { randomUUID } from 'node:crypto'
import type { AttentionItem } from '#shared/domain/reporting/attention.ts'
import { attentionTitles } from '#shared/domain/reporting/attention-titles.ts'
import { staffHolderName } from '#shared/domain/reporting/notifications/notification.ts'
import type { SendMail } from '#shared/outbound/email/mail.ts'
import { createSignatureHeaders } from '#shared/outbound/webhook/signature.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Alert, AlertChannel } from './create-attention-watch.ts'

export type AlertSettings = { email?: string; webhook?: { url: string; secret: string } }

const webhookTimeoutMs = 10_000

export function createAlertChannels({ email, webhook }: AlertSettings, mail: SendMail): AlertChannel[] {
  return [
    ...(email === undefined ? [] : [createEmailChannel(email, mail)]),
    ...(webhook === undefined ? [] : [createWebhookChannel(webhook)]),
  ]
}

/** Tells staff who sign in, by the list of notifications, of what the other channels send as an alert. */
export function createNotificationChannel({
  notifications,
  newId,
}: Pick<Dependencies, 'notifications' | 'newId'>): AlertChannel {
  return {
    name: 'notifications',
    async send({ raised }, now) {
      for (const { code, subject = '', reason } of raised) {
        if (code !== 'certificate-expiring') continue
        await notifications.add(staffHolderName, {
          notificationId: newId('notification'),
          event: code,
          at: now.toISOString(),
          subject: { kind: 'hosts', id: subject },
          figures: { reason },
        })
      }
      return undefined
    },
  }
}

function createEmailChannel(to: string, mail: SendMail): AlertChannel {
  return {
    name: 'email',
    async send({ raised, cleared }) {
      const lines = [...raised.map(formatRaised), ...cleared.map(formatCleared)]
      const [first] = lines
      const subject = `Prospectus: ${first?.title}${lines.length > 1 ? ` and ${lines.length - 1} more` : ''}`
      const text = lines.map(({ title, body }) => `${title}\n${body}\n`).join('\n')
      const html = `<pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`
      const result = await mail({ to, subject, text, html, headers: {}, tags: { deliveryId: `alert-${randomUUID()}` } })
      return 'fault' in result ? result.fault.reason : undefined
    },
  }
}

function formatRaised(item: AttentionItem) {
  const { since, reason, detail } = item
  return { title: formatTitle(item), body: `Since ${since}: ${reason}. ${detail}` }
}

function formatCleared(item: AttentionItem) {
  return { title: `Resolved: ${formatTitle(item)}`, body: `It began ${item.since}.` }
}

function formatTitle({ code, subject }: AttentionItem): string {
  return `${attentionTitles[code]}${subject === undefined ? '' : ` (${subject})`}`
}

/** Signed as webhooks to schools are (Standard Webhooks). The address is the operator's own, so it may be on this network. */
function createWebhookChannel({ url, secret }: { url: string; secret: string }): AlertChannel {
  return {
    name: 'webhook',
    async send(alert: Alert, now) {
      const body = JSON.stringify({ type: 'alert.changed', timestamp: now.toISOString(), data: alert })
      const signature = createSignatureHeaders({ id: `alert_${randomUUID()}`, timestamp: now, body, secrets: [secret] })
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...signature },
          body,
          redirect: 'error',
          signal: AbortSignal.timeout(webhookTimeoutMs),
        })
        await response.body?.cancel()
        return response.ok ? undefined : `HTTP ${response.status}`
      } catch (error) {
        const cause =
          error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code
        return String(cause || (error instanceof Error ? error.name : error))
      }
    },
  }
}
