import { expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import { aLead, postLead, readLead, requestMatch } from '#test/functions/create-test-system.ts'
import { createTestMarket } from './create-test-market.ts'

const periods = ['hour', 'day', 'week', 'month', 'total'] as const
const caps = (['leads', 'cents'] as const).flatMap((unit) =>
  periods.map((period) => ({ period, unit, limit: 1_000_000 })),
)

it('a lead is sold to as many schools as fit into one transaction if every cap is set', async () => {
  const schoolSpecs = Object.fromEntries([...'abcdefghij'].map((id) => [id, { school: { caps }, campaign: { caps } }]))
  const system = await createTestMarket(schoolSpecs, { source: { maxSales: 10 } })
  const match = await requestMatch(system)
  expect(match.schools).toHaveLength(10)

  const response = await postLead(system, aLead(match))
  expect(response).toMatchObject({ status: 201, body: { outcome: 'accepted' } })
  const { deliveries, decisions } = leadTimeline.parse(await readLead(system, leadReceipt.parse(response.body).leadId))
  // 6 rows for the lead itself, 23 for each school.
  expect(deliveries).toHaveLength(4)
  const reasons = decisions[0]?.verdicts.flatMap(({ reason }) => reason ?? [])
  expect(reasons).toEqual(Array(6).fill('MAX_SALES_REACHED'))
})
