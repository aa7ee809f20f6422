import { listRecipients } from '#shared/domain/delivery/email-endpoint.ts'
import type { EmailMessage } from '#shared/outbound/email/mail.ts'
import type { WebhookRequest, WebhookResponse } from '#shared/outbound/webhook/create-post-webhook.ts'
import type { Row } from '#shared/store/engine/engine.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import type { RandomSource } from '../proof/create-random.ts'
import { findSchoolId, type SchoolId, schoolIds } from './prepare-system.ts'

/** Whether a request is a notice, which has no contact details. */
function isNotice(body: string): boolean {
  return body.includes('"type":"lead.erased"') || body.includes('"type":"consent.withdrawn"')
}

export type SimulatedSchools = ReturnType<typeof createSchools>
/** One request or email that a school received, and what the school did with it. */
export type SchoolArrival = {
  schoolId: SchoolId
  kind: 'webhook' | 'email'
  id: string
  leadId: string
  person: string
  body: string
  at: number
  /** `stored`: the school has the lead, whatever it responds. `unreached`: it was tried, and nothing of the request arrived. */
  verdict: 'stored' | 'rejected' | 'failed' | 'unreached'
  messageId?: string
}
/** A delivery at the end of a world, and what its school received of it. */
export type DeliveryEvidence = { id: string; row: Row; arrivals: readonly SchoolArrival[] }
type SchoolBehavior = 'well' | 'flaky' | 'slow' | 'hangs' | 'gone' | 'broken'
type SchoolReply = { response: WebhookResponse; afterMs: number }

const deadlineMs = 15_000
const behaviors: readonly [SchoolBehavior, ...SchoolBehavior[]] = [
  'well',
  'well',
  'flaky',
  'flaky',
  'slow',
  'hangs',
  'gone',
]

/** Simulated schools, each with its own behavior and log. From the calm phase on all accept leads, except a broken school. */
export function createSchools(random: RandomSource, { isCalm, now }: { isCalm: () => boolean; now: () => number }) {
  const log: SchoolArrival[] = []
  // The number of failures that the school caused, by delivery.
  const troubles = new Map<string, number>()
  const behaviorBySchool = new Map<SchoolId, SchoolBehavior>(schoolIds.map((id) => [id, random.oneOf(behaviors)]))
  // In a few worlds, one school stays broken forever.
  if (random() < 0.06) behaviorBySchool.set('beta', 'broken')
  const rejectionRates = new Map(schoolIds.map((id) => [id, random() < 0.5 ? 0 : random() * 0.4]))
  const storedKeys = new Set<string>()

  const acceptLead = (schoolId: SchoolId, id: string): SchoolReply & { verdict: SchoolArrival['verdict'] } => {
    const isDuplicate = storedKeys.has(`${schoolId} ${id}`)
    const isRejected = !isDuplicate && hashToUnitInterval(id) < (rejectionRates.get(schoolId) ?? 0)
    const verdict =
      isRejected && (schoolId === 'zeta' || schoolId === 'beta' || schoolId === 'gamma') ? 'rejected' : 'stored'
    const body = JSON.stringify({
      outcome: verdict === 'rejected' || (schoolId === 'zeta' && isDuplicate) ? 'failure' : 'success',
      reason: isDuplicate ? 'duplicate' : 'Not for us',
    })
    return { verdict, response: webhookResponse(200, body), afterMs: 5 + random() * 100 }
  }
  /** A notice of an erasure or a withdrawal cannot be rejected. */
  const acknowledgeNotice = (schoolId: SchoolId, id: string) =>
    ({ ...acceptLead(schoolId, id), verdict: 'stored', response: webhookResponse(204) }) as const
  const buildFailure = (response: WebhookResponse, afterMs = 5 + random() * 100) =>
    ({ verdict: 'failed', response, afterMs }) as const
  const buildLostResponse = (stage: 'receive' | 'deadline', afterMs: number) => ({
    response: { stage, reason: 'ECONNRESET', ms: afterMs } satisfies WebhookResponse,
    afterMs,
  })
  const repliesByName: {
    [what: string]: (schoolId: SchoolId, id: string) => SchoolReply & { verdict: SchoolArrival['verdict'] }
  } = {
    well: acceptLead,
    error: () => buildFailure(webhookResponse(500)),
    // The school stores the lead and then responds with an error.
    late: (schoolId, id) => ({ ...acceptLead(schoolId, id), response: webhookResponse(502) }),
    lostResponse: (schoolId, id) => ({ ...acceptLead(schoolId, id), ...buildLostResponse('receive', random() * 2000) }),
    hang: () => ({ verdict: 'failed', ...buildLostResponse('deadline', deadlineMs) }),
    hangStored: (schoolId, id) => ({ ...acceptLead(schoolId, id), ...buildLostResponse('deadline', deadlineMs) }),
    connect: () => ({ ...buildFailure({ stage: 'connect', reason: 'ECONNREFUSED', ms: 5 }), verdict: 'unreached' }),
    resolve: () => ({ ...buildFailure({ stage: 'resolve', reason: 'ESERVFAIL', ms: 5 }), verdict: 'unreached' }),
    busy: () => buildFailure(webhookResponse(429, '', { 'retry-after': String(random.below(90)) })),
    unavailable: () => buildFailure(webhookResponse(503)),
    gone: () => buildFailure(webhookResponse(410)),
    notFound: () => buildFailure(webhookResponse(404)),
  }
  const repliesByBehavior: { [behavior in SchoolBehavior]: readonly [string, ...string[]] } = {
    well: ['well'],
    flaky: [
      'well',
      'well',
      'well',
      'error',
      'late',
      'lostResponse',
      'hang',
      'connect',
      'resolve',
      'unavailable',
      'notFound',
    ],
    slow: ['well', 'well', 'busy', 'busy', 'unavailable'],
    hangs: ['hang', 'hangStored', 'well'],
    gone: ['gone', 'well', 'well', 'well'],
    broken: ['error'],
  }

  function recordArrival(schoolId: SchoolId, arrival: Omit<SchoolArrival, 'schoolId' | 'at'>) {
    if (arrival.verdict === 'stored') storedKeys.add(`${schoolId} ${arrival.id}`)
    log.push({ schoolId, at: now(), ...arrival })
  }

  return {
    log,
    troubles,
    behaviors: () => Object.fromEntries(behaviorBySchool),

    post({ url, headers, body }: WebhookRequest): SchoolReply {
      const schoolId = findSchoolId(url)
      if (!schoolId) throw new Error('No school has this URL.')
      const id = headers['webhook-id'] ?? ''
      const behavior = behaviorBySchool.get(schoolId) ?? 'well'
      const replyName = isCalm() && behavior !== 'broken' ? 'well' : random.oneOf(repliesByBehavior[behavior])
      const { verdict, ...schoolReply } =
        isNotice(body) && replyName === 'well'
          ? acknowledgeNotice(schoolId, id)
          : (repliesByName[replyName] ?? acceptLead)(schoolId, id)
      if (replyName !== 'well' && replyName !== 'resolve') troubles.set(id, (troubles.get(id) ?? 0) + 1)
      recordArrival(schoolId, { kind: 'webhook', id, verdict, body, ...parseBody(body) })
      return schoolReply
    },

    mail({ to, headers, html, text, replyTo = '' }: EmailMessage): string {
      const schoolId = findSchoolId(listRecipients({ to })[0] ?? '')
      if (!schoolId) throw new Error('No school has this mailbox.')
      const messageId = `message-${log.length}`
      const [id = '', leadId = ''] = [headers['X-Prospectus-Delivery-Id'], headers['X-Prospectus-Lead-Id']]
      recordArrival(schoolId, {
        kind: 'email',
        id,
        leadId,
        person: replyTo,
        body: `${html}\n${text}`,
        verdict: 'stored',
        messageId,
      })
      return messageId
    },
  }
}

/** Reads the body as a school would, without the product's schema. */
function parseBody(body: string): { leadId: string; person: string } {
  if (body.startsWith('{')) {
    const leadId = /"leadId":"([^"]+)"/.exec(body)?.[1] ?? ''
    return { leadId, person: /"email":"([^"]+)"/.exec(body)?.[1] ?? '' }
  }
  const fields = new URLSearchParams(body)
  return { leadId: fields.get('lead') ?? '', person: fields.get('mail') ?? '' }
}

/** Returns a hash in [0, 1), so that a school that rejects a delivery rejects every repeat. */
function hashToUnitInterval(id: string): number {
  return (Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, 7) % 100) / 100
}
