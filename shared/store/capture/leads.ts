import * as z from 'zod'
import type { Reveal } from '../../domain/aftercare/reveal.ts'
import { type Consent, consent } from '../../domain/capture/consent.ts'
import { type ForgottenLead, forgottenLead, type Lead, lead } from '../../domain/capture/lead.ts'
import { type Decision, decision } from '../../domain/routing/decision.ts'
import type { Guard } from '../../domain/routing/duplicates.ts'
import { revealsIn } from '../aftercare/reveals.ts'
import type { Cursor, Engine, Row } from '../engine/engine.ts'
import { limits } from '../engine/limits.ts'
import { leadsOfDay } from '../index-keys.ts'
import { answerKey, consentKey, leadKey, personKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { rowOf } from '../rows.ts'
import { newLeadParts, offerParts, type Part, quarantineParts, type Taker } from './lead-parts.ts'

/** What was answered to an Idempotency-Key, and a digest of the body that it came with. */
export type Answer = { sourceId: string; keyDigest: string; bodyDigest: string; body: string }
export type Decided = {
  decision: Decision
  /** What the decision was taken from, so that it can be taken again. */
  inputs: object
  takers: readonly Taker[]
  /** When the lead is offered again; absent where it is not. */
  offerAt?: string | undefined
}
export type KeptLead = {
  lead: Lead
  consent: Consent
  /** Guards over all schools together, and that of the form token. */
  guards: readonly Guard[]
  /** HMACs of the person's normalised e-mail and phone. */
  people: readonly string[]
  answer: Answer
}
export type NewLead = KeptLead & Decided
/** A lead that was kept and is offered again; `seen` is the `offerAt` that called for it. */
export type Offer = Decided & {
  leadId: string
  receivedAt: string
  seen: string
  outcome: Lead['outcome']
  guards: readonly Guard[]
}
/**
 * What came of a save. `standing`: it was done before. `too-many`: so many schools with so many caps do not fit into one
 * transaction. `lost`: the scopes of guards that stood in the way; a cap that did is seen by reading the counters again.
 */
export type Saved = 'saved' | 'standing' | 'busy' | 'too-many' | { lost: string[] }

/** The lead and all that must hold together with it. Conditions, not checks, decide every race. */
export function leadStore(engine: Engine<Table>) {
  return {
    /** What this key was answered before, if it was. */
    async answerTo({ sourceId, keyDigest }: Pick<Answer, 'sourceId' | 'keyDigest'>): Promise<Answer | undefined> {
      const row = await engine.get({ in: 'leads', key: answerKey(sourceId, keyDigest) })
      return row && answer.parse(row)
    },

    /** Saves all of it or nothing: answer, lead, consent, decision, deliveries, what caps give, and guards. */
    async saveOnce(given: NewLead): Promise<Saved> {
      return save(newLeadParts(given))
    },

    /** Saves a lead that staff are to look at first: all of it or nothing, and no school hears of it. */
    async quarantineOnce(given: KeptLead): Promise<Saved> {
      return save(quarantineParts(given))
    },

    /** Saves a further decision beside those before it, if the lead still waits for this very offer. */
    async saveOffer(offer: Offer): Promise<Saved> {
      return save(offerParts(offer))
    },

    /** A lead whose person was forgotten is not found. */
    async find(leadId: string): Promise<Found | undefined> {
      const found = await storyOf(leadId)
      return found && 'lead' in found ? found : undefined
    },

    /** A lead, or what is left of one. */
    story: storyOf,

    /** The leads of a person, by the HMAC of e-mail or phone, latest first. */
    async ofPerson(hmac: string, limit: number) {
      const { items } = await engine.query({ in: 'leads', pk: personKey(hmac, '').pk, limit })
      const rows = await Promise.all(items.map(({ sk }) => engine.get({ in: 'leads', key: leadKey(sk) })))
      const leads = rows.flatMap((row) => (row && !('erasedAt' in row) ? [leadRow.parse(row)] : []))
      return leads.toSorted((one, other) => (one.receivedAt < other.receivedAt ? 1 : -1))
    },

    /** The leads of a day (UTC), latest first. */
    async ofDay(day: string, page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: leadsOfDay(day), order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      return { leads: items.map((row) => leadRow.parse(row)), ...(next && { next }) }
    },
  }

  async function storyOf(leadId: string): Promise<Found | Forgotten | undefined> {
    const [items, agreed] = await Promise.all([rowsOf(leadId), engine.get({ in: 'leads', key: consentKey(leadId) })])
    const row = items.find(({ sk }) => sk === leadKey(leadId).sk)
    if (!row) return undefined
    const decisions = items.filter(({ sk }) => sk.startsWith('DECISION#')).map((item) => routed.parse(item))
    const known = { decisions, reveals: revealsIn(items) }
    const proof = agreed && { consent: consentRow.parse(agreed) }
    if ('erasedAt' in row) return { ...known, ...proof, forgotten: rowOf(forgottenLead).parse(row) }
    return proof && { ...known, ...proof, lead: keptLead.parse(row) }
  }

  /** The lead and its decisions: one for each offer, so after weeks of hourly windows there are hundreds. */
  async function rowsOf(leadId: string): Promise<Row[]> {
    return queryAll(engine, { in: 'leads', pk: leadKey(leadId).pk, limit: 100 })
  }

  async function save(parts: readonly Part[]): Promise<Saved> {
    if (parts.length > limits.transactionWrites) return 'too-many'
    const outcome = await engine.transact(parts.map(({ write }) => write))
    if (outcome.done) return 'saved'
    const refused = parts.filter((_, index) => outcome.refused[index] === 'condition')
    if (refused.some(({ once }) => once)) return 'standing'
    if (refused.length === 0) return 'busy'
    return { lost: refused.flatMap(({ scope }) => scope ?? []) }
  }
}

const answer = z.object({ sourceId: z.string(), keyDigest: z.string(), bodyDigest: z.string(), body: z.string() })
const routed = z
  .object({ ...decision.shape, deliveries: z.array(z.object({ schoolId: z.string(), deliveryId: z.string() })) })
  .transform(({ deliveries, ...decided }) => ({ decision: decided, deliveries }))
const consentRow = rowOf(consent)
const keptLead = rowOf(lead).extend({ offerAt: z.string().optional() })
type Known = { decisions: z.output<typeof routed>[]; reveals: Reveal[] }
type Found = Known & { lead: z.output<typeof keptLead>; consent: Consent }
/** The proof of consent outlives the rest, and ends too. */
type Forgotten = Known & { forgotten: ForgottenLead; consent?: Consent }
const leadRow = rowOf(lead).pick({
  leadId: true,
  receivedAt: true,
  outcome: true,
  careerSlug: true,
  state: true,
  sourceId: true,
  test: true,
})
