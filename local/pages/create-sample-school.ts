import type { APIGatewayProxyStructuredResultV2 as HttpResponse } from 'aws-lambda'
import { Webhook } from 'standardwebhooks'
import { leadErased } from '#shared/domain/aftercare/lead-erased.ts'
import type { HttpRequest } from '../http/read-request.ts'
import { toJsonResponse } from './render-page.ts'
import { renderSchoolPage, type SchoolDelivery } from './render-school-page.ts'

/** The sample school's webhook URL for one school, and the secret that signs its webhooks. */
export type SampleEndpoint = { url: string; secret: string }
type Setup = { getEndpoint: (schoolId: string) => SampleEndpoint; now: () => Date }

const maxDeliveries = 500

/**
 * Receives webhooks of every school at `/school/{schoolId}`, as a school should: it verifies the signature, recognizes a
 * repeat by its `webhook-id`, and answers 204, or 401 if the signature is not valid.
 */
export function createSampleSchool({ getEndpoint, now }: Setup) {
  const deliveriesByKey = new Map<string, SchoolDelivery>()

  function receiveWebhook(schoolId: string, { headers, body }: HttpRequest): HttpResponse {
    const headersByName = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
    const webhookId = headersByName['webhook-id'] ?? ''
    const text = body.toString()
    const verified = isSigned(text, headersByName, getEndpoint(schoolId).secret)
    const key = JSON.stringify([schoolId, webhookId, verified])
    const timesSeen = (deliveriesByKey.get(key)?.timesSeen ?? 0) + 1
    deliveriesByKey.delete(key)
    const { traceparent = '' } = headersByName
    const receivedAt = now().toISOString()
    deliveriesByKey.set(key, {
      webhookId,
      schoolId,
      timesSeen,
      verified,
      receivedAt,
      traceparent,
      body: parseJsonOrText(text),
    })
    for (const [oldest] of deliveriesByKey) if (deliveriesByKey.size > maxDeliveries) deliveriesByKey.delete(oldest)
    if (verified) erase(schoolId, text)
    return { statusCode: verified ? 204 : 401 }
  }

  /** Replaces the body of the erased lead. The erasure request itself stays on the page. */
  function erase(schoolId: string, text: string) {
    const erasure = leadErased.safeParse(parseJsonOrText(text)).data
    if (!erasure) return
    for (const [key, { webhookId, ...delivery }] of deliveriesByKey)
      if (delivery.schoolId === schoolId && webhookId === erasure.data.deliveryId)
        deliveriesByKey.set(key, {
          webhookId,
          ...delivery,
          body: 'Erased: the person asked for their data to be deleted.',
        })
  }

  return {
    /** Serves `/school`, `/school.json` and `/school/{schoolId}`; undefined for other paths. */
    handle(request: HttpRequest): HttpResponse | undefined {
      const { method, path } = request
      const schoolId = /^\/school\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})$/.exec(path)?.[1]
      if (schoolId !== undefined && method === 'POST') return receiveWebhook(schoolId, request)
      if (method !== 'GET' && method !== 'HEAD') return undefined
      const deliveries = () => [...deliveriesByKey.values()].reverse()
      if (path === '/school.json') return toJsonResponse({ deliveries: deliveries() })
      if (path === '/school') return renderSchoolPage({ deliveries: deliveries() })
      if (schoolId === undefined) return undefined
      const ownDeliveries = deliveries().filter((delivery) => delivery.schoolId === schoolId)
      return renderSchoolPage({ deliveries: ownDeliveries, school: { schoolId, ...getEndpoint(schoolId) } })
    },
  }
}

function isSigned(body: string, headers: { [name: string]: string }, secret: string): boolean {
  try {
    new Webhook(secret).verify(body, headers)
    return true
  } catch {
    return false
  }
}

function parseJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
