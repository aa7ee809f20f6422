import { erasedLead } from '../../domain/capture/lead.ts'
import { toOwnerName } from '../../domain/catalog/generation.ts'
import type { Cursor, Engine, Row } from '../engine/engine.ts'
import { sourceLeadsPartition } from '../index-keys.ts'
import { leadKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toRowSchema } from '../rows.ts'
import { decisionRow, joinDecisionRows } from './decision-rows.ts'
import { leadWithOfferRow } from './leads.ts'

type ListQuery = { from?: string | undefined; to?: string | undefined; limit: number; after?: Cursor }

/** Leads by their source. On DynamoDB a new lead may be missing from the list for a moment, because the index lags behind. */
export function publisherLeadStore(engine: Engine<Table>) {
  return {
    /** Ids of the leads that were received from `from` on and before `to`, latest first. */
    async listIds(
      sourceOwner: string,
      { from, to, ...page }: ListQuery,
    ): Promise<{ leadIds: string[]; next?: Cursor }> {
      const pk = sourceLeadsPartition(sourceOwner)
      const sk = { ...(from && { from }), ...(to && { to }) }
      const query = { in: 'leads', index: 'timeline', pk, sk, order: 'descending', ...page } as const
      const { items, next } = await engine.query(query)
      return { leadIds: items.map(parseLeadId), ...(next && { next }) }
    },

    /** A lead or its tombstone, with its decisions. Undefined if there is no such lead of the source. */
    async find(leadId: string, sourceOwner: string) {
      const rows = await queryAll(engine, { in: 'leads', pk: leadKey(leadId).pk, limit: 100 })
      const row = rows.find(({ sk }) => sk === leadKey(leadId).sk)
      if (!row) return undefined
      const lead = 'erasedAt' in row ? toRowSchema(erasedLead).parse(row) : leadWithOfferRow.parse(row)
      if (toOwnerName({ id: lead.sourceId, generation: lead.sourceGeneration }) !== sourceOwner) return undefined
      const decisions = joinDecisionRows(rows).map((item) => decisionRow.parse(item))
      return { lead, decisions }
    },
  }
}

/** Of `{receivedAt}#{leadId}`. */
function parseLeadId({ timelineSk }: Row): string {
  return String(timelineSk).split('#')[1] ?? ''
}
