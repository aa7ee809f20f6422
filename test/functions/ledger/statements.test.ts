import { beforeEach, describe, expect, it } from 'vitest'
import { readStatement, verifyStatements } from '#shared/contract/reporting/statements.ts'
import { aSchool, createServerHeaders, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'
import { acceptReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import { createTestMarket, deliverDue, visit } from '#test/functions/routing/create-test-market.ts'
import { addEntry } from './accounts.ts'

const day = 86_400
let system: TestSystem
beforeEach(async () => {
  // It is November 23, and the school is in Chicago.
  system = await createTestMarket({ alder: {}, birch: {} })
})

const read = async (month: string, account = 'schools/alder') => {
  const { status, body } = await system.api.staff('GET', `/v1/ops/accounts/${account}/statements/${month}`)
  return status === 200 ? readStatement.responses[200].body.parse(body) : undefined
}
const verify = async () => {
  const { body } = await system.api.staff('GET', '/v1/ops/accounts/schools/alder/statement-verification')
  return verifyStatements.responses[200].body.parse(body)
}
async function sellLead(number: number) {
  const { receipt } = await visit(system, number)
  await deliverDue(system)
  return receipt.schools.find(({ schoolId }) => schoolId === 'alder')?.deliveryId ?? ''
}
async function wait(days: number) {
  system.api.advanceClock(days * day)
  await system.api.closeStatements()
}

describe('the statement of a month', () => {
  it('is open until a day after its end, and never changes once it is closed', async () => {
    await sellLead(1)
    const open = await read('2026-11')
    expect(open).toMatchObject({ openingCents: 0, closingCents: -4500, totals: { charge: -4500 } })
    expect(open).not.toHaveProperty('hash')
    await wait(8)
    expect(await read('2026-11')).toEqual(open)
    await wait(1)
    const closed = await read('2026-11')
    expect(closed).toMatchObject({ ...open, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    await sellLead(2)
    await putRecord(system.api, 'schools', 'alder', aSchool({ name: 'Alder University', timeZone: 'Asia/Tokyo' }))
    await wait(60)
    expect(await read('2026-11')).toEqual(closed)
    expect(await read('2026-12')).toMatchObject({
      openingCents: -4500,
      closingCents: -9000,
      previousHash: closed?.hash,
    })
    expect(await verify()).toMatchObject({ statements: 2, faults: [] })
  })

  it('has a correction of an earlier month in the month in which it is made, and names that month', async () => {
    const deliveryId = await sellLead(1)
    await wait(9)
    const closed = await read('2026-11')
    const key = await system.api.schoolKey('alder')
    await requestReturn({ town: system, key, deliveryId })
    await acceptReturn({ town: system, deliveryId })
    const reason = 'A lead of November was free'
    const adjustment = { kind: 'adjustment', amountCents: 100, reason, corrects: '2026-11' }
    await addEntry(system, 'schools/alder', adjustment, 'adjustment-1')
    expect(await read('2026-11')).toEqual(closed)
    const { entries = [], closingCents } = (await read('2026-12')) ?? {}
    expect(entries.map(({ kind, corrects }) => [kind, corrects]).toSorted()).toEqual([
      ['adjustment', '2026-11'],
      ['credit', '2026-11'],
    ])
    expect(closingCents).toBe(100)
  })

  it('takes up an entry that a clock which went back dated into a closed month', async () => {
    await sellLead(1)
    await wait(9)
    const closed = await read('2026-11')
    system.api.advanceClock(-5 * day)
    const deliveryId = await sellLead(2)
    system.api.advanceClock(5 * day)
    expect(await read('2026-11')).toEqual(closed)
    expect(await read('2026-12')).toMatchObject({
      openingCents: -4500,
      closingCents: -9000,
      entries: [{ entryId: `${deliveryId}:charge`, corrects: '2026-11' }],
    })
    await wait(40)
    expect(await read('2026-12')).toMatchObject({ closingCents: -9000 })
    expect(await read('2027-01')).toMatchObject({ openingCents: -9000, entries: [] })
    expect(await verify()).toMatchObject({ faults: [] })
  })

  it('is closed once by workers that run at the same time, and continues through months without entries', async () => {
    await sellLead(1)
    system.api.advanceClock(100 * day)
    await Promise.all([1, 2, 3].map(() => system.api.closeStatements()))
    const closings = system.api.logEntries.filter(({ event }) => event === 'statement.closed')
    const months = closings.map(({ fields }) => JSON.stringify(fields))
    expect(new Set(months).size).toBe(months.length)
    expect(await read('2027-02')).toMatchObject({ openingCents: -4500, closingCents: -4500, entries: [] })
    expect(await verify()).toMatchObject({ statements: 4, faults: [] })
  })

  it('does not exist for a month without the account', async () => {
    await sellLead(1)
    expect(await read('2026-10')).toBeUndefined()
    expect(await read('2026-11', 'sources/landing')).toBeUndefined()
  })
})

describe('the statements of a school and of a source', () => {
  it('are read by the school: balance, list, month, CSV and page', async () => {
    await sellLead(1)
    await wait(9)
    const headers = { authorization: `Bearer ${await system.api.schoolKey('alder')}` }
    const get = (path: string) => system.api.call('GET', `/v1/school/${path}`, { headers })
    const { body: own } = await get('account')
    expect(own).toMatchObject({ account: { id: 'alder' }, balanceCents: -4500 })
    expect(own).toMatchObject({ statements: [{ month: '2026-12' }, { month: '2026-11' }] })
    expect((await get('statements/2026-11')).body).toEqual(await read('2026-11'))
    const { text: csv } = await get('statements/2026-11/csv')
    expect(csv.trim().split('\r\n')).toHaveLength(4)
    expect(csv).toMatch(/charge,-4500,-4500,USD/)
    const { text: page } = await get('statements/2026-11/page')
    expect(page).toMatch(/<h1>Statement for 2026-11: Alder College<\/h1>/)
    expect(page).toMatch(/-\$45\.00/)
  })

  it('are read by the publisher with its secret key', async () => {
    await addEntry(system, 'sources/landing', { kind: 'adjustment', amountCents: 700, reason: 'Bonus' }, 'bonus')
    const headers = await createServerHeaders(system)
    const get = (path: string) => system.api.call('GET', `/v1/publisher/${path}`, { headers })
    expect((await get('account')).body).toMatchObject({
      balanceCents: 700,
      statements: [{ month: '2026-11', closingCents: 700 }],
    })
    expect((await get('statements/2026-11')).body).toMatchObject({ entries: [{ kind: 'adjustment' }] })
  })
})
