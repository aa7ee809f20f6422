import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostJson, sortStatuses, times, until } from './host-calls.ts'
import { type EditedHost, type Market, openEditedHost } from './open-edited-host.ts'

let host: EditedHost
beforeAll(async () => {
  host = await openEditedHost()
})
afterAll(() => host[Symbol.asyncDispose]())

const dayCap = (limit: number, id?: string) => ({ caps: [{ period: 'day', limit, ...(id && { id }) }] })

async function createDeliveredLead(market: Market, visitor = 1) {
  const visit = await market.visit(visitor)
  await until(async () => (await market.readState(visit.leadId, 'a')) === 'delivered')
  return visit
}

/** A lead whose school has answered 500 once. */
async function createPendingLead(market: Market) {
  market.receiver('a').answer = () => 500
  const visit = await market.visit()
  await until(() => market.receiver('a').countLeads() === 1)
  market.receiver('a').answer = () => 200
  return visit
}

describe.concurrent('what schools read, and what it costs', () => {
  it('bills a lead once that five clicks open before it arrives, sends it no more, and opens it to no read-only key', async () => {
    const market = await host.openMarket()
    const { findDelivery } = await createPendingLead(market)
    const path = `/school/leads/${findDelivery('a')}/take`
    expect((await (await market.createSchoolKey('a', 'read'))('POST', path)).status).toBe(403)
    const callAsSchool = await market.createSchoolKey('a')
    expect(market.hasContact((await callAsSchool('GET', '/school/leads')).text)).toBe(false)
    expect(sortStatuses(await times(5, () => callAsSchool('POST', path)))).toEqual([200, 200, 200, 200, 200])
    expect(market.hasContact((await callAsSchool('GET', '/school/leads')).text)).toBe(true)
    host.atEnd(async () =>
      expect([market.receiver('a').countLeads(), await market.readBalance('a')]).toEqual([1, -4500]),
    )
  })

  it('opens no lead that is being sent, and bills it once', async () => {
    const market = await host.openMarket()
    const { leadId, findDelivery } = await createPendingLead(market)
    const request = Promise.withResolvers<number>()
    market.receiver('a').answer = () => request.promise
    await until(() => market.receiver('a').countLeads() === 2)
    const callAsSchool = await market.createSchoolKey('a')
    expect((await callAsSchool('POST', `/school/leads/${findDelivery('a')}/take`)).body.code).toBe(
      'DELIVERY_IN_PROGRESS',
    )
    request.resolve(200)
    await until(async () => (await market.readState(leadId, 'a')) === 'delivered')
    expect(await market.readBalance('a')).toBe(-4500)
  })

  it('takes no disposition, return, opening or outcome of a lead that is another school’s, was rejected or never arrived', async () => {
    const market = await host.openMarket({ a: {}, pending: {}, rejecting: {} })
    market.receiver('pending').answer = () => 500
    const { url } = market.receiver('rejecting')
    market.receiver('rejecting').content = '{"outcome": "failure"}'
    const responses = { rejected: [{ path: '/outcome', equals: 'failure' }] }
    await market.putCampaign('rejecting', { endpoint: { kind: 'webhook', url, responses } })
    const { leadId, findDelivery } = await createDeliveredLead(market)
    await until(async () => (await market.readState(leadId, 'rejecting')) === 'rejected')
    await until(() => market.receiver('pending').countLeads() > 0)
    const foreign = findDelivery('a')
    const enrolled = { disposition: 'enrolled' }
    const fraud = { reason: 'fraud', note: 'Fake.' }
    for (const name of ['pending', 'rejecting']) {
      const callAsSchool = await market.createSchoolKey(name)
      const refused = await Promise.all([
        callAsSchool('GET', `/school/deliveries/${foreign}`),
        callAsSchool('GET', `/school/deliveries/${foreign}/dispositions`),
        callAsSchool('POST', `/school/leads/${foreign}/take`),
        callAsSchool('POST', `/school/deliveries/${foreign}/replay`),
        callAsSchool('POST', `/school/deliveries/${foreign}/dispositions`, enrolled),
        callAsSchool('POST', `/school/deliveries/${foreign}/returns`, fraud),
        callAsSchool('POST', '/school/withdrawals', { deliveryId: foreign }),
        callAsSchool('PATCH', `/school/campaigns/${market.id('a')}`, { status: 'paused' }),
      ])
      expect([name, ...sortStatuses(refused)]).toEqual([name, ...Array(8).fill(404)])
      const own = findDelivery(name)
      const early = await Promise.all([
        callAsSchool('POST', `/school/deliveries/${own}/dispositions`, enrolled),
        callAsSchool('POST', `/school/deliveries/${own}/returns`, fraud),
        host.staff('POST', `/deliveries/${own}/dispositions`, enrolled),
        host.staff('POST', `/deliveries/${own}/return`, { reason: 'fraud' }),
      ])
      expect([name, ...sortStatuses(early)]).toEqual([name, ...Array(4).fill(409)])
      const rows = [foreign, own].map((deliveryId) => ({ deliveryId, ...enrolled }))
      expect((await callAsSchool('POST', '/school/dispositions', { rows })).body.errors).toHaveLength(2)
      for (const path of ['/school/leads', `/school/deliveries/${own}`])
        expect([name, path, market.hasContact((await callAsSchool('GET', path)).text)]).toEqual([name, path, false])
    }
    const { untakenWork } = (await host.staff('GET', '/untaken-work')).body
    const alerted = untakenWork.filter((one: HostJson) => one.leadId === leadId).map((one: HostJson) => one.schoolId)
    expect(alerted).toEqual(expect.arrayContaining([market.id('pending'), market.id('rejecting')]))
  })

  it('decides a return once when it is requested, accepted and refused by several clicks at once', async () => {
    const market = await host.openMarket({ a: { campaign: dayCap(1) } })
    const { findDelivery } = await createDeliveredLead(market)
    const path = `/deliveries/${findDelivery('a')}`
    const callAsSchool = await market.createSchoolKey('a')
    const requests = await times(4, () => callAsSchool('POST', `/school${path}/returns`, { reason: 'duplicate' }))
    expect(sortStatuses(requests)).toEqual([200, 200, 200, 201])
    const decisions = await times(6, (index) =>
      index % 2 === 0
        ? host.staff('POST', `${path}/return/refuse`, { answer: 'No.' })
        : host.staff('POST', `${path}/return/accept`, {}),
    )
    expect(sortStatuses(decisions)).toEqual([200, 200, 200, 409, 409, 409])
    const isAccepted = decisions[1]?.status === 200
    const { returns } = (await callAsSchool('GET', '/school/returns')).body
    expect(returns.map((one: HostJson) => one.state)).toEqual([isAccepted ? 'accepted' : 'refused'])
    expect(await market.readBalance('a')).toBe(isAccepted ? 0 : -4500)
    const next = await market.visit(2)
    expect(await market.listVerdicts(next.leadId)).toEqual([isAccepted ? 'a:SOLD' : 'a:CAP_DAY'])
  })

  it('gives credit once for three clicks, and the school neither reads nor gets the lead again', async () => {
    const market = await host.openMarket()
    const { findDelivery } = await createDeliveredLead(market)
    const deliveryId = findDelivery('a')
    const credit = () => host.staff('POST', `/deliveries/${deliveryId}/return`, { reason: 'duplicate' })
    expect(sortStatuses(await times(3, credit))).toEqual([200, 200, 201])
    const callAsSchool = await market.createSchoolKey('a')
    expect(market.hasContact((await callAsSchool('GET', '/school/leads')).text)).toBe(false)
    for (const path of [`deliveries/${deliveryId}/replay`, `leads/${deliveryId}/take`])
      expect((await callAsSchool('POST', `/school/${path}`)).status).toBe(409)
    await host.staff('POST', '/replays', { filter: { schoolId: market.id('a'), states: ['delivered'] } })
    host.atEnd(async () => expect([market.receiver('a').countLeads(), await market.readBalance('a')]).toEqual([1, 0]))
  })
})

describe.concurrent('leads that come at once', () => {
  it('are one lead under one key, with the same bytes, and none under the key with another body', async () => {
    const market = await host.openMarket()
    const shown = await market.match()
    const submit = (visitor: number, key: string) =>
      market.submit(market.buildForm(shown, visitor), { 'idempotency-key': key })
    const same = await times(10, () => submit(1, 'same'))
    expect(new Set(same.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(sortStatuses(await times(6, (index) => submit(2 + (index % 2), 'mixed')))).toEqual([
      201, 201, 201, 422, 422, 422,
    ])
    // Another key is another lead, and the person is a duplicate.
    await times(8, () => market.submit(market.buildForm(shown, 5)))
    await until(() => market.receiver('a').countLeads() === 3)
    host.atEnd(() => expect(market.receiver('a').countLeads()).toBe(3))
  })

  it('sell exactly as many as the cap says while its time zone, its ID and the price change', async () => {
    const market = await host.openMarket({ a: { campaign: dayCap(3) } })
    const shown = await market.match()
    const edit = async () => {
      for (const [index, timeZone] of ['America/New_York', 'Pacific/Auckland', 'Europe/Berlin'].entries()) {
        await market.putSchool('a', { timeZone })
        await market.putCampaign('a', { ...dayCap(3, `cap-${index}`), priceCents: 1000 + index })
      }
    }
    await Promise.all([edit(), times(20, (index) => market.submit(market.buildForm(shown, index + 1)))])
    await times(10, (index) => market.submit(market.buildForm(shown, index + 31)))
    host.atEnd(async () => {
      const prices = market
        .receiver('a')
        .listOfType('lead.created')
        .map(({ body }) => body.data.priceCents)
      expect(prices).toHaveLength(3)
      expect(await market.readBalance('a')).toBe(-prices.reduce((sum: number, price: number) => sum + price, 0))
    })
  })

  it('sell what is left of a cap that was lowered below its use and raised again', async () => {
    const market = await host.openMarket({ a: { campaign: { caps: [{ period: 'total', limit: 5 }] } } })
    const shown = await market.match()
    const submitLeads = (first: number, count: number) =>
      times(count, (index) => market.submit(market.buildForm(shown, first + index)))
    await submitLeads(1, 4)
    await market.putCampaign('a', { caps: [{ period: 'total', limit: 2 }] })
    await submitLeads(11, 3)
    await market.putCampaign('a', { caps: [{ period: 'total', limit: 5 }] })
    await submitLeads(21, 5)
    host.atEnd(() => expect(market.receiver('a').countLeads()).toBe(5))
  })

  it('look the same to a page, whether the person is new, a duplicate, unwilling, a bot, or has the phone of another', async () => {
    const market = await host.openMarket({ a: {} }, { abuse: 'enforce' })
    await host.staff('POST', '/suppressions', {
      email: market.person(1).email,
      basis: 'do-not-contact',
      reason: 'A test.',
    })
    const shown = await market.match()
    const describeAnswer = async (visitor: number, fields: object = {}) => {
      const { status, body } = await market.submit(market.buildForm(shown, visitor, { ...fields }))
      return [status, body.outcome, Object.keys(body).sort(), body.schools.map((one: object) => Object.keys(one))]
    }
    const stranger = await describeAnswer(2)
    const samePhone = { contact: { ...market.person(3), phone: market.person(2).phone } }
    const otherAnswers = [
      await describeAnswer(1),
      await describeAnswer(2),
      await describeAnswer(3, samePhone),
      await describeAnswer(4, { website: 'https://bot.example' }),
    ]
    expect(otherAnswers).toEqual([stranger, stranger, stranger, stranger])
    host.atEnd(() => expect(market.receiver('a').countLeads()).toBe(1))
  })
})

it('sends nothing else when everything that was due has been sent, and the audit is whole', async () => {
  expect(await host.runChecks()).toBeGreaterThan(5)
  await host.expectSealedAudit()
})
