import * as z from 'zod'
import type { Reveal } from '../../domain/aftercare/reveal.ts'
import type { LeadWithdrawal } from '../../domain/aftercare/withdrawal.ts'
import type { Consent } from '../../domain/capture/consent.ts'
import type { Contact } from '../../domain/capture/contact.ts'
import { type ErasedLead, erasedLead, type Lead, lead } from '../../domain/capture/lead.ts'
import { source } from '../../domain/capture/source.ts'
import { rule } from '../../domain/routing/rules.ts'
import { parseReveals } from '../aftercare/reveals.ts'
import { parseLeadWithdrawals } from '../aftercare/withdrawals.ts'
import type { Cursor, Engine, Row, Write } from '../engine/engine.ts'
import { limits } from '../engine/limits.ts'
import { leadsPartition } from '../index-keys.ts'
import { consentKey, leadKey, personKey, storedResponseKey, type Table } from '../keys.ts'
import { getRowStyle, unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { toRowSchema } from '../rows.ts'
import { consentRow } from './consent-row.ts'
import { buildCoverWrites } from './cover-writes.ts'
import { decisionRow, joinDecisionRows } from './decision-rows.ts'
import { findHeldScopes } from './dedupe-markers.ts'
import type { LeadCover, LeadRecord, RepeatedOffer, RoutedLead, SaveResult, StoredResponse } from './lead-record.ts'
import {
  buildNewLeadWrites,
  buildOfferWrites,
  buildQuarantineWrites,
  type LeadWrite,
  listMarkers,
} from './lead-writes.ts'

/** From whom a lead came. The contact details of an erased one are gone. */
type LeadOrigin = Pick<Lead, 'sourceId' | 'sourceGeneration'> & { contact?: Contact }

/** Leads with what must be saved together with them. The conditions of the writes decide every race. */
export function leadStore(engine: Engine<Table>) {
  const style = getRowStyle(engine)

  return {
    /** The earlier response to this key, if there is one. */
    async findResponse({
      sourceId,
      keyDigest,
    }: Pick<StoredResponse, 'sourceId' | 'keyDigest'>): Promise<StoredResponse | undefined> {
      const row = await engine.get({ in: 'leads', key: storedResponseKey(sourceId, keyDigest) })
      return row && storedResponse.parse(row)
    },

    /** Saves all of it or nothing: response, lead, consent, decision, deliveries, cap reservations and dedupe markers. */
    async saveOnce(record: RoutedLead, cover?: LeadCover, also: readonly Write<Table>[] = []): Promise<SaveResult> {
      const writes = withCover(buildNewLeadWrites(record, style), record, cover)
      return save([...writes, ...also.map((write) => ({ write }))], record.lead.receivedAt)
    },

    /** Saves a lead for review by staff, all of it or nothing, without a decision or a delivery. */
    async quarantineOnce(record: LeadRecord, cover?: LeadCover): Promise<SaveResult> {
      return save(withCover(buildQuarantineWrites(record), record, cover), record.lead.receivedAt)
    },

    /** Adds a further decision to a lead, if the lead is still due for this offer. */
    async saveOffer(offer: RepeatedOffer): Promise<SaveResult> {
      // Markers of an earlier edition are no condition of the transaction.
      const conflictingScopes = await findHeldScopes(engine, listMarkers(offer), offer.decision.decidedAt)
      if (conflictingScopes.length > 0) return { conflictingScopes }
      return save(buildOfferWrites(offer, style), offer.decision.decidedAt)
    },

    /** Undefined if there is no such lead, or if its personal data was erased. */
    async find(leadId: string): Promise<StoredLeadTimeline | undefined> {
      const timeline = await getTimeline(leadId)
      return timeline && 'lead' in timeline ? timeline : undefined
    },

    /**
     * A lead that is offered again, with the reasons for which its match did not name its other campaigns, and the terms that
     * its source had when it was first decided about.
     */
    async findForOffer(leadId: string) {
      const [items, consentItem] = await readTimelineRows(leadId)
      const timeline = toTimeline(leadId, items, consentItem)
      if (!timeline || !('lead' in timeline)) return undefined
      const first = parseFirstInputs(items)
      const matchRefusals = parseHeldMatchRefusals(leadId, items) ?? first?.matchRefusals
      const sourceTerms = first && { maxSales: first.maxSales, method: first.method, rules: first.sourceRules }
      return { ...timeline, ...(matchRefusals !== undefined && { matchRefusals }), ...(sourceTerms && { sourceTerms }) }
    },

    /** Through which source a lead came, and its contact details unless they were erased. Undefined if there is no such lead. */
    async findOrigin(leadId: string): Promise<LeadOrigin | undefined> {
      const row = await engine.get({ in: 'leads', key: leadKey(leadId) })
      if (!row) return undefined
      if ('erasedAt' in row) {
        const { sourceId, sourceGeneration } = toRowSchema(erasedLead).parse(row)
        return { sourceId, sourceGeneration }
      }
      const { sourceId, sourceGeneration, contact } = leadWithOfferRow.parse(row)
      return { sourceId, sourceGeneration, contact }
    },

    /** The consent of a lead. That of an erased lead still has the HMACs of its person. */
    async findConsent(leadId: string): Promise<(Consent & { people?: string[] | undefined }) | undefined> {
      const row = await engine.get({ in: 'leads', key: consentKey(leadId) })
      return row && consentRow.extend({ people: z.array(z.string()).optional() }).parse(row)
    },

    /** A lead, or its tombstone. */
    getTimeline,

    /** The leads of a person, by the digests of an email or phone, latest first. */
    async listByPerson(digests: readonly string[], limit: number) {
      const pages = digests.map((hmac) => engine.query({ in: 'leads', pk: personKey(hmac, '').pk, limit }))
      const leadIds = new Set((await Promise.all(pages)).flatMap(({ items }) => items.map(({ sk }) => sk)))
      const rows = await Promise.all([...leadIds].map((leadId) => engine.get({ in: 'leads', key: leadKey(leadId) })))
      const leads = rows.flatMap((row) => (row && !('erasedAt' in row) ? [leadRow.parse(row)] : []))
      return leads.toSorted((one, other) => (one.receivedAt < other.receivedAt ? 1 : -1))
    },

    /** The leads of a day (UTC), latest first; `from` and `to` are the first and the last instant of a part of it. */
    async listByDay(day: string, { from, to, ...page }: { from?: string; to?: string; limit: number; after?: Cursor }) {
      const sk = { ...(from && { from }), ...(to && { to: `${to}#~` }) }
      const span = from || to ? { sk } : {}
      const pk = leadsPartition(day)
      const query = { in: 'leads', index: 'timeline', pk, ...span, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      return { leads: items.map((row) => leadRow.parse(row)), ...(next && { next }) }
    },
  }

  async function getTimeline(leadId: string): Promise<StoredLeadTimeline | ErasedLeadTimeline | undefined> {
    return toTimeline(leadId, ...(await readTimelineRows(leadId)))
  }

  async function readTimelineRows(leadId: string): Promise<[Row[], Row | undefined]> {
    return Promise.all([queryLeadRows(leadId), engine.get({ in: 'leads', key: consentKey(leadId) })])
  }

  function toTimeline(
    leadId: string,
    items: readonly Row[],
    consentItem: Row | undefined,
  ): StoredLeadTimeline | ErasedLeadTimeline | undefined {
    const row = items.find(({ sk }) => sk === leadKey(leadId).sk)
    if (!row) return undefined
    const decisions = joinDecisionRows(items).map((item) => decisionRow.parse(item))
    const history = { decisions, reveals: parseReveals(items), withdrawals: parseLeadWithdrawals(items) }
    const consentPart = consentItem && { consent: consentRow.parse(consentItem) }
    if ('erasedAt' in row) return { ...history, ...consentPart, erasedLead: toRowSchema(erasedLead).parse(row) }
    return consentPart && { ...history, ...consentPart, lead: leadWithOfferRow.parse(row) }
  }

  /** The lead and its decisions: one for each offer, so there may be hundreds after weeks of hourly windows. */
  async function queryLeadRows(leadId: string): Promise<Row[]> {
    return queryAll(engine, { in: 'leads', pk: leadKey(leadId).pk, limit: 100 })
  }

  function withCover(writes: LeadWrite[], record: LeadRecord, cover: LeadCover | undefined): LeadWrite[] {
    return cover ? [...writes, ...buildCoverWrites(writes, record, cover, style)] : writes
  }

  async function save(parts: readonly LeadWrite[], at: string): Promise<SaveResult> {
    if (parts.length > limits.transactionWrites) return 'too-many-writes'
    const outcome = await engine.transact(parts.map(({ write }) => write))
    if (outcome.done) return 'saved'
    const refused = parts.filter((_, index) => outcome.refused[index] === 'condition')
    if (refused.some(({ marksEarlierSave }) => marksEarlierSave)) return 'already-saved'
    if (refused.length === 0) return 'busy'
    // One write sets several markers, so only the rows say which of them another lead holds.
    const conflicting = refused.flatMap(({ markers = [] }) => markers)
    return { conflictingScopes: conflicting.length === 0 ? [] : await findHeldScopes(engine, conflicting, at) }
  }
}

const storedResponse = z.object({
  sourceId: z.string(),
  keyDigest: z.string(),
  bodyDigest: z.string(),
  body: z.string(),
})
/** A lead that was held for review has what its match wrote; other leads have it in their first decision. */
function parseHeldMatchRefusals(leadId: string, items: readonly Row[]) {
  const row = items.find(({ sk }) => sk === leadKey(leadId).sk)
  return z.object({ matchRefusals: z.string().optional() }).parse(row ?? {}).matchRefusals
}

function parseFirstInputs(items: readonly Row[]) {
  const [first] = joinDecisionRows(items)
  const { inputs } = z.object({ inputs: z.record(z.string(), z.unknown()).optional() }).parse(first ?? {})
  return inputs && firstInputs.parse(unpack(inputs))
}

const firstInputs = z.object({
  matchRefusals: z.record(z.string(), z.string()).optional(),
  sourceRules: rule.optional(),
  method: source.shape.method,
  maxSales: z.number(),
})
export const leadWithOfferRow = toRowSchema(lead).extend({ offerAt: z.string().optional() })
type LeadHistory = { decisions: z.output<typeof decisionRow>[]; reveals: Reveal[]; withdrawals: LeadWithdrawal[] }
type StoredLeadTimeline = LeadHistory & { lead: z.output<typeof leadWithOfferRow>; consent: Consent }
/** The proof of consent is kept longer than the rest, and expires too. */
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
