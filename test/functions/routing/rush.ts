import * as z from 'zod'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { aLead, ask, send, type Town } from '#test/functions/town.ts'
import type { Foundations } from '#test/house.ts'
import { countersOf, deliveriesOf, leadRows } from './ledger.ts'
import { aMarket } from './market.ts'

/** What becomes of the leads that the capped school cannot have. */
export const overflows = ['skipped', 'parked', 'elsewhere'] as const
export type Overflow = (typeof overflows)[number]
export type Rush = { leads: number; cap: number; overflow: Overflow }

/** Sends many leads at once against a cap, and says in what the outcome differs from what is promised. */
export async function faultsOfRush({ leads, cap, overflow }: Rush, foundations: Foundations = {}): Promise<string[]> {
  const caps = [{ period: 'day', limit: cap, onReached: overflow === 'parked' ? 'park' : 'skip' }]
  const other = overflow === 'elsewhere' ? { open: {} } : {}
  const market = { capped: { campaign: { caps } }, ...other }
  const town = await aMarket(market, { ...foundations, source: { maxSales: 1 } })
  const receipts = await allAtOnce(town, leads)

  const { house } = town
  const rows = await leadRows(house, house.clock.now.toISOString().slice(0, 10))
  const assigned = await deliveriesOf(house, 'capped')
  const [count = 0, ...moreCounters] = Object.values(await countersOf(house, 'campaigns#capped'))
  const elsewhere = overflow === 'elsewhere' ? await deliveriesOf(house, 'open') : []
  const unmatched = receipts.filter(({ outcome }) => outcome === 'unmatched')
  const waiting = await Promise.all(unmatched.map(({ leadId }) => offerAtOf(town, leadId)))
  const midnight = '2026-11-24T06:00:00.000Z'

  const expected = {
    'leads answered with 201': [receipts.length, leads],
    'leads stored': [rows.length, leads],
    'leads both answered and stored': [shared(receipts, rows), leads],
    'deliveries to the capped school': [assigned.length, cap],
    'leads that the capped school has': [new Set(assigned.map(({ leadId }) => leadId)).size, cap],
    'what the counter holds': [count, cap],
    'other counters': [moreCounters.length, 0],
    'deliveries elsewhere': [elsewhere.length, overflow === 'elsewhere' ? leads - cap : 0],
    'leads that nobody has': [unmatched.length, overflow === 'elsewhere' ? 0 : leads - cap],
    'of these, to be offered again': [waiting.filter(Boolean).length, unmatched.length],
    'of these, when the day ends in Chicago': [waiting.filter((at) => at === midnight).length, unmatched.length],
  }
  return Object.entries(expected).flatMap(([what, [found, promised]]) =>
    found === promised ? [] : [`${what}: ${found}, not ${promised}`],
  )
}

// A client does as it is told: BUSY means to send the same again.
async function allAtOnce(town: Town, leads: number) {
  const match = await ask(town)
  const answers = await Promise.all(
    Array.from({ length: leads }, async (_, number) => {
      for (;;) {
        const answer = await send(town, aLead(match, number), { 'idempotency-key': `rush-${number}` })
        if (answer.status === 201) return answer
        if (answer.status !== 503)
          throw new Error(
            `Lead ${number} was refused: ${answer.text}\n${JSON.stringify(town.house.logged.filter(({ event }) => /fault/.test(event)).slice(0, 3))}`,
          )
      }
    }),
  )
  return answers.map(({ body }) => leadReceipt.parse(body))
}

function shared(some: readonly { leadId: string }[], others: readonly { leadId: string }[]) {
  const ids = new Set(others.map(({ leadId }) => leadId))
  return new Set(some.map(({ leadId }) => leadId).filter((id) => ids.has(id))).size
}

async function offerAtOf({ house }: Town, leadId: string) {
  const row = await house.engine.get({ in: 'leads', key: { pk: `LEAD#${leadId}`, sk: 'LEAD' } })
  return z.object({ offerAt: z.string().optional() }).parse(row).offerAt
}
