import { beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { atADistance } from '#test/functions/routing/sabotage.ts'
import { bounceLast } from './bounce-last.ts'
import { aBuyer, accept, type Buyer, claim, countedOf, listed, logOf, refuse } from './claims.ts'
import { forgetfulDeliveries, unconditionalReturns } from './sabotage.ts'

let buyer: Buyer
beforeEach(async () => {
  buyer = await aBought()
})
async function aBought(between?: (engine: Engine<Table>) => Engine<Table>): Promise<Buyer> {
  const bought = await aBuyer({}, between)
  await bought.deliver()
  await claim(bought, { reason: 'wrong-person', note: 'It is a bakery.' })
  return bought
}
const nothing = { 'leads-day': 0, 'cents-total': 0, credit: 0 }
const all = { 'leads-day': 1, 'cents-total': 4500, credit: 4500 }
const waiting = async (state = 'requested') =>
  listed.parse((await buyer.town.house.staff('GET', `/v1/ops/returns?state=${state}`)).body).returns

describe('a return that is accepted', () => {
  it('gives back to cap, budget and credit what the lead took, and says who decided', async () => {
    expect(await countedOf(buyer.town)).toEqual(all)
    expect(await accept(buyer, { answer: 'You are right.' })).toMatchObject({
      status: 200,
      body: { state: 'accepted', decidedBy: { name: 'key 1' }, answer: 'You are right.' },
    })
    expect(await countedOf(buyer.town)).toEqual(nothing)
    const log = await logOf(buyer)
    expect(log).toMatchObject({ state: 'delivered', return: { state: 'accepted', answer: 'You are right.' } })
    expect(log.returnedAt).toBe(log.return?.decidedAt)
    expect(JSON.stringify(log)).not.toContain('decidedBy')
  })

  it('stays allowed to be sent again, and that changes nothing of the money', async () => {
    await accept(buyer)
    const replayed = await buyer.town.house.staff('POST', `/v1/ops/deliveries/${buyer.deliveryId}/replay`)
    expect(replayed.status).toBe(202)
    expect(await countedOf(buyer.town)).toEqual(nothing)
    await buyer.deliver()
    expect(buyer.town.house.webhooks.requests).toHaveLength(2)
    expect(await countedOf(buyer.town)).toEqual(nothing)
    expect((await logOf(buyer)).return).toMatchObject({ state: 'accepted', creditCents: 4500 })
  })

  it('gives back as much while it is being sent again', async () => {
    await buyer.town.house.staff('POST', `/v1/ops/deliveries/${buyer.deliveryId}/replay`)
    await accept(buyer)
    await buyer.deliver()
    expect(await countedOf(buyer.town)).toEqual(nothing)
  })

  it.each([
    ['accepted', accept],
    ['refused', (of: Buyer, { answer }: { answer: string }) => refuse(of, answer)],
  ] as const)(
    'keeps no words of staff once the person was forgotten, nor while that happens: %s',
    async (state, decide) => {
      const { house } = buyer.town
      const forget = () => house.staff('POST', '/v1/ops/erasures', { body: { leadId: buyer.leadId } })
      const answer = 'Ada herself says that she never asked.'
      house.watch.beforeCommit = async () => void (await forget())
      expect(await decide(buyer, { answer })).toMatchObject({ status: 200, body: { state } })
      expect((await logOf(buyer)).return).toMatchObject({ state })
      expect(JSON.stringify(await logOf(buyer))).not.toContain('Ada')
    },
  )

  it('is asked for and accepted also where the person was forgotten, and the words are gone', async () => {
    await buyer.town.house.staff('POST', '/v1/ops/erasures', { body: { leadId: buyer.leadId } })
    expect((await logOf(buyer)).return).not.toHaveProperty('note')
    expect((await accept(buyer)).status).toBe(200)
    expect(await countedOf(buyer.town)).toEqual(nothing)
  })

  it('gives nothing back once more where its person is forgotten afterwards, and loses its words', async () => {
    await accept(buyer, { answer: 'Ada is right.' })
    await buyer.town.house.staff('POST', '/v1/ops/erasures', { body: { leadId: buyer.leadId } })
    expect(await countedOf(buyer.town)).toEqual(nothing)
    expect((await logOf(buyer)).return).not.toHaveProperty('answer')
  })
})

it('a return that is refused takes nothing back, and the school reads why', async () => {
  expect((await refuse(buyer, 'We called and were heard.')).status).toBe(200)
  expect(await countedOf(buyer.town)).toEqual(all)
  expect((await logOf(buyer)).return).toMatchObject({ state: 'refused', answer: 'We called and were heard.' })
  expect((await logOf(buyer)).returnedAt).toBeUndefined()
  expect(await claim(buyer, { reason: 'fraud', note: 'Still.' })).toMatchObject({ body: { code: 'RETURN_STANDS' } })
})

it('staff see those that wait, and then what was decided', async () => {
  expect(await waiting()).toMatchObject([{ deliveryId: buyer.deliveryId, reason: 'wrong-person' }])
  await accept(buyer)
  expect(await waiting()).toEqual([])
  expect(await waiting('accepted')).toMatchObject([{ deliveryId: buyer.deliveryId }])
  expect(await waiting('refused')).toEqual([])
})

it('where there is no return, nothing is decided', async () => {
  const nobodys = { ...buyer, deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' }
  for (const answer of [await accept(nobodys), await refuse(nobodys)]) expect(answer).toMatchObject({ status: 404 })
  const unasked = await aBuyer()
  await unasked.deliver()
  for (const answer of [await accept(unasked), await refuse(unasked)])
    expect(answer).toMatchObject({ status: 409, body: { code: 'RETURN_NOT_WAITING' } })
  expect(await countedOf(unasked.town)).toEqual(all)
})

describe('of staff who decide at once', () => {
  const decideAtOnce = (of: Buyer) =>
    Promise.all([accept(of), refuse(of), accept(of), refuse(of), accept(of), accept(of)])

  it('one wins, the others are told, and nothing is given back twice', async () => {
    const far = await aBought(atADistance)
    const answers = await decideAtOnce(far)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const others = answers.filter(({ status }) => status !== 200)
    for (const other of others) expect(other).toMatchObject({ status: 409, body: { code: 'RETURN_NOT_WAITING' } })
    const { state } = (await logOf(far)).return ?? {}
    expect(await countedOf(far.town)).toEqual(state === 'accepted' ? nothing : all)
  })

  it('would be seen to go wrong by a store that gives back without its condition', async () => {
    const far = await aBought((engine) => unconditionalReturns(atADistance(engine)))
    await decideAtOnce(far)
    expect((await countedOf(far.town)).credit).toBeLessThan(0)
  })
})

describe('an e-mail that comes back after its return was accepted', () => {
  const endpoint = { kind: 'email', to: 'leads@alder.example' }
  async function forgottenAfterBounce(between?: (engine: Engine<Table>) => Engine<Table>) {
    const mailed = await aBuyer({ endpoint }, between)
    await mailed.deliver()
    await claim(mailed)
    await accept(mailed)
    expect(await bounceLast(mailed.town, mailed.deliveryId)).toBe(1)
    expect(await logOf(mailed)).toMatchObject({ state: 'parked', return: { state: 'accepted' } })
    await mailed.town.house.staff('POST', '/v1/ops/erasures', { body: { leadId: mailed.leadId } })
    return countedOf(mailed.town)
  }

  it('has nothing more to give back, though nobody has the lead by now', async () => {
    expect(await forgottenAfterBounce()).toEqual(nothing)
  })

  it('would be seen to give back twice by a store that leaves on the delivery what was taken', async () => {
    expect((await forgottenAfterBounce(forgetfulDeliveries)).credit).toBeLessThan(0)
  })
})

it('what came back is no lead: its return is not accepted until it is delivered', async () => {
  const mailed = await aBuyer({ endpoint: { kind: 'email', to: 'leads@alder.example' } })
  await mailed.deliver()
  await claim(mailed)
  await bounceLast(mailed.town, mailed.deliveryId)
  expect(await accept(mailed)).toMatchObject({ status: 409, body: { code: 'NOT_DELIVERED' } })
  expect(await countedOf(mailed.town)).toEqual(all)
  mailed.town.house.pass(3600)
  await mailed.deliver()
  expect((await accept(mailed)).status).toBe(200)
  expect(await countedOf(mailed.town)).toEqual(nothing)
})
