import * as z from 'zod'
import { storedInputs } from '../../domain/routing/decide.ts'
import { decision } from '../../domain/routing/decision.ts'
import type { PastLead } from '../../domain/routing/simulate.ts'
import { addDays, toDay } from '../../domain/time.ts'
import { hasPartRows, joinDecisionRows } from '../capture/decision-rows.ts'
import type { Cursor, Engine } from '../engine/engine.ts'
import { leadsPartition } from '../index-keys.ts'
import { decisionKey, type Table } from '../keys.ts'
import { packed, unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { toRowSchema } from '../rows.ts'

/** Past decisions with their inputs, for simulations. */
export function pastLeads(engine: Engine<Table>) {
  return {
    /** Returns a page of first decisions on the leads from `from` to `to` (exclusive), oldest first, without test leads. */
    async listDecidedLeads({ from, to, limit, after }: { from: string; to: string; limit: number; after?: Cursor }) {
      const leadIds: string[] = []
      let cursor = after
      for (let days = 0; days < maxDays && leadIds.length < limit; days++) {
        const day = cursor?.timelinePk?.slice(leadsPartition('').length) ?? from.slice(0, 10)
        const page = { limit: limit - leadIds.length, sk: { from, to }, ...(cursor?.pk && { after: cursor }) }
        const { items, next } = await engine.query({ in: 'leads', index: 'timeline', pk: leadsPartition(day), ...page })
        const rows = items.map((row) => leadRow.parse(row))
        leadIds.push(...rows.flatMap(({ leadId, test }) => (test ? [] : [leadId])))
        cursor = next ?? getNextDay(day, to)
        if (!cursor) break
      }
      const firstDecisions = await Promise.all(leadIds.map(readFirstDecision))
      return { past: firstDecisions.flatMap((one) => one ?? []), ...(cursor && { next: cursor }) }
    },
  }

  async function readFirstDecision(leadId: string): Promise<PastLead | undefined> {
    const { pk, sk } = decisionKey(leadId, '')
    const { items } = await engine.query({ in: 'leads', pk, sk: { prefix: sk }, limit: 1 })
    const [stored] = items
    if (!stored) return undefined
    const [row] = hasPartRows(stored)
      ? joinDecisionRows(await queryAll(engine, { in: 'leads', pk, limit: 100 }))
      : items
    const { inputs } = z.object({ inputs: z.looseObject({}).optional() }).parse(row)
    // Erasing a person deletes the inputs.
    if (!inputs) return undefined
    return { decision: decisionRow.parse(row), inputs: storedInputs.parse(unpack(inputs)) }
  }
}

// Bounds one request: most days of a long window can be empty.
const maxDays = 40

function getNextDay(day: string, to: string): Cursor | undefined {
  const tomorrow = addDays(day, 1)
  return tomorrow < to ? { timelinePk: leadsPartition(toDay(tomorrow)) } : undefined
}

const decisionRow = toRowSchema(decision).extend({ verdicts: packed(decision.shape.verdicts) })
const leadRow = z.object({ leadId: z.string(), test: z.boolean() })
