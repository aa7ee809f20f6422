import { describe, expect, it } from 'vitest'
import { aSchool, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { createTestMarket, visit } from '#test/functions/routing/create-test-market.ts'

const listAlerts = ({ api }: TestSystem) =>
  api.logEntries.filter(({ event }) => event === 'credit.alert').map(({ fields }) => fields)
const setCredit = ({ api }: TestSystem, creditCents: number) =>
  putRecord(api, 'schools', 'alder', aSchool({ name: 'Alder College', creditCents }))

// A lead costs 4500.
const createMarket = () => createTestMarket({ alder: { school: { creditCents: 18_000 } }, birch: {} })

describe('the credit worker', () => {
  it('alerts once when 80 percent is used and once when all is used', async () => {
    const system = await createMarket()
    const percents = []
    for (const number of [1, 2, 3, 4, 5]) {
      await visit(system, number)
      await system.api.watchCredit()
      await system.api.watchCredit()
      percents.push(listAlerts(system).length)
    }
    expect(percents).toEqual([0, 0, 0, 1, 1])
    expect(listAlerts(system)).toEqual([{ schoolId: 'alder', percent: 100, limitCents: 18_000, usedCents: 18_000 }])
  })

  it('alerts again after a top-up was used up too', async () => {
    const system = await createMarket()
    await visit(system, 1)
    await visit(system, 2)
    await setCredit(system, 11_000)
    await system.api.watchCredit()
    await setCredit(system, 30_000)
    await system.api.watchCredit()
    await setCredit(system, 9000)
    await system.api.watchCredit()
    expect(listAlerts(system)).toMatchObject([{ percent: 80 }, { percent: 100 }])
    expect(system.api.measurements.filter(({ metric }) => metric === 'CreditAlerts')).toHaveLength(2)
  })

  it('alerts once if two run at the same time', async () => {
    const system = await createMarket()
    for (const number of [1, 2, 3, 4]) await visit(system, number)
    await Promise.all([system.api.watchCredit(), system.api.watchCredit(), system.api.watchCredit()])
    expect(listAlerts(system)).toHaveLength(1)
  })

  it('says nothing of a school without a limit, or without leads', async () => {
    const system = await createTestMarket({ alder: {}, birch: { school: { creditCents: 0 } } })
    await visit(system, 1)
    await system.api.watchCredit()
    expect(listAlerts(system)).toEqual([])
  })
})
