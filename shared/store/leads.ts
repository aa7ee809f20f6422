import * as z from 'zod'
import type { Reservation } from '../domain/caps.ts'
import { type Consent, consent } from '../domain/consent.ts'
import { type Decision, decision } from '../domain/decision.ts'
import type { Delivery } from '../domain/delivery.ts'
import { type Lead, lead } from '../domain/lead.ts'
import { newDeliveryWrite } from './deliveries.ts'
import type { Cursor, Engine, Write } from './engine/engine.ts'
import {
  answerKey,
  consentKey,
  counterKey,
  decisionKey,
  guardKey,
  leadKey,
  leadsOfDay,
  personKey,
  type Table,
} from './keys.ts'
import { plain, read } from './rows.ts'

/** What was answered to an Idempotency-Key, and a digest of the body that it came with. */
export type Answer = { sourceId: string; keyDigest: string; bodyDigest: string; body: string }

/** One school's part of a lead: its delivery with the body to send, what it reserves, and the guards against a second enquiry. */
export type Taker = {
  delivery: Delivery
  /** The event as it will be sent, byte for byte, at every attempt. */
  body: string
  reservations: readonly Reservation[]
  guards: readonly string[]
}
export type NewLead = {
  lead: Lead
  consent: Consent
  decision: Decision
  takers: readonly Taker[]
  /** HMACs of the person's normalised e-mail and phone. */
  people: readonly string[]
  answer: Answer
}
/** What a lost race says, for the decision to be taken again. */
export type Lost = { lost: { campaignIds: string[]; schoolIds: string[] } }

export function leadStore(engine: Engine<Table>) {
  return {
    /** What this key was answered before, if it was. */
    async answerTo({ sourceId, keyDigest }: Pick<Answer, 'sourceId' | 'keyDigest'>): Promise<Answer | undefined> {
      const row = await engine.get({ in: 'leads', key: answerKey(sourceId, keyDigest) })
      return row && answer.parse(row)
    },

    /**
     * Saves a lead with all that must hold together with it, or nothing: the answer to its key, consent, decision,
     * deliveries, reserved caps and guards. Conditions, not checks, decide every race.
     */
    async saveOnce(given: NewLead): Promise<'saved' | 'answered' | 'busy' | Lost> {
      const parts = partsOf(given)
      const outcome = await engine.transact(parts.map(({ write }) => write))
      if (outcome.done) return 'saved'
      const refused = parts.filter((_, index) => outcome.refused[index] === 'condition')
      if (refused.some(({ answers }) => answers)) return 'answered'
      if (refused.length === 0) return 'busy'
      return {
        lost: {
          campaignIds: refused.flatMap(({ campaignId }) => campaignId ?? []),
          schoolIds: refused.flatMap(({ schoolId }) => schoolId ?? []),
        },
      }
    },

    async find(leadId: string): Promise<{ lead: Lead; consent: Consent; decisions: Routed[] } | undefined> {
      const [{ items }, agreed] = await Promise.all([
        engine.query({ in: 'leads', pk: leadKey(leadId).pk, limit: 100 }),
        engine.get({ in: 'leads', key: consentKey(leadId) }),
      ])
      const row = items.find(({ sk }) => sk === leadKey(leadId).sk)
      if (!row || !agreed) return undefined
      const decisions = items.filter(({ sk }) => sk.startsWith('DECISION#')).map((item) => routed.parse(item))
      return { lead: read(lead, row), consent: read(consent, agreed), decisions }
    },

    /** The leads of a day (UTC), latest first. */
    async ofDay(day: string, page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: leadsOfDay(day), order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      return { leads: items.map((row) => read(leadRow, row)), ...(next && { next }) }
    },
  }
}

type Part = { write: Write<Table>; answers?: true; campaignId?: string; schoolId?: string }

function partsOf({ lead, consent, decision, takers, people, answer }: NewLead): Part[] {
  const { leadId, receivedAt } = lead
  const put = (row: Extract<Write<Table>, { put: unknown }>['put']) =>
    ({ in: 'leads', put: row, when: { exists: false } }) as const
  const timeline = { timelinePk: leadsOfDay(receivedAt.slice(0, 10)), timelineSk: `${receivedAt}#${leadId}` }
  const deliveries = takers.map(({ delivery }) => ({ schoolId: delivery.schoolId, deliveryId: delivery.deliveryId }))
  const { sourceId, keyDigest } = answer
  return [
    {
      answers: true,
      write: put({ ...answerKey(sourceId, keyDigest), ...answer, expiresAt: daysAfter(receivedAt, answerDays) }),
    },
    { write: put({ ...leadKey(leadId), ...plain(lead), ...timeline }) },
    { write: put({ ...consentKey(leadId), ...plain(consent) }) },
    { write: put({ ...decisionKey(leadId, decision.decidedAt), ...plain(decision), deliveries }) },
    ...people.map((hmac) => ({ write: put({ ...personKey(hmac, leadId), leadId }) })),
    ...takers.flatMap(({ delivery, body, reservations, guards }) => [
      { write: newDeliveryWrite(delivery, body) },
      ...guards.map((hmac) => ({
        schoolId: delivery.schoolId,
        write: put({ ...guardKey(delivery.schoolId, hmac), leadId, expiresAt: daysAfter(receivedAt, guardDays) }),
      })),
      ...reservations.map((reservation) => ({
        campaignId: reservation.campaignId,
        write: reserveWrite(reservation),
      })),
    ]),
  ]
}

/** Takes from a cap only what is left of it: a cap of K is K, whoever else is at it. */
function reserveWrite({ campaignId, counter, amount, limit }: Reservation): Write<Table> {
  const leaves = { attribute: 'used', is: 'at-most', value: limit - amount } as const
  return {
    in: 'leads',
    change: counterKey(campaignId, counter),
    add: { used: amount },
    // A counter that is not there yet stands at 0.
    when: amount > limit ? leaves : { any: [{ exists: false }, leaves] },
  }
}

const answerDays = 7
/** How long a second enquiry of the same person counts as a duplicate at a school. */
const guardDays = 30

function daysAfter(instant: string, days: number): number {
  return Math.floor(Date.parse(instant) / 1000) + days * 86_400
}

const answer = z.object({ sourceId: z.string(), keyDigest: z.string(), bodyDigest: z.string(), body: z.string() })
const routed = z
  .object({ ...decision.shape, deliveries: z.array(z.object({ schoolId: z.string(), deliveryId: z.string() })) })
  .transform(({ deliveries, ...decided }) => ({ decision: decided, deliveries }))
export type Routed = z.output<typeof routed>
const leadRow = lead.pick({
  leadId: true,
  receivedAt: true,
  outcome: true,
  careerSlug: true,
  state: true,
  sourceId: true,
  test: true,
})
