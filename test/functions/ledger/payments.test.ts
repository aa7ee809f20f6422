import { beforeEach, describe, expect, it } from 'vitest'
import { aSchool, putRecord, readLead, type TestSystem } from '#test/functions/create-test-system.ts'
import { acceptReturn, requestReturn } from '#test/functions/returns/return-fixture.ts'
import { createTestMarket, deliverDue, setRejectingSchools, visit } from '#test/functions/routing/create-test-market.ts'
import { addEntry, readSummary } from './accounts.ts'
import { listEntries, schoolAccount } from './list-entries.ts'

// A lead costs 4500.
const price = 4500
let system: TestSystem
const createMarket = async (school: { [field: string]: unknown }, other: { [field: string]: unknown } = {}) => {
  system = await createTestMarket({ alder: { school }, birch: { school: other } })
}
const pay = (amountCents: number, key = `pay-${amountCents}`) =>
  addEntry(system, 'schools/alder', { kind: 'payment', amountCents }, key)
const sell = async (number: number) => (await visit(system, number)).receipt.schools.map(({ schoolId }) => schoolId)
const setSchool = (fields: object) =>
  putRecord(system.api, 'schools', 'alder', aSchool({ name: 'Alder College', ...fields }))
const listAlerts = () =>
  system.api.logEntries.filter(({ event }) => event === 'credit.alert').map(({ fields }) => fields)

describe('a prepaid school', () => {
  beforeEach(() => createMarket({ billing: 'prepaid', lowBalanceCents: price }))

  it('gets no lead before it pays, and exactly what it paid for then', async () => {
    expect(await sell(1)).toEqual(['birch'])
    await pay(2 * price + 1)
    expect(await sell(2)).toContain('alder')
    expect(await sell(3)).toContain('alder')
    expect(await sell(4)).toEqual(['birch'])
    await pay(price - 1)
    expect(await sell(5)).toContain('alder')
  })

  it('is held with the verdict CREDIT_LIMIT, at the match and at the submission', async () => {
    const { receipt, match } = await visit(system, 1)
    expect(match.schools.map(({ schoolId }) => schoolId)).toEqual(['birch'])
    expect(JSON.stringify(await readLead(system, receipt.leadId))).toMatch(/"schoolId":"alder"[^}]*"CREDIT_LIMIT"/)
  })

  it('is sold no more than its balance covers to many visitors at once', async () => {
    await pay(3 * price)
    const sold = await Promise.all(Array.from({ length: 12 }, (_, number) => sell(number + 1)))
    expect(sold.filter((schools) => schools.includes('alder'))).toHaveLength(3)
  })

  it('can spend again what it gets back: a return that is accepted, and a lead that it rejects', async () => {
    await pay(price)
    const { receipt } = await visit(system, 1)
    await deliverDue(system)
    expect(await sell(2)).toEqual(['birch'])
    const deliveryId = receipt.schools.find(({ schoolId }) => schoolId === 'alder')?.deliveryId ?? ''
    const buyer = { town: system, key: await system.api.schoolKey('alder'), deliveryId }
    await requestReturn(buyer)
    await acceptReturn(buyer)
    setRejectingSchools(system, 'alder')
    expect(await sell(3)).toContain('alder')
    await deliverDue(system)
    expect(await sell(4)).toContain('alder')
    expect(await readSummary(system, 'schools/alder')).toMatchObject({
      balanceCents: price,
      credit: { limitCents: 0, usedCents: 0, leftCents: 0 },
    })
  })

  it('raises a low balance alert, and one when it is used up', async () => {
    await pay(3 * price)
    await system.api.watchCredit()
    await visit(system, 1)
    await system.api.watchCredit()
    expect(listAlerts()).toEqual([])
    await visit(system, 2)
    await system.api.watchCredit()
    await visit(system, 3)
    await system.api.watchCredit()
    expect(listAlerts()).toMatchObject([{ percent: 80 }, { percent: 100 }])
  })
})

describe('a payment', () => {
  beforeEach(() => createMarket({}))

  it('counts once however often the request is repeated', async () => {
    const responses = [await pay(10_000, 'wire-1'), await pay(10_000, 'wire-1')]
    const concurrent = await Promise.all([1, 2, 3].map(() => pay(500, 'wire-2')))
    expect(responses.map(({ status }) => status)).toEqual([201, 200])
    expect(responses[1]?.body).toEqual(responses[0]?.body)
    expect(concurrent.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await readSummary(system, 'schools/alder')).toMatchObject({ balanceCents: 10_500 })
  })

  it('is refused if its key was used for another, or if it has none', async () => {
    await pay(10_000, 'wire-1')
    expect(await pay(20_000, 'wire-1')).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    const body = { kind: 'payment', amountCents: 100 }
    expect(await system.api.staff('POST', '/v1/ops/accounts/schools/alder/entries', { body })).toMatchObject({
      status: 400,
      body: { code: 'IDEMPOTENCY_KEY_REQUIRED' },
    })
    expect(await readSummary(system, 'schools/alder')).toMatchObject({ balanceCents: 10_000 })
  })

  it('says who recorded it, and is in the audit', async () => {
    await addEntry(system, 'schools/alder', { kind: 'payment', amountCents: 100, reference: 'Wire 7' }, 'wire-7')
    expect(await listEntries(system, schoolAccount('alder'))).toMatchObject([
      { kind: 'payment', amountCents: 100, reference: 'Wire 7', by: { kind: 'staff' } },
    ])
    const { body } = await system.api.staff('GET', '/v1/ops/audit?record=accounts/schools%23alder')
    expect(body).toMatchObject({ entries: [{ action: 'payment.recorded', after: { amountCents: 100 } }] })
  })

  it('to a source reduces what it is to be paid', async () => {
    await addEntry(system, 'sources/landing', { kind: 'adjustment', amountCents: 700, reason: 'Bonus' }, 'bonus')
    await addEntry(system, 'sources/landing', { kind: 'payment', amountCents: 500 }, 'payout-1')
    expect(await readSummary(system, 'sources/landing')).toMatchObject({ balanceCents: 200, timeZone: 'UTC' })
  })

  it('is refused for a school that does not exist', async () => {
    expect(await addEntry(system, 'schools/nowhere', { kind: 'payment', amountCents: 5 }, 'k')).toMatchObject({
      status: 404,
    })
  })
})

describe('the account of a deleted school', () => {
  const remove = async () => {
    for (const path of ['campaigns/alder', 'programs/alder-program', 'schools/alder'])
      expect((await system.api.staff('DELETE', `/v1/ops/${path}`)).status).toBe(204)
  }
  const read = async (account: string) => (await system.api.staff('GET', `/v1/ops/accounts/${account}`)).status
  beforeEach(() => createMarket({ billing: 'prepaid' }))

  it('can be read at every address, with or without entries', async () => {
    await remove()
    const doors = ['', '/entries', '/statements/2026-07', '/statements/2026-07/page', '/statements/2026-07/csv']
    const before = await Promise.all(doors.map((door) => read(`schools/alder${door}`)))
    expect(before.slice(0, 2)).toEqual([200, 200])
    expect(await read('schools/nowhere')).toBe(404)
    expect(await read('schools/alder?generation=2')).toBe(404)
  })

  it('is that of the last school with the ID, and the earlier ones are read by their number', async () => {
    await pay(700)
    await remove()
    await putRecord(system.api, 'schools', 'alder', aSchool({ name: 'Alder College', billing: 'prepaid' }))
    expect(await readSummary(system, 'schools/alder')).toMatchObject({ balanceCents: 0 })
    await pay(30)
    expect((await system.api.staff('DELETE', '/v1/ops/schools/alder')).status).toBe(204)
    expect(await readSummary(system, 'schools/alder')).toMatchObject({ balanceCents: 30 })
    expect(await readSummary(system, 'schools/alder?generation=1')).toMatchObject({ balanceCents: 700 })
    expect(await read('schools/alder?generation=3')).toBe(404)
  })
})

describe('a reversal', () => {
  beforeEach(() => createMarket({ billing: 'prepaid' }))
  const reverse = (entryId: string) =>
    addEntry(system, 'schools/alder', { kind: 'reversal', entryId, reason: 'Entered twice' })

  it('takes back a payment once, and what it paid for cannot be sold any more', async () => {
    const { body } = await pay(price)
    const { entryId } = body as { entryId: string }
    const responses = await Promise.all([1, 2, 3].map(() => reverse(entryId)))
    expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 200, 201])
    expect(responses[0]?.body).toMatchObject({ kind: 'reversal', amountCents: -price, reverses: entryId })
    expect(await readSummary(system, 'schools/alder')).toMatchObject({ balanceCents: 0 })
    expect(await sell(1)).toEqual(['birch'])
  })

  it('is refused for a charge, for a reversal, and for an entry of another school', async () => {
    await pay(price)
    system.api.advanceClock(60)
    await visit(system, 1)
    await deliverDue(system)
    const [payment, charge] = await listEntries(system, schoolAccount('alder'))
    const [other] = await listEntries(system, schoolAccount('birch'))
    await reverse(payment?.entryId ?? '')
    const codes = [charge?.entryId, `${payment?.entryId}:reversed`, other?.entryId].map(
      async (id = '') => (await reverse(id)).body,
    )
    expect(await Promise.all(codes)).toMatchObject([
      { code: 'NOT_REVERSIBLE' },
      { code: 'NOT_REVERSIBLE' },
      { code: 'NOT_FOUND' },
    ])
  })
})

describe('a credit limit that is set later', () => {
  it('counts what the school owes already, less what it paid', async () => {
    await createMarket({})
    await visit(system, 1)
    await visit(system, 2)
    await deliverDue(system)
    await pay(price)
    await setSchool({ creditCents: 2 * price })
    expect(await readSummary(system, 'schools/alder')).toMatchObject({
      balanceCents: -price,
      credit: { usedCents: price, leftCents: price },
    })
    expect(await sell(3)).toContain('alder')
    expect(await sell(4)).toEqual(['birch'])
  })

  it('counts on while there is no limit', async () => {
    await createMarket({ creditCents: 10 * price })
    await visit(system, 1)
    await setSchool({})
    await visit(system, 2)
    await setSchool({ creditCents: 3 * price })
    expect(await sell(3)).toContain('alder')
    expect(await sell(4)).toEqual(['birch'])
  })

  it('is not shown in the record of the school, apart from its terms', async () => {
    await createMarket({})
    await setSchool({ billing: 'prepaid' })
    const { body } = await system.api.staff('GET', '/v1/ops/schools/alder')
    expect(body).toMatchObject({ billing: 'prepaid' })
    expect(body).not.toHaveProperty('creditCounted')
  })
})
