import * as z from 'zod'
import type { Reveal } from '../../domain/aftercare/reveal.ts'
import { type Consent, consent } from '../../domain/capture/consent.ts'
import { type ErasedLead, erasedLead, type Lead, lead } from '../../domain/capture/lead.ts'
import { type Decision, decision } from '../../domain/routing/decision.ts'
import type { DedupeMarker } from '../../domain/routing/duplicates.ts'
import { parseReveals } from '../aftercare/reveals.ts'
import type { Cursor, Engine, Row } from '../engine/engine.ts'
import { limits } from '../engine/limits.ts'
import { leadsPartition } from '../index-keys.ts'
import { consentKey, leadKey, personKey, storedResponseKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toRowSchema } from '../rows.ts'
import {
  buildNewLeadWrites,
  buildOfferWrites,
  buildQuarantineWrites,
  type DeliveryToSave,
  type LeadWrite,
} from './lead-writes.ts'

/** What was answered to an Idempotency-Key, and a digest of the body that it came with. */
export type StoredResponse = { sourceId: string; keyDigest: string; bodyDigest: string; body: string }
export type RoutingOutcome = {
  decision: Decision
  /** What the decision was taken from, so that it can be taken again. */
  inputs: object
  deliveriesToSave: readonly DeliveryToSave[]
  /** When the lead is offered again; absent where it is not. */
  offerAt?: string | undefined
}
export type LeadRecord = {
  lead: Lead
  consent: Consent
  /** Guards over all schools together, and that of the form token. */
  dedupeMarkers: readonly DedupeMarker[]
  /** HMACs of the person's normalised e-mail and phone. */
  people: readonly string[]
  response: StoredResponse
}
export type RoutedLead = LeadRecord & RoutingOutcome
/** A lead that was kept and is offered again; `seen` is the `offerAt` that called for it. */
export type RepeatedOffer = RoutingOutcome & {
  leadId: string
  receivedAt: string
  expectedOfferAt: string
  outcome: Lead['outcome']
  dedupeMarkers: readonly DedupeMarker[]
}
/**
 * What came of a save. `standing`: it was done before. `too-many`: so many schools with so many caps do not fit into one
 * transaction. `lost`: the scopes of guards that stood in the way; a cap that did is seen by reading the counters again.
 */
export type SaveResult = 'saved' | 'standing' | 'busy' | 'too-many' | { conflictingScopes: string[] }

/** The lead and all that must hold together with it. Conditions, not checks, decide every race. */
export function leadStore(engine: Engine<Table>) {
  return {
    /** What this key was answered before, if it was. */
    async findResponse({
      sourceId,
      keyDigest,
    }: Pick<StoredResponse, 'sourceId' | 'keyDigest'>): Promise<StoredResponse | undefined> {
      const row = await engine.get({ in: 'leads', key: storedResponseKey(sourceId, keyDigest) })
      return row && storedResponse.parse(row)
    },

    /** Saves all of it or nothing: answer, lead, consent, decision, deliveries, what caps give, and guards. */
    async saveOnce(record: RoutedLead): Promise<SaveResult> {
      return save(buildNewLeadWrites(record))
    },

    /** Saves a lead that staff are to look at first: all of it or nothing, and no school hears of it. */
    async quarantineOnce(record: LeadRecord): Promise<SaveResult> {
      return save(buildQuarantineWrites(record))
    },

    /** Saves a further decision beside those before it, if the lead still waits for this very offer. */
    async saveOffer(offer: RepeatedOffer): Promise<SaveResult> {
      return save(buildOfferWrites(offer))
    },

    /** A lead whose person was forgotten is not found. */
    async find(leadId: string): Promise<StoredLeadTimeline | undefined> {
      const timeline = await getTimeline(leadId)
      return timeline && 'lead' in timeline ? timeline : undefined
    },

    /** A lead, or what is left of one. */
    getTimeline,

    /** The leads of a person, by the HMAC of e-mail or phone, latest first. */
    async listByPerson(hmac: string, limit: number) {
      const { items } = await engine.query({ in: 'leads', pk: personKey(hmac, '').pk, limit })
      const rows = await Promise.all(items.map(({ sk }) => engine.get({ in: 'leads', key: leadKey(sk) })))
      const leads = rows.flatMap((row) => (row && !('erasedAt' in row) ? [leadRow.parse(row)] : []))
      return leads.toSorted((one, other) => (one.receivedAt < other.receivedAt ? 1 : -1))
    },

    /** The leads of a day (UTC), latest first. */
    async listByDay(day: string, page: { limit: number; after?: Cursor }) {
      const query = { in: 'leads', index: 'timeline', pk: leadsPartition(day), order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      return { leads: items.map((row) => leadRow.parse(row)), ...(next && { next }) }
    },
  }

  async function getTimeline(leadId: string): Promise<StoredLeadTimeline | ErasedLeadTimeline | undefined> {
    const [items, consentItem] = await Promise.all([
      queryLeadRows(leadId),
      engine.get({ in: 'leads', key: consentKey(leadId) }),
    ])
    const row = items.find(({ sk }) => sk === leadKey(leadId).sk)
    if (!row) return undefined
    const decisions = items.filter(({ sk }) => sk.startsWith('DECISION#')).map((item) => decisionRow.parse(item))
    const history = { decisions, reveals: parseReveals(items) }
    const consentPart = consentItem && { consent: consentRow.parse(consentItem) }
    if ('erasedAt' in row) return { ...history, ...consentPart, erasedLead: toRowSchema(erasedLead).parse(row) }
    return consentPart && { ...history, ...consentPart, lead: leadWithOfferRow.parse(row) }
  }

  /** The lead and its decisions: one for each offer, so after weeks of hourly windows there are hundreds. */
  async function queryLeadRows(leadId: string): Promise<Row[]> {
    return queryAll(engine, { in: 'leads', pk: leadKey(leadId).pk, limit: 100 })
  }

  async function save(parts: readonly LeadWrite[]): Promise<SaveResult> {
    if (parts.length > limits.transactionWrites) return 'too-many'
    const outcome = await engine.transact(parts.map(({ write }) => write))
    if (outcome.done) return 'saved'
    const refused = parts.filter((_, index) => outcome.refused[index] === 'condition')
    if (refused.some(({ marksEarlierSave }) => marksEarlierSave)) return 'standing'
    if (refused.length === 0) return 'busy'
    return { conflictingScopes: refused.flatMap(({ scope }) => scope ?? []) }
  }
}

const storedResponse = z.object({
  sourceId: z.string(),
  keyDigest: z.string(),
  bodyDigest: z.string(),
  body: z.string(),
})
const decisionRow = z
  .object({ ...decision.shape, deliveries: z.array(z.object({ schoolId: z.string(), deliveryId: z.string() })) })
  .transform(({ deliveries, ...fields }) => ({ decision: fields, deliveries }))
const consentRow = toRowSchema(consent)
const leadWithOfferRow = toRowSchema(lead).extend({ offerAt: z.string().optional() })
type LeadHistory = { decisions: z.output<typeof decisionRow>[]; reveals: Reveal[] }
type StoredLeadTimeline = LeadHistory & { lead: z.output<typeof leadWithOfferRow>; consent: Consent }
/** The proof of consent outlives the rest, and ends too. */
type ErasedLeadTimeline = LeadHistory & { erasedLead: ErasedLead; consent?: Consent }
const leadRow = toRowSchema(lead).pick({
  leadId: true,
  receivedAt: true,
  outcome: true,
  careerSlug: true,
  state: true,
  sourceId: true,
  test: true,
})
