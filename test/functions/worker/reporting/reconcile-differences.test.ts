import { describe, expect, it } from 'vitest'
import { decisionKey, leadKey } from '#shared/store/keys.ts'
import type { TestSystem } from '#test/functions/create-test-system.ts'
import { createTestMarket, visit } from '#test/functions/routing/create-test-market.ts'
import { deleteRows, findDeliveryId, listDrifts, reconcileDifferences, today } from './reconciliation.ts'

describe('reconciliation differences', () => {
  it.each<[string, string, (system: TestSystem, leadId: string) => Promise<unknown>]>([
    [
      'a delivery row that is gone',
      'missing-delivery',
      async (system, id) => deleteRows(system, `DELIVERY#${await findDeliveryId(system, id)}`),
    ],
    [
      'a decision row that is gone',
      'unexpected-delivery',
      (system, id) => deleteRows(system, leadKey(id).pk, decisionKey(id, '').sk),
    ],
    [
      'a lead row that is gone',
      'unexpected-delivery',
      (system, id) => deleteRows(system, leadKey(id).pk, leadKey(id).sk),
    ],
    [
      'a lead that says it is unmatched',
      'unmatched-with-delivery',
      (system, id) => setOutcome(system, id, 'unmatched'),
    ],
    [
      'a decision and its deliveries that are gone',
      'accepted-without-delivery',
      async (system, id) => {
        await deleteRows(system, `DELIVERY#${await findDeliveryId(system, id)}`)
        await deleteRows(system, leadKey(id).pk, decisionKey(id, '').sk)
      },
    ],
  ])('reports %s', async (_, kind, sabotage) => {
    const system = await createTestMarket({ alder: {} })
    for (const number of [1, 2, 3]) await visit(system, number)
    const { receipt } = await visit(system, 4)
    await sabotage(system, receipt.leadId)
    expect(await reconcileDifferences(system, today)).toMatchObject([{ kind, leadId: receipt.leadId }])
    expect(listDrifts(system)).toEqual([1])
  })

  it('reports a difference at a deleted school', async () => {
    const system = await createTestMarket({ alder: {} })
    const { receipt } = await visit(system, 1)
    for (const [kind, id] of [
      ['campaigns', 'alder'],
      ['programs', 'alder-program'],
      ['schools', 'alder'],
    ] as const)
      expect((await system.api.staff('DELETE', `/v1/ops/${kind}/${id}`)).status).toBe(204)
    expect(await reconcileDifferences(system, today)).toEqual([])
    await deleteRows(system, `DELIVERY#${await findDeliveryId(system, receipt.leadId)}`)
    expect(await reconcileDifferences(system, today)).toMatchObject([{ kind: 'missing-delivery', schoolId: 'alder' }])
  })
})

async function setOutcome({ api }: TestSystem, leadId: string, outcome: string) {
  await api.engine.transact([{ in: 'leads', change: leadKey(leadId), set: { outcome } }])
}
