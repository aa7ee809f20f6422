import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { element, type MarkupNode } from '#web/parts/element.ts'
import { renderPage, renderTime } from './render-page.ts'

export type SchoolDelivery = {
  webhookId: string
  schoolId: string
  timesSeen: number
  verified: boolean
  receivedAt: string
  /** The header of the latest attempt. */
  traceparent: string
  body: unknown
}
type SchoolPageProps = {
  deliveries: readonly SchoolDelivery[]
  school?: { schoolId: string; url: string; secret: string }
}

/** The webhooks that the sample school received, latest first; for one school also its endpoint and secret. */
export function renderSchoolPage({ deliveries, school }: SchoolPageProps): HttpResponse {
  const emptyText = 'No leads yet. Leads of campaigns that deliver by webhook appear here.'
  return renderPage({
    title: school ? `Sample school: ${school.schoolId}` : 'Sample school',
    body: [
      school && renderEndpoint(school),
      deliveries.length === 0 ? element('p', {}, emptyText) : deliveries.map(renderDelivery),
    ],
  })
}

function renderEndpoint({ url, secret }: { url: string; secret: string }): MarkupNode {
  return [
    element('p', {}, 'A campaign with this endpoint sends its leads here:'),
    element('pre', {}, JSON.stringify({ endpoint: { kind: 'webhook', url, secret } }, null, 2)),
  ]
}

function renderDelivery({ webhookId, schoolId, timesSeen, verified, receivedAt, body }: SchoolDelivery): MarkupNode {
  const signature = verified ? 'Valid signature' : 'Invalid signature, answered with 401'
  return element(
    'article',
    {},
    element('h2', {}, `${schoolId}: ${webhookId || 'no webhook-id'}`),
    element('p', {}, `${signature}. ${timesSeen === 1 ? 'Received once.' : `Received ${timesSeen} times.`}`),
    renderTime(receivedAt),
    element(
      'details',
      {},
      element('summary', {}, 'Body'),
      element('pre', {}, typeof body === 'string' ? body : JSON.stringify(body, null, 2)),
    ),
  )
}
