import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { html } from '#shared/contract/docs/html.ts'
import type { BouncedEmail } from '#shared/domain/delivery/bounced-email.ts'
import type { EmailMessage, SendMail } from '#shared/outbound/email/mail.ts'
import type { HttpRequest } from '../http/start-http-server.ts'
import { renderForeignHtml, renderPage, toJsonResponse } from './render-page.ts'

type InboxMessage = EmailMessage & { messageId: string; receivedAt: string }

const maxKept = 500
/** Mailboxes that send their mail back: the addresses are those of SES's own simulator. */
const simulators = { bounced: 'bounce@simulator.amazonses.com', complained: 'complaint@simulator.amazonses.com' }

/** Every mailbox there is: it takes what would go to SES, shows the latest, and sends nothing anywhere. */
export function createInbox(now: () => Date, onBounce: (mail: BouncedEmail) => void = () => {}) {
  const storedMessages = new Map<string, InboxMessage>()
  const listLatestFirst = () => [...storedMessages.values()].reverse()
  const mail: SendMail = async (message) => {
    const messageId = randomUUID()
    storedMessages.set(messageId, { ...message, messageId, receivedAt: now().toISOString() })
    for (const [oldest] of storedMessages) if (storedMessages.size > maxKept) storedMessages.delete(oldest)
    const why = Object.entries(simulators).find(([, address]) => address === message.to)?.[0]
    // As SES does it: the message is taken, and comes back later.
    if (why === 'bounced' || why === 'complained')
      setImmediate(onBounce, { deliveryId: message.tags.deliveryId, messageId, to: message.to, why, lasting: true })
    return { messageId }
  }

  return {
    mail,

    /** `/inbox`, `/inbox.json`, `/inbox/{messageId}` and its `/html`; nothing elsewhere. */
    handle({ method, path }: Pick<HttpRequest, 'method' | 'path'>): HttpResponse | undefined {
      if (method !== 'GET' && method !== 'HEAD') return undefined
      if (path === '/inbox.json') return toJsonResponse({ messages: listLatestFirst() })
      if (path === '/inbox') return renderListPage(listLatestFirst())
      const [, id = '', part] = /^\/inbox\/([\w-]+)(\/html)?$/.exec(path) ?? []
      const message = storedMessages.get(id)
      return message && (part ? renderForeignHtml(message.html) : renderMessagePage(message))
    },
  }
}

function renderListPage(messages: readonly InboxMessage[]): HttpResponse {
  const body =
    messages.length === 0
      ? html`<p>No message yet. A lead for a campaign whose endpoint is an e-mail address ends up here.</p>`
      : messages.map(
          ({ messageId, subject, to, receivedAt }) => html`<article>
<h2><a href="/inbox/${messageId}">${subject}</a></h2>
<p>To ${to}</p>
<p class="soft"><time datetime="${receivedAt}">${receivedAt}</time></p>
</article>
`,
        )
  return renderPage({ title: 'Inbox', body: html`${body}` })
}

function renderMessagePage({ messageId, subject, to, replyTo, text, receivedAt }: InboxMessage): HttpResponse {
  return renderPage({
    title: subject,
    body: html`<p>To ${to}</p>
${replyTo !== undefined && html`<p>Replies go to ${replyTo}</p>`}
<p class="soft"><time datetime="${receivedAt}">${receivedAt}</time></p>
<h2>As HTML</h2>
<iframe sandbox title="The message as HTML" src="/inbox/${messageId}/html"></iframe>
<h2>As text</h2>
<pre>${text}</pre>
`,
  })
}
