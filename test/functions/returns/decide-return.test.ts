import { beforeEach, describe, expect, it } from 'vitest'
import { readSchoolsReport } from '#shared/contract/reporting/reports.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { withLatency } from '#test/functions/routing/faulty-engines.ts'
import { bounceLastEmail } from './bounce-last-email.ts'
import { forgetfulDeliveries, unconditionalReturns } from './faulty-stores.ts'
import {
  aBuyer,
  acceptReturn,
  type Buyer,
  readLog,
  readSchoolCounters,
  refuseReturn,
  requestReturn,
  returnList,
} from './return-fixture.ts'

let buyer: Buyer
beforeEach(async () => {
  buyer = await aBuyerWithReturn()
})
async function aBuyerWithReturn(between?: (engine: Engine<Table>) => Engine<Table>): Promise<Buyer> {
  const newBuyer = await aBuyer({}, between)
  await newBuyer.deliver()
  await requestReturn(newBuyer, { reason: 'wrong-person', note: 'It is a bakery.' })
  return newBuyer
}
const nothing = { 'leads-day': 0, 'cents-total': 0, credit: 0 }
const all = { 'leads-day': 1, 'cents-total': 4500, credit: 4500 }
const listReturns = async (state = 'requested') =>
  returnList.parse((await buyer.town.api.staff('GET', `/v1/ops/returns?state=${state}`)).body).returns

describe('accepting a return', () => {
  it('releases cap, budget and credit of the lead and records who decided', async () => {
    expect(await readSchoolCounters(buyer.town)).toEqual(all)
    expect(await acceptReturn(buyer, { answer: 'You are right.' })).toMatchObject({
      status: 200,
      body: { state: 'accepted', decidedBy: { name: 'key 1' }, answer: 'You are right.' },
    })
    expect(await readSchoolCounters(buyer.town)).toEqual(nothing)
    const log = await readLog(buyer)
    expect(log).toMatchObject({ state: 'delivered', return: { state: 'accepted', answer: 'You are right.' } })
    expect(log.returnedAt).toBe(log.return?.decidedAt)
    expect(JSON.stringify(log)).not.toContain('decidedBy')
  })

  it('allows a replay of an accepted return without charging the school again', async () => {
    await acceptReturn(buyer)
    const replayed = await buyer.town.api.staff('POST', `/v1/ops/deliveries/${buyer.deliveryId}/replay`)
    expect(replayed.status).toBe(202)
    expect(await readSchoolCounters(buyer.town)).toEqual(nothing)
    await buyer.deliver()
    expect(buyer.town.api.webhooks.requests).toHaveLength(2)
    expect(await readSchoolCounters(buyer.town)).toEqual(nothing)
    expect((await readLog(buyer)).return).toMatchObject({ state: 'accepted', creditCents: 4500 })
  })

  it('releases the same amount if the lead is being sent again', async () => {
    await buyer.town.api.staff('POST', `/v1/ops/deliveries/${buyer.deliveryId}/replay`)
    await acceptReturn(buyer)
    await buyer.deliver()
    expect(await readSchoolCounters(buyer.town)).toEqual(nothing)
  })

  it.each([
    ['accepted', acceptReturn],
    ['refused', (of: Buyer, { answer }: { answer: string }) => refuseReturn(of, answer)],
  ] as const)('stores no answer of staff during or after an erasure of the person: %s', async (state, decide) => {
    const { api } = buyer.town
    const erase = () => api.staff('POST', '/v1/ops/erasures', { body: { leadId: buyer.leadId } })
    const answer = 'Ada herself says that she never asked.'
    api.watch.beforeCommit = async () => void (await erase())
    expect(await decide(buyer, { answer })).toMatchObject({ status: 200, body: { state } })
    expect((await readLog(buyer)).return).toMatchObject({ state })
    expect(JSON.stringify(await readLog(buyer))).not.toContain('Ada')
  })

  it('accepts a return of an erased lead without storing the answer', async () => {
    await buyer.town.api.staff('POST', '/v1/ops/erasures', { body: { leadId: buyer.leadId } })
    expect((await readLog(buyer)).return).not.toHaveProperty('note')
    expect((await acceptReturn(buyer)).status).toBe(200)
    expect(await readSchoolCounters(buyer.town)).toEqual(nothing)
  })

  it('releases nothing again if the person is erased afterwards, and removes note and answer', async () => {
    await acceptReturn(buyer, { answer: 'Ada is right.' })
    await buyer.town.api.staff('POST', '/v1/ops/erasures', { body: { leadId: buyer.leadId } })
    expect(await readSchoolCounters(buyer.town)).toEqual(nothing)
    expect((await readLog(buyer)).return).not.toHaveProperty('answer')
  })
})

it('keeps the charge of a refused return and shows the school the reason', async () => {
  expect((await refuseReturn(buyer, 'We called and were heard.')).status).toBe(200)
  expect(await readSchoolCounters(buyer.town)).toEqual(all)
  expect((await readLog(buyer)).return).toMatchObject({ state: 'refused', answer: 'We called and were heard.' })
  expect((await readLog(buyer)).returnedAt).toBeUndefined()
  expect(await requestReturn(buyer, { reason: 'fraud', note: 'Still.' })).toMatchObject({
    body: { code: 'RETURN_EXISTS' },
  })
})

it('lists pending returns to staff, then decided ones', async () => {
  expect(await listReturns()).toMatchObject([{ deliveryId: buyer.deliveryId, reason: 'wrong-person' }])
  await acceptReturn(buyer)
  expect(await listReturns()).toEqual([])
  expect(await listReturns('accepted')).toMatchObject([{ deliveryId: buyer.deliveryId }])
  expect(await listReturns('refused')).toEqual([])
})

it('refuses a decision without a pending return', async () => {
  const unknownDelivery = { ...buyer, deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' }
  for (const answer of [await acceptReturn(unknownDelivery), await refuseReturn(unknownDelivery)])
    expect(answer).toMatchObject({ status: 404 })
  const buyerWithoutReturn = await aBuyer()
  await buyerWithoutReturn.deliver()
  for (const answer of [await acceptReturn(buyerWithoutReturn), await refuseReturn(buyerWithoutReturn)])
    expect(answer).toMatchObject({ status: 409, body: { code: 'RETURN_NOT_PENDING' } })
  expect(await readSchoolCounters(buyerWithoutReturn.town)).toEqual(all)
})

describe('concurrent decisions on a return', () => {
  const decideConcurrently = (of: Buyer) =>
    Promise.all([
      acceptReturn(of),
      refuseReturn(of),
      acceptReturn(of),
      refuseReturn(of),
      acceptReturn(of),
      acceptReturn(of),
    ])

  it('lets one decision win, answers it to its repeats, refuses the others and releases reservations once', async () => {
    const remoteBuyer = await aBuyerWithReturn(withLatency)
    const responses = await decideConcurrently(remoteBuyer)
    const decided = responses.filter(({ status }) => status === 200)
    expect(new Set(decided.map(({ text }) => text)).size).toBe(1)
    const others = responses.filter(({ status }) => status !== 200)
    for (const other of others) expect(other).toMatchObject({ status: 409, body: { code: 'RETURN_NOT_PENDING' } })
    const { state } = (await readLog(remoteBuyer)).return ?? {}
    expect(decided).toHaveLength(state === 'accepted' ? 4 : 2)
    expect(decided[0]?.body).toMatchObject({ state })
    expect(await readSchoolCounters(remoteBuyer.town)).toEqual(state === 'accepted' ? nothing : all)
  })

  it('detects: a store that releases reservations without its condition', async () => {
    const remoteBuyer = await aBuyerWithReturn((engine) => unconditionalReturns(withLatency(engine)))
    await decideConcurrently(remoteBuyer)
    expect((await readSchoolCounters(remoteBuyer.town)).credit).toBeLessThan(0)
  })
})

describe('an email that bounces after its return was accepted', () => {
  const endpoint = { kind: 'email', to: 'leads@alder.example' }
  async function bounceAfterCredit(between?: (engine: Engine<Table>) => Engine<Table>) {
    const emailBuyer = await aBuyer({ endpoint }, between)
    await emailBuyer.deliver()
    await requestReturn(emailBuyer)
    await acceptReturn(emailBuyer)
    expect(await bounceLastEmail(emailBuyer.town, emailBuyer.deliveryId)).toBe(1)
    return emailBuyer
  }
  async function readMoney({ town }: Buyer) {
    await town.api.rollUp()
    const { body } = await town.api.staff('GET', '/v1/ops/reports/schools?from=2026-11-23&to=2026-11-23&schoolId=alder')
    return readSchoolsReport.responses[200].body.parse(body).schools[0]?.money
  }
  async function eraseAndCount({ town, leadId }: Buyer) {
    await town.api.staff('POST', '/v1/ops/erasures', { body: { leadId } })
    return readSchoolCounters(town)
  }

  it('stays sold and paid back, and is not sent again', async () => {
    const emailBuyer = await bounceAfterCredit()
    expect(await readLog(emailBuyer)).toMatchObject({ state: 'delivered', return: { state: 'accepted' } })
    expect(await readMoney(emailBuyer)).toEqual({
      soldCents: 4500,
      returnedCents: 4500,
      netCents: 0,
      payoutCents: 0,
      marginCents: 0,
    })
    const sent = emailBuyer.town.api.mailbox.messages.length
    emailBuyer.town.api.advanceClock(86_400)
    await emailBuyer.deliver()
    expect(emailBuyer.town.api.mailbox.messages).toHaveLength(sent)
  })

  it('releases nothing a second time', async () => {
    expect(await eraseAndCount(await bounceAfterCredit())).toEqual(nothing)
  })

  it('detects: a store that marks nothing on the returned delivery', async () => {
    const emailBuyer = await bounceAfterCredit(forgetfulDeliveries)
    expect((await readMoney(emailBuyer))?.netCents).toBe(-4500)
    expect((await eraseAndCount(emailBuyer)).credit).toBeLessThan(0)
  })
})

it('refuses to accept a return of a bounced email until it is delivered', async () => {
  const emailBuyer = await aBuyer({ endpoint: { kind: 'email', to: 'leads@alder.example' } })
  await emailBuyer.deliver()
  await requestReturn(emailBuyer)
  await bounceLastEmail(emailBuyer.town, emailBuyer.deliveryId)
  expect(await acceptReturn(emailBuyer)).toMatchObject({ status: 409, body: { code: 'NOT_DELIVERED' } })
  expect(await readSchoolCounters(emailBuyer.town)).toEqual(all)
  emailBuyer.town.api.advanceClock(3600)
  await emailBuyer.deliver()
  expect((await acceptReturn(emailBuyer)).status).toBe(200)
  expect(await readSchoolCounters(emailBuyer.town)).toEqual(nothing)
})
