import { describe, expect, it } from 'vitest'
import { decisionKey, leadKey } from '#shared/store/keys.ts'
import { aMarket, visit } from '#test/functions/routing/market.ts'
import type { Town } from '#test/functions/town.ts'
import { deliveryOf, differences, driftsOf, remove, today } from './books.ts'

describe('a difference', () => {
  it.each<[string, string, (town: Town, leadId: string) => Promise<unknown>]>([
    [
      'a delivery row that is gone',
      'missing',
      async (town, id) => remove(town, `DELIVERY#${await deliveryOf(town, id)}`),
    ],
    ['a decision row that is gone', 'orphan', (town, id) => remove(town, leadKey(id).pk, decisionKey(id, '').sk)],
    ['a lead row that is gone', 'orphan', (town, id) => remove(town, leadKey(id).pk, leadKey(id).sk)],
    ['a lead that says it is unmatched', 'denied', (town, id) => flip(town, id, 'unmatched')],
    [
      'a decision and its deliveries that are gone',
      'homeless',
      async (town, id) => {
        await remove(town, `DELIVERY#${await deliveryOf(town, id)}`)
        await remove(town, leadKey(id).pk, decisionKey(id, '').sk)
      },
    ],
  ])('is found in %s, and named', async (_, kind, sabotage) => {
    const town = await aMarket({ alder: {} })
    for (const number of [1, 2, 3]) await visit(town, number)
    const { receipt } = await visit(town, 4)
    await sabotage(town, receipt.leadId)
    expect(await differences(town, today)).toMatchObject([{ kind, leadId: receipt.leadId }])
    expect(driftsOf(town)).toEqual([1])
  })

  it('is found in a school that has been removed', async () => {
    const town = await aMarket({ alder: {} })
    const { receipt } = await visit(town, 1)
    for (const [kind, id] of [
      ['campaigns', 'alder'],
      ['programs', 'alder-program'],
      ['schools', 'alder'],
    ] as const)
      expect((await town.house.staff('DELETE', `/v1/ops/${kind}/${id}`)).status).toBe(204)
    expect(await differences(town, today)).toEqual([])
    await remove(town, `DELIVERY#${await deliveryOf(town, receipt.leadId)}`)
    expect(await differences(town, today)).toMatchObject([{ kind: 'missing', schoolId: 'alder' }])
  })
})

async function flip({ house }: Town, leadId: string, outcome: string) {
  await house.engine.transact([{ in: 'leads', change: leadKey(leadId), set: { outcome } }])
}
