import type { Message } from '#shared/outbound/email/mail.ts'
import type { Answer, Request } from '#shared/outbound/webhook/webhook.ts'
import { answered } from '#test/functions/house/fakes.ts'
import type { Dice } from '../proof/dice.ts'
import { type SchoolId, schoolAt, schoolIds } from './settled-town.ts'

export type Schools = ReturnType<typeof schoolsOf>
/** One request as its school saw it: what came, and what it made of it. */
export type Arrival = {
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
type Behaviour = 'well' | 'flaky' | 'slow' | 'hangs' | 'gone' | 'broken'
type Told = { answer: Answer; afterMs: number }

const deadlineMs = 15_000
const moods: readonly [Behaviour, ...Behaviour[]] = ['well', 'well', 'flaky', 'flaky', 'slow', 'hangs', 'gone']

/** What each school does to what it gets, and its own log of it. In the end all are well but those that never are. */
export function schoolsOf(dice: Dice, { isCalm, now }: { isCalm: () => boolean; now: () => number }) {
  const log: Arrival[] = []
  // How often each id met with trouble that is the school's own.
  const troubles = new Map<string, number>()
  const mood = new Map<SchoolId, Behaviour>(schoolIds.map((id) => [id, dice.oneOf(moods)]))
  // Once in a while one is never mended.
  if (dice() < 0.06) mood.set('beta', 'broken')
  const rejects = new Map(schoolIds.map((id) => [id, dice() < 0.5 ? 0 : dice() * 0.4]))
  const kept = new Set<string>()

  const keep = (schoolId: SchoolId, id: string): Told & { verdict: Arrival['verdict'] } => {
    const knows = kept.has(`${schoolId} ${id}`)
    const rejected = !knows && shareOf(id) < (rejects.get(schoolId) ?? 0)
    const verdict =
      rejected && (schoolId === 'zeta' || schoolId === 'beta' || schoolId === 'gamma') ? 'refused' : 'kept'
    const body = JSON.stringify({
      outcome: verdict === 'refused' || (schoolId === 'zeta' && knows) ? 'failure' : 'success',
      reason: knows ? 'duplicate' : 'Not for us',
    })
    return { verdict, answer: answered(200, body), afterMs: 5 + dice() * 100 }
  }
  /** What is told to erase is no lead that could be rejected. */
  const heed = (schoolId: SchoolId, id: string) =>
    ({ ...keep(schoolId, id), verdict: 'kept', answer: answered(204) }) as const
  const failed = (answer: Answer, afterMs = 5 + dice() * 100) => ({ verdict: 'failed', answer, afterMs }) as const
  const unheard = (stage: 'receive' | 'deadline', afterMs: number) => ({
    answer: { stage, reason: 'ECONNRESET', ms: afterMs } satisfies Answer,
    afterMs,
  })
  const trouble: { [what: string]: (schoolId: SchoolId, id: string) => Told & { verdict: Arrival['verdict'] } } = {
    well: keep,
    error: () => failed(answered(500)),
    // It fails after it has stored the lead.
    late: (schoolId, id) => ({ ...keep(schoolId, id), answer: answered(502) }),
    unheard: (schoolId, id) => ({ ...keep(schoolId, id), ...unheard('receive', dice() * 2000) }),
    hang: () => ({ verdict: 'failed', ...unheard('deadline', deadlineMs) }),
    hangStored: (schoolId, id) => ({ ...keep(schoolId, id), ...unheard('deadline', deadlineMs) }),
    connect: () => failed({ stage: 'connect', reason: 'ECONNREFUSED', ms: 5 }),
    resolve: () => failed({ stage: 'resolve', reason: 'ENOTFOUND', ms: 5 }),
    busy: () => failed(answered(429, '', { 'retry-after': String(dice.below(90)) })),
    away: () => failed(answered(503)),
    gone: () => failed(answered(410)),
    odd: () => failed(answered(404)),
  }
  const mishaps: { [mood in Behaviour]: readonly [string, ...string[]] } = {
    well: ['well'],
    flaky: ['well', 'well', 'well', 'error', 'late', 'unheard', 'hang', 'connect', 'resolve', 'away', 'odd'],
    slow: ['well', 'well', 'busy', 'busy', 'away'],
    hangs: ['hang', 'hangStored', 'well'],
    gone: ['gone', 'well', 'well', 'well'],
    broken: ['error'],
  }

  function note(schoolId: SchoolId, arrival: Omit<Arrival, 'schoolId' | 'at'>) {
    if (arrival.verdict === 'kept') kept.add(`${schoolId} ${arrival.id}`)
    log.push({ schoolId, at: now(), ...arrival })
  }

  return {
    log,
    troubles,
    moods: () => Object.fromEntries(mood),

    post({ url, headers, body }: Request): Told {
      const schoolId = schoolAt(url)
      if (!schoolId) throw new Error('No school is at this address.')
      const id = headers['webhook-id'] ?? ''
      const usual = mood.get(schoolId) ?? 'well'
      const isNotice = body.includes('"type":"lead.erased"')
      const does = isCalm() && usual !== 'broken' ? 'well' : dice.oneOf(mishaps[usual])
      const { verdict, ...told } =
        isNotice && does === 'well' ? heed(schoolId, id) : (trouble[does] ?? keep)(schoolId, id)
      if (does !== 'well' && does !== 'resolve') troubles.set(id, (troubles.get(id) ?? 0) + 1)
      note(schoolId, { kind: 'webhook', id, verdict, body, ...partsOf(body) })
      return told
    },

    mail({ to, headers, html, text, replyTo = '' }: Message): string {
      const schoolId = schoolAt(to)
      if (!schoolId) throw new Error('No school has this mailbox.')
      const messageId = `message-${log.length}`
      const [id = '', leadId = ''] = [headers['X-Prospectus-Delivery-Id'], headers['X-Prospectus-Lead-Id']]
      note(schoolId, {
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
function partsOf(body: string): { leadId: string; person: string } {
  if (body.startsWith('{')) {
    const leadId = /"leadId":"([^"]+)"/.exec(body)?.[1] ?? ''
    return { leadId, person: /"email":"([^"]+)"/.exec(body)?.[1] ?? '' }
  }
  const fields = new URLSearchParams(body)
  return { leadId: fields.get('lead') ?? '', person: fields.get('mail') ?? '' }
}

/** In [0, 1), of an id: who rejects it, rejects it again. */
function shareOf(id: string): number {
  return (Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, 7) % 100) / 100
}
