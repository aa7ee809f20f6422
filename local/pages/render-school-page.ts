import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { type Html, html } from '#shared/contract/docs/html.ts'
import { renderPage } from './render-page.ts'

export type SchoolDelivery = {
  webhookId: string
  schoolId: string
  timesSeen: number
  verified: boolean
  receivedAt: string
  /** Of the latest attempt. */
  traceparent: string
  body: unknown
}
type SchoolPageProps = {
  deliveries: readonly SchoolDelivery[]
  school?: { schoolId: string; url: string; secret: string }
}

/** What the sample school received, latest first; for one school also where it listens and with which secret. */
export function renderSchoolPage({ deliveries, school }: SchoolPageProps): HttpResponse {
  return renderPage({
    title: school ? `Sample school: ${school.schoolId}` : 'Sample school',
    body: html`${school && renderEndpoint(school)}
${deliveries.length === 0 ? html`<p>No lead yet. Those of campaigns with a webhook end up here.</p>` : deliveries.map(renderDelivery)}`,
  })
}

function renderEndpoint({ url, secret }: { url: string; secret: string }): Html {
  return html`<p>A campaign with this endpoint sends its leads here:</p>
<pre>${JSON.stringify({ endpoint: { kind: 'webhook', url, secret } }, null, 2)}</pre>
`
}

function renderDelivery({ webhookId, schoolId, timesSeen, verified, receivedAt, body }: SchoolDelivery): Html {
  return html`<article>
<h2>${schoolId}: ${webhookId || 'no webhook-id'}</h2>
<p>${verified ? 'Signature verified' : 'Signature not valid: answered 401'}; ${timesSeen === 1 ? 'seen once' : `seen ${timesSeen} times`}</p>
<p class="soft"><time datetime="${receivedAt}">${receivedAt}</time></p>
<details><summary>Body</summary><pre>${typeof body === 'string' ? body : JSON.stringify(body, null, 2)}</pre></details>
</article>
`
}
