import type { EmailMessage } from '#shared/outbound/email/mail.ts'
import type { WebhookRequest, WebhookResponse } from '#shared/outbound/webhook/create-post-webhook.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import type { RandomSource } from '../proof/create-random.ts'
import { findSchoolId, type SchoolId, schoolIds } from './prepare-system.ts'

export type SimulatedSchools = ReturnType<typeof createSchools>
/** One request as its school saw it: what came, and what it made of it. */
export type SchoolArrival = {
  schoolId: SchoolId
  kind: 'webhook' | 'email'
  id: string
  leadId: string
  person: string
  body: string
  at: number
  /** `kept`: it has the lead from now on, whatever it answers. */
  verdict: 'kept' | 'refused' | 'failed'
  messageId?: string
}
type SchoolBehavior = 'well' | 'flaky' | 'slow' | 'hangs' | 'gone' | 'broken'
type SchoolReply = { answer: WebhookResponse; afterMs: number }

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

/** What each school does to what it gets, and its own log of it. In the end all are well but those that never are. */
export function createSchools(random: RandomSource, { isCalm, now }: { isCalm: () => boolean; now: () => number }) {
  const log: SchoolArrival[] = []
  // How often each id met with trouble that is the school's own.
  const troubles = new Map<string, number>()
  const behaviorBySchool = new Map<SchoolId, SchoolBehavior>(schoolIds.map((id) => [id, random.oneOf(behaviors)]))
  // Once in a while one is never mended.
  if (random() < 0.06) behaviorBySchool.set('beta', 'broken')
  const rejectionRates = new Map(schoolIds.map((id) => [id, random() < 0.5 ? 0 : random() * 0.4]))
  const storedKeys = new Set<string>()

  const acceptLead = (schoolId: SchoolId, id: string): SchoolReply & { verdict: SchoolArrival['verdict'] } => {
    const isDuplicate = storedKeys.has(`${schoolId} ${id}`)
    const isRejected = !isDuplicate && hashToUnitInterval(id) < (rejectionRates.get(schoolId) ?? 0)
    const verdict =
      isRejected && (schoolId === 'zeta' || schoolId === 'beta' || schoolId === 'gamma') ? 'refused' : 'kept'
    const body = JSON.stringify({
      outcome: verdict === 'refused' || (schoolId === 'zeta' && isDuplicate) ? 'failure' : 'success',
      reason: isDuplicate ? 'duplicate' : 'Not for us',
    })
    return { verdict, answer: webhookResponse(200, body), afterMs: 5 + random() * 100 }
  }
  /** What is told to erase is no lead that could be rejected. */
  const acknowledgeErasure = (schoolId: SchoolId, id: string) =>
    ({ ...acceptLead(schoolId, id), verdict: 'kept', answer: webhookResponse(204) }) as const
  const buildFailure = (answer: WebhookResponse, afterMs = 5 + random() * 100) =>
    ({ verdict: 'failed', answer, afterMs }) as const
  const buildLostResponse = (stage: 'receive' | 'deadline', afterMs: number) => ({
    answer: { stage, reason: 'ECONNRESET', ms: afterMs } satisfies WebhookResponse,
    afterMs,
  })
  const repliesByName: {
    [what: string]: (schoolId: SchoolId, id: string) => SchoolReply & { verdict: SchoolArrival['verdict'] }
  } = {
    well: acceptLead,
    error: () => buildFailure(webhookResponse(500)),
    // It fails after it has stored the lead.
    late: (schoolId, id) => ({ ...acceptLead(schoolId, id), answer: webhookResponse(502) }),
    unheard: (schoolId, id) => ({ ...acceptLead(schoolId, id), ...buildLostResponse('receive', random() * 2000) }),
    hang: () => ({ verdict: 'failed', ...buildLostResponse('deadline', deadlineMs) }),
    hangStored: (schoolId, id) => ({ ...acceptLead(schoolId, id), ...buildLostResponse('deadline', deadlineMs) }),
    connect: () => buildFailure({ stage: 'connect', reason: 'ECONNREFUSED', ms: 5 }),
    resolve: () => buildFailure({ stage: 'resolve', reason: 'ENOTFOUND', ms: 5 }),
    busy: () => buildFailure(webhookResponse(429, '', { 'retry-after': String(random.below(90)) })),
    away: () => buildFailure(webhookResponse(503)),
    gone: () => buildFailure(webhookResponse(410)),
    odd: () => buildFailure(webhookResponse(404)),
  }
  const repliesByBehavior: { [mood in SchoolBehavior]: readonly [string, ...string[]] } = {
    well: ['well'],
    flaky: ['well', 'well', 'well', 'error', 'late', 'unheard', 'hang', 'connect', 'resolve', 'away', 'odd'],
    slow: ['well', 'well', 'busy', 'busy', 'away'],
    hangs: ['hang', 'hangStored', 'well'],
    gone: ['gone', 'well', 'well', 'well'],
    broken: ['error'],
  }

  function recordArrival(schoolId: SchoolId, arrival: Omit<SchoolArrival, 'schoolId' | 'at'>) {
    if (arrival.verdict === 'kept') storedKeys.add(`${schoolId} ${arrival.id}`)
    log.push({ schoolId, at: now(), ...arrival })
  }

  return {
    log,
    troubles,
    moods: () => Object.fromEntries(behaviorBySchool),

    post({ url, headers, body }: WebhookRequest): SchoolReply {
      const schoolId = findSchoolId(url)
      if (!schoolId) throw new Error('No school is at this address.')
      const id = headers['webhook-id'] ?? ''
      const behavior = behaviorBySchool.get(schoolId) ?? 'well'
      const isNotice = body.includes('"type":"lead.erased"')
      const replyName = isCalm() && behavior !== 'broken' ? 'well' : random.oneOf(repliesByBehavior[behavior])
      const { verdict, ...schoolReply } =
        isNotice && replyName === 'well'
          ? acknowledgeErasure(schoolId, id)
          : (repliesByName[replyName] ?? acceptLead)(schoolId, id)
      if (replyName !== 'well' && replyName !== 'resolve') troubles.set(id, (troubles.get(id) ?? 0) + 1)
      recordArrival(schoolId, { kind: 'webhook', id, verdict, body, ...parseBody(body) })
      return schoolReply
    },

    mail({ to, headers, html, text, replyTo = '' }: EmailMessage): string {
      const schoolId = findSchoolId(to)
      if (!schoolId) throw new Error('No school has this mailbox.')
      const messageId = `message-${log.length}`
      const [id = '', leadId = ''] = [headers['X-Prospectus-Delivery-Id'], headers['X-Prospectus-Lead-Id']]
      recordArrival(schoolId, {
        kind: 'email',
        id,
        leadId,
        person: replyTo,
        body: `${html}\n${text}`,
        verdict: 'kept',
        messageId,
      })
      return messageId
    },
  }
}

/** Read as the school would, not by our own schema. */
function parseBody(body: string): { leadId: string; person: string } {
  if (body.startsWith('{')) {
    const leadId = /"leadId":"([^"]+)"/.exec(body)?.[1] ?? ''
    return { leadId, person: /"email":"([^"]+)"/.exec(body)?.[1] ?? '' }
  }
  const fields = new URLSearchParams(body)
  return { leadId: fields.get('lead') ?? '', person: fields.get('mail') ?? '' }
}

/** In [0, 1), of an id: who rejects it, rejects it again. */
function hashToUnitInterval(id: string): number {
  return (Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, 7) % 100) / 100
}
