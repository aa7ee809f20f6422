import type { APIGatewayProxyStructuredResultV2 as Answer } from 'aws-lambda'
import { Webhook } from 'standardwebhooks'
import { leadErased } from '#shared/domain/aftercare/lead-erased.ts'
import type { Received } from '../http/http-server.ts'
import { json } from './page.ts'
import { type SchoolDelivery, schoolPage } from './school-page.ts'

/** Where the sample school takes the leads of a school, and the secret that they must be signed with. */
export type Endpoint = { url: string; secret: string }
type Setup = { endpointOf: (schoolId: string) => Endpoint; now: () => Date }

const mostKept = 500

/**
 * The other end of the line: takes webhooks for every school at `/school/{schoolId}`, as a school should. It checks the
 * signature, knows a repeat by its `webhook-id`, and answers 204, or 401 to what was not signed with the school's secret.
 */
export function sampleSchool({ endpointOf, now }: Setup) {
  const kept = new Map<string, SchoolDelivery>()

  function receive(schoolId: string, { headers, body }: Received): Answer {
    const given = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
    const webhookId = given['webhook-id'] ?? ''
    const text = body.toString()
    const verified = isSigned(text, given, endpointOf(schoolId).secret)
    const key = JSON.stringify([schoolId, webhookId, verified])
    const timesSeen = (kept.get(key)?.timesSeen ?? 0) + 1
    kept.delete(key)
    const { traceparent = '' } = given
    const receivedAt = now().toISOString()
    kept.set(key, { webhookId, schoolId, timesSeen, verified, receivedAt, traceparent, body: read(text) })
    for (const [oldest] of kept) if (kept.size > mostKept) kept.delete(oldest)
    if (verified) erase(schoolId, text)
    return { statusCode: verified ? 204 : 401 }
  }

  /** What it is told to erase it has no more; that it was told, stays. */
  function erase(schoolId: string, text: string) {
    const told = leadErased.safeParse(read(text)).data
    if (!told) return
    for (const [key, { webhookId, ...delivery }] of kept)
      if (delivery.schoolId === schoolId && webhookId === told.data.deliveryId)
        kept.set(key, { webhookId, ...delivery, body: 'Erased: the person asked to be forgotten.' })
  }

  return {
    /** `/school`, `/school.json` and `/school/{schoolId}`; nothing elsewhere. */
    answer(received: Received): Answer | undefined {
      const { method, path } = received
      const schoolId = /^\/school\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})$/.exec(path)?.[1]
      if (schoolId !== undefined && method === 'POST') return receive(schoolId, received)
      if (method !== 'GET' && method !== 'HEAD') return undefined
      const deliveries = () => [...kept.values()].reverse()
      if (path === '/school.json') return json({ deliveries: deliveries() })
      if (path === '/school') return schoolPage({ deliveries: deliveries() })
      if (schoolId === undefined) return undefined
      const own = deliveries().filter((delivery) => delivery.schoolId === schoolId)
      return schoolPage({ deliveries: own, school: { schoolId, ...endpointOf(schoolId) } })
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

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
