import { expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadStory } from '#shared/contract/operator.ts'
import { aLead, ask, send, storyOf } from '#test/functions/town.ts'
import { aMarket } from './market.ts'

const periods = ['hour', 'day', 'week', 'month', 'total'] as const
const caps = (['leads', 'cents'] as const).flatMap((unit) =>
  periods.map((period) => ({ period, unit, limit: 1_000_000 })),
)

it('goes to as many schools as fit into one transaction, where each school and campaign has every cap', async () => {
  const stalls = Object.fromEntries([...'abcdefghij'].map((id) => [id, { school: { caps }, campaign: { caps } }]))
  const town = await aMarket(stalls, { source: { maxSales: 10 } })
  const match = await ask(town)
  expect(match.schools).toHaveLength(10)

  const sent = await send(town, aLead(match))
  expect(sent).toMatchObject({ status: 201, body: { outcome: 'accepted' } })
  const { deliveries, decisions } = leadStory.parse(await storyOf(town, leadReceipt.parse(sent.body).leadId))
  // 6 rows for the lead itself, 23 for each school.
  expect(deliveries).toHaveLength(4)
  const reasons = decisions[0]?.verdicts.flatMap(({ reason }) => reason ?? [])
  expect(reasons).toEqual(Array(6).fill('MAX_SALES_REACHED'))
})
