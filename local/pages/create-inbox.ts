import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import type { BouncedEmail } from '#shared/domain/delivery/bounced-email.ts'
import { listRecipients } from '#shared/domain/delivery/email-endpoint.ts'
import type { EmailMessage } from '#shared/outbound/email/mail.ts'
import { element } from '#web/parts/element.ts'
import type { HttpRequest } from '../http/read-request.ts'
import { renderEmailHtml, renderPage, renderTime, toJsonResponse } from './render-page.ts'

type InboxMessage = EmailMessage & { messageId: string; receivedAt: string }

const maxMessages = 500
/** Mailboxes that bounce or complain: the addresses of the SES mailbox simulator. */
const simulators = { bounced: 'bounce@simulator.amazonses.com', complained: 'complaint@simulator.amazonses.com' }

/** Takes every email in place of SES and shows the last 500. It sends nothing. */
export function createInbox(now: () => Date, onBounce: (mail: BouncedEmail) => void = () => {}) {
  const storedMessages = new Map<string, InboxMessage>()
  const listLatestFirst = () => [...storedMessages.values()].reverse()
  const mail = async (message: EmailMessage) => {
    const messageId = randomUUID()
    storedMessages.set(messageId, { ...message, messageId, receivedAt: now().toISOString() })
    for (const [oldest] of storedMessages) if (storedMessages.size > maxMessages) storedMessages.delete(oldest)
    const recipients = listRecipients(message)
    // As with SES, the message is accepted first and bounces later.
    for (const why of ['bounced', 'complained'] as const) {
      const to = recipients.filter((address) => address === simulators[why])
      if (to.length > 0)
        setImmediate(onBounce, { deliveryId: message.tags.deliveryId, messageId, to, why, lasting: true })
    }
    return { messageId }
  }

  return {
    mail,

    /** Serves `/inbox`, `/inbox.json`, `/inbox/{messageId}` and its `/html`; undefined for other paths. */
    handle({ method, path }: Pick<HttpRequest, 'method' | 'path'>): HttpResponse | undefined {
      if (method !== 'GET' && method !== 'HEAD') return undefined
      if (path === '/inbox.json') return toJsonResponse({ messages: listLatestFirst() })
      if (path === '/inbox') return renderListPage(listLatestFirst())
      const [, id = '', part] = /^\/inbox\/([\w-]+)(\/html)?$/.exec(path) ?? []
      const message = storedMessages.get(id)
      return message && (part ? renderEmailHtml(message.html) : renderMessagePage(message))
    },
  }
}

function renderListPage(messages: readonly InboxMessage[]): HttpResponse {
  const emptyText = 'No messages yet. Leads of campaigns that deliver by email appear here.'
  return renderPage({
    title: 'Inbox',
    body:
      messages.length === 0
        ? element('p', {}, emptyText)
        : messages.map(({ messageId, subject, to, receivedAt }) =>
            element(
              'article',
              {},
              element('h2', {}, element('a', { href: `/inbox/${messageId}` }, subject)),
              element('p', {}, `To: ${listRecipients({ to }).join(', ')}`),
              renderTime(receivedAt),
            ),
          ),
  })
}

function renderMessagePage({
  messageId,
  subject,
  to,
  replyTo,
  text,
  attachments = [],
  receivedAt,
}: InboxMessage): HttpResponse {
  return renderPage({
    title: subject,
    body: [
      element('p', {}, `To: ${listRecipients({ to }).join(', ')}`),
      replyTo !== undefined && element('p', {}, `Reply to: ${replyTo}`),
      renderTime(receivedAt),
      element('h2', {}, 'HTML'),
      element('iframe', { sandbox: true, title: 'The message as HTML', src: `/inbox/${messageId}/html` }),
      element('h2', {}, 'Plain text'),
      element('pre', {}, text),
      attachments.map(({ filename, content }) => [element('h2', {}, filename), element('pre', {}, content)]),
    ],
  })
}
