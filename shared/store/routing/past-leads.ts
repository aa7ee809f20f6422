import * as z from 'zod'
import { storedInputs } from '../../domain/routing/decide.ts'
import { decision } from '../../domain/routing/decision.ts'
import type { PastLead } from '../../domain/routing/simulate.ts'
import type { Cursor, Engine } from '../engine/engine.ts'
import { leadsOfDay } from '../index-keys.ts'
import { decisionKey, type Table } from '../keys.ts'
import { unpack } from '../packed.ts'
import { rowOf } from '../rows.ts'

/** What was decided in the past, and from what, for looking at it again. */
export function pastLeads(engine: Engine<Table>) {
  return {
    /** The decisions on leads of a window, in the order in which they came; test leads left out. */
    async decidedBetween({ from, to, limit, after }: { from: string; to: string; limit: number; after?: Cursor }) {
      const leadIds: string[] = []
      let at = after
      for (let days = 0; days < mostDays && leadIds.length < limit; days++) {
        const day = at?.timelinePk?.slice(leadsOfDay('').length) ?? from.slice(0, 10)
        const page = { limit: limit - leadIds.length, sk: { from, to }, ...(at?.pk && { after: at }) }
        const { items, next } = await engine.query({ in: 'leads', index: 'timeline', pk: leadsOfDay(day), ...page })
        const rows = items.map((row) => leadRow.parse(row))
        leadIds.push(...rows.flatMap(({ leadId, test }) => (test ? [] : [leadId])))
        at = next ?? dayAfter(day, to)
        if (!at) break
      }
      const found = await Promise.all(leadIds.map(firstDecision))
      return { past: found.flatMap((one) => one ?? []), ...(at && { next: at }) }
    },
  }

  /** What was decided first for a lead, and from what. */
  async function firstDecision(leadId: string): Promise<PastLead | undefined> {
    const { pk, sk } = decisionKey(leadId, '')
    const { items } = await engine.query({ in: 'leads', pk, sk: { prefix: sk }, limit: 1 })
    const [row] = items
    if (!row) return undefined
    const { inputs } = z.object({ inputs: z.looseObject({}).optional() }).parse(row)
    // The person was forgotten, and with it what the decision was taken from.
    if (!inputs) return undefined
    return { decision: decisionRow.parse(row), inputs: storedInputs.parse(unpack(inputs)) }
  }
}

// Days, or pieces of one, that are looked into at a time: most of a long window may be empty.
const mostDays = 40

function dayAfter(day: string, to: string): Cursor | undefined {
  const tomorrow = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString()
  return tomorrow < to ? { timelinePk: leadsOfDay(tomorrow.slice(0, 10)) } : undefined
}

const decisionRow = rowOf(decision)
const leadRow = z.object({ leadId: z.string(), test: z.boolean() })
