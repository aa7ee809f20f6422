import * as z from 'zod'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import type { TestApiOptions } from '#test/create-test-api.ts'
import { aLead, postLead, requestMatch, type TestSystem } from '#test/functions/create-test-system.ts'
import { createTestMarket } from './create-test-market.ts'
import { listDeliveries, readCounters, readLeadRows } from './stored-rows.ts'

/** What happens to the leads that exceed the cap. */
export const overflows = ['skipped', 'parked', 'elsewhere'] as const
export type Overflow = (typeof overflows)[number]
export type Rush = { leads: number; cap: number; overflow: Overflow }

/** Sends many leads at once against a cap, and returns each count that is not as expected. */
export async function findRushFaults(
  { leads, cap, overflow }: Rush,
  foundations: TestApiOptions = {},
): Promise<string[]> {
  const caps = [{ period: 'day', limit: cap, onReached: overflow === 'parked' ? 'park' : 'skip' }]
  const other = overflow === 'elsewhere' ? { open: {} } : {}
  const schoolSpecs = { capped: { campaign: { caps } }, ...other }
  const system = await createTestMarket(schoolSpecs, { ...foundations, source: { maxSales: 1 } })
  const receipts = await sendConcurrently(system, leads)

  const { api } = system
  const rows = await readLeadRows(api, api.clock.now.toISOString().slice(0, 10))
  const cappedDeliveries = await listDeliveries(api, 'capped')
  const [count = 0, ...moreCounters] = Object.values(await readCounters(api, 'campaigns#capped'))
  const otherDeliveries = overflow === 'elsewhere' ? await listDeliveries(api, 'open') : []
  const unmatched = receipts.filter(({ outcome }) => outcome === 'unmatched')
  const offerTimes = await Promise.all(unmatched.map(({ leadId }) => readOfferTime(system, leadId)))
  const midnight = '2026-11-24T06:00:00.000Z'

  const expected = {
    'leads answered with 201': [receipts.length, leads],
    'leads stored': [rows.length, leads],
    'leads both answered and stored': [countShared(receipts, rows), leads],
    'deliveries to the capped school': [cappedDeliveries.length, cap],
    'leads that the capped school has': [new Set(cappedDeliveries.map(({ leadId }) => leadId)).size, cap],
    'what the counter holds': [count, cap],
    'other counters': [moreCounters.length, 0],
    'deliveries elsewhere': [otherDeliveries.length, overflow === 'elsewhere' ? leads - cap : 0],
    'leads that nobody has': [unmatched.length, overflow === 'elsewhere' ? 0 : leads - cap],
    'of these, to be offered again': [offerTimes.filter(Boolean).length, unmatched.length],
    'of these, when the day ends in Chicago': [offerTimes.filter((at) => at === midnight).length, unmatched.length],
  }
  return Object.entries(expected).flatMap(([what, [actualCount, expectedCount]]) =>
    actualCount === expectedCount ? [] : [`${what}: ${actualCount}, not ${expectedCount}`],
  )
}

// A client sends the same request again after CONFLICT_RETRY.
async function sendConcurrently(system: TestSystem, leads: number) {
  const match = await requestMatch(system)
  const responses = await Promise.all(
    Array.from({ length: leads }, async (_, number) => {
      for (;;) {
        const response = await postLead(system, aLead(match, number), { 'idempotency-key': `rush-${number}` })
        if (response.status === 201) return response
        if (response.status !== 503)
          throw new Error(
            `Lead ${number} was refused: ${response.text}\n${JSON.stringify(system.api.logEntries.filter(({ event }) => /fault/.test(event)).slice(0, 3))}`,
          )
      }
    }),
  )
  return responses.map(({ body }) => leadReceipt.parse(body))
}

function countShared(some: readonly { leadId: string }[], others: readonly { leadId: string }[]) {
  const ids = new Set(others.map(({ leadId }) => leadId))
  return new Set(some.map(({ leadId }) => leadId).filter((id) => ids.has(id))).size
}

async function readOfferTime({ api }: TestSystem, leadId: string) {
  const row = await api.engine.get({ in: 'leads', key: { pk: `LEAD#${leadId}`, sk: 'LEAD' } })
  return z.object({ offerAt: z.string().optional() }).parse(row).offerAt
}
