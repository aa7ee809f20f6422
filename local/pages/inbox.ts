import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyStructuredResultV2 as Answer } from 'aws-lambda'
import { html } from '#shared/contract/docs/html.ts'
import type { ReturnedMail } from '#shared/domain/delivery/returned-mail.ts'
import type { Mail, Message } from '#shared/outbound/email/mail.ts'
import type { Received as Request } from '../http/http-server.ts'
import { foreignPart, json, page } from './page.ts'

type Received = Message & { messageId: string; receivedAt: string }

const mostKept = 500
/** Mailboxes that send their mail back: the addresses are those of SES's own simulator. */
const simulators = { bounced: 'bounce@simulator.amazonses.com', complained: 'complaint@simulator.amazonses.com' }

/** Every mailbox there is: it takes what would go to SES, shows the latest, and sends nothing anywhere. */
export function inbox(now: () => Date, returned: (mail: ReturnedMail) => void = () => {}) {
  const kept = new Map<string, Received>()
  const latestFirst = () => [...kept.values()].reverse()
  const mail: Mail = async (message) => {
    const messageId = randomUUID()
    kept.set(messageId, { ...message, messageId, receivedAt: now().toISOString() })
    for (const [oldest] of kept) if (kept.size > mostKept) kept.delete(oldest)
    const why = Object.entries(simulators).find(([, address]) => address === message.to)?.[0]
    // As SES does it: the message is taken, and comes back later.
    if (why === 'bounced' || why === 'complained')
      setImmediate(returned, { deliveryId: message.tags.deliveryId, messageId, to: message.to, why, lasting: true })
    return { messageId }
  }

  return {
    mail,

    /** `/inbox`, `/inbox.json`, `/inbox/{messageId}` and its `/html`; nothing elsewhere. */
    answer({ method, path }: Pick<Request, 'method' | 'path'>): Answer | undefined {
      if (method !== 'GET' && method !== 'HEAD') return undefined
      if (path === '/inbox.json') return json({ messages: latestFirst() })
      if (path === '/inbox') return listPage(latestFirst())
      const [, id = '', part] = /^\/inbox\/([\w-]+)(\/html)?$/.exec(path) ?? []
      const message = kept.get(id)
      return message && (part ? foreignPart(message.html) : messagePage(message))
    },
  }
}

function listPage(messages: readonly Received[]): Answer {
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
  return page({ title: 'Inbox', body: html`${body}` })
}

function messagePage({ messageId, subject, to, replyTo, text, receivedAt }: Received): Answer {
  return page({
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
