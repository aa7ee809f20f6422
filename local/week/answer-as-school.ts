import type { WebhookRequest, WebhookResponse } from '#shared/outbound/webhook/create-post-webhook.ts'
import { schoolInOutage } from './plan-visits.ts'

type Setting = { endsAt: number; random: () => number }
type Answer = { status: number; contentType?: string; body?: string }

/**
 * What the server of a school answers to a webhook at an instant: 204 as a rule. One school has been failing for 18 minutes,
 * another was down for a while two days ago, a third refuses some leads by its response rules, and any of them may fail once.
 */
export function answerAsSchool(
  { schoolId, at, attempts }: { schoolId: string; at: number; attempts: number },
  { endsAt, random }: Setting,
): Answer {
  const minutesAgo = (endsAt - at) / 60_000
  const roll = random()
  if (schoolId === schoolInOutage && minutesAgo <= 18) return { status: 502, body: 'Bad gateway' }
  if (schoolId === 'heron-key-college' && minutesAgo > 44 * 60 && minutesAgo < 48 * 60 && attempts < 3)
    return { status: 503, body: 'Down for maintenance' }
  if (schoolId === 'mangrove-point-institute' && roll < 0.25)
    return {
      status: 422,
      contentType: 'application/json',
      body: JSON.stringify({ outcome: 'failure', reason: refusalReasons[Math.floor(roll * 8)] ?? refusalReasons[0] }),
    }
  if (attempts === 0 && roll > 0.96) return { status: 500, body: 'Internal server error' }
  return { status: 204 }
}

const refusalReasons = ['Already in our system', 'We have no seats left for this start date'] as const

export function toWebhookResponse({ status, contentType, body = '' }: Answer, ms: number): WebhookResponse {
  return {
    stage: 'answered',
    status,
    headers: contentType === undefined ? {} : { 'content-type': contentType },
    body,
    excerpt: body,
    ms,
  }
}

/** The school of a webhook of the sample, whose URL ends in `/school/{schoolId}`. */
export function readSchoolId({ url }: Pick<WebhookRequest, 'url'>): string {
  return new URL(url).pathname.split('/').at(-1) ?? ''
}
