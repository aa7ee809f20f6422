import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './host-calls.ts'
import { type EditedHost, type Market, openEditedHost } from './open-edited-host.ts'

let host: EditedHost
beforeAll(async () => {
  host = await openEditedHost()
})
afterAll(() => host[Symbol.asyncDispose]())

/** A lead whose school answered 500 once, so that it is due again in 5 seconds. */
async function createPendingLead(market: Market, fields: object = {}) {
  market.receiver('a').answer = () => 500
  const visit = await market.visit(1, { ...fields })
  await until(() => market.receiver('a').countLeads() === 1)
  market.receiver('a').answer = () => 200
  return visit
}

async function createDeliveredLead(market: Market) {
  const visit = await market.visit()
  await until(async () => (await market.readState(visit.leadId, 'a')) === 'delivered')
  return visit
}

const expectCount = (receiver: { countLeads: () => number }, count: number) =>
  host.atEnd(() => expect(receiver.countLeads()).toBe(count))

describe.concurrent('a lead under records that are edited', () => {
  it('is not sent under a legal name that changed between match and lead, nor under names that two schools swapped', async () => {
    const market = await host.openMarket({ a: {}, b: {} })
    const shown = await market.match()
    await market.putSchool('a', { legalName: 'Other Buyers LLC' })
    const renamed = await market.submit(market.buildForm(shown, 1, { schoolIds: [market.id('a')] }))
    await market.putSchool('b', { legalName: market.legalName('a') })
    await market.putSchool('a', { legalName: market.legalName('b') })
    const swapped = await market.submit(market.buildForm(shown, 2))
    for (const { body } of [renamed, swapped])
      expect(await market.listVerdicts(body.leadId)).toEqual(expect.not.arrayContaining(['a:SOLD', 'b:SOLD']))
    expectCount(market.receiver('a'), 0)
    expectCount(market.receiver('b'), 0)
  })

  it('is neither retried nor opened once the legal name of its school has changed', async () => {
    const market = await host.openMarket()
    const { leadId, findDelivery } = await createPendingLead(market)
    await market.putSchool('a', { legalName: 'Other Buyers LLC' })
    const callAsSchool = await market.createSchoolKey('a')
    expect((await callAsSchool('POST', `/school/leads/${findDelivery('a')}/take`)).status).toBe(409)
    expect(market.hasContact((await callAsSchool('GET', '/school/leads')).text)).toBe(false)
    await until(async () => (await market.readState(leadId, 'a')) === 'dead')
    expectCount(market.receiver('a'), 1)
  })

  it('is refused by every replay after the legal name has changed, while the notice of its erasure arrives', async () => {
    const market = await host.openMarket()
    const { leadId, findDelivery } = await createDeliveredLead(market)
    await market.putSchool('a', { legalName: 'Other Buyers LLC' })
    const callAsSchool = await market.createSchoolKey('a')
    expect((await host.staff('POST', `/deliveries/${findDelivery('a')}/replay`)).status).toBe(409)
    expect((await callAsSchool('POST', `/school/deliveries/${findDelivery('a')}/replay`)).status).toBe(409)
    await host.staff('POST', '/replays', { filter: { schoolId: market.id('a'), states: ['delivered'] } })
    await host.staff('POST', '/erasures', { leadId })
    await until(() => market.receiver('a').listOfType('lead.erased').length === 1)
    expectCount(market.receiver('a'), 1)
  })

  it('does not follow its campaign or program to another school', async () => {
    const market = await host.openMarket({ a: {}, b: {} })
    await createPendingLead(market, { schoolIds: [market.id('a')] })
    const move = (path: string, body: object) => host.staff('PUT', path, body, { 'if-match': '*' })
    const ofB = market.buildCampaign('b')
    expect((await move(`/campaigns/${market.id('a')}`, ofB)).status).toBe(422)
    const movedProgram = { ...market.buildProgram('a'), schoolId: market.id('b') }
    expect((await move(`/programs/${market.id('a-program')}`, movedProgram)).status).toBe(422)
    await market.remove('campaigns', 'a')
    await market.put('campaigns', 'a', ofB)
    expectCount(market.receiver('a'), 1)
    expectCount(market.receiver('b'), 0)
  })

  it('goes through another campaign of its school at its own price if its campaign is deleted', async () => {
    const market = await host.openMarket()
    await createPendingLead(market)
    const second = host.openReceiver()
    const endpoint = { kind: 'webhook', url: second.url }
    await market.put('campaigns', 'second', market.buildCampaign('a', { endpoint, priceCents: 10 }))
    await market.remove('campaigns', 'a')
    await until(() => second.countLeads() === 1)
    expect(second.requests[0]?.body.data).toMatchObject({ priceCents: 4500, school: { id: market.id('a') } })
    expectCount(market.receiver('a'), 1)
  })

  it('goes to a corrected endpoint of its school at the price of its sale', async () => {
    const market = await host.openMarket()
    const { leadId } = await createPendingLead(market)
    const corrected = host.openReceiver()
    await market.putCampaign('a', { priceCents: 9900, endpoint: { kind: 'webhook', url: corrected.url } })
    await until(async () => (await market.readState(leadId, 'a')) === 'delivered')
    expect([corrected.countLeads(), await market.readBalance('a')]).toEqual([1, -4500])
    expectCount(market.receiver('a'), 1)
  })

  it('is mailed once if its endpoint becomes an email address', async () => {
    const market = await host.openMarket()
    await createPendingLead(market)
    const to = `desk-${market.number}@school.example`
    await market.putCampaign('a', { endpoint: { kind: 'email', to } })
    await until(async () => (await host.listMails(to)).length > 0)
    host.atEnd(async () => expect(await host.listMails(to)).toHaveLength(1))
    expectCount(market.receiver('a'), 1)
  })

  it('reaches no other school that has the ID of its deleted one, by retry, key, list, opening or replay', async () => {
    const market = await host.openMarket()
    const { findDelivery } = await createPendingLead(market)
    const earlierKey = await market.createSchoolKey('a')
    await market.removeSchool('a')
    await market.createSchool('a')
    const other = host.openReceiver()
    await market.putCampaign('a', { endpoint: { kind: 'webhook', url: other.url } })
    expect((await earlierKey('GET', '/school')).status).toBe(401)
    const callAsSchool = await market.createSchoolKey('a')
    expect((await callAsSchool('GET', '/school/leads')).body.leads).toEqual([])
    for (const path of [`leads/${findDelivery('a')}/take`, `deliveries/${findDelivery('a')}/replay`])
      expect((await callAsSchool('POST', `/school/${path}`)).status).toBe(404)
    expect((await host.staff('POST', `/deliveries/${findDelivery('a')}/replay`)).status).toBe(409)
    expectCount(market.receiver('a'), 1)
    expectCount(other, 0)
  })

  it('goes on if its source is deleted, ends by its link, and is nothing to a source that has the ID now', async () => {
    const market = await host.openMarket({ a: {}, b: {} })
    market.receiver('b').answer = () => 500
    const earlierKey = await market.createPublisherKey()
    const shown = await market.match()
    const { leadId, withdrawalPath } = await market.visit()
    await until(() => market.receiver('a').countLeads() === 1 && market.receiver('b').countLeads() === 1)
    await market.remove('sources', 'source')
    const { key } = (await market.putSource()).body
    expect((await earlierKey('GET', '/publisher/leads')).status).toBe(401)
    const callAsPublisher = await market.createPublisherKey()
    expect((await callAsPublisher('GET', '/publisher/leads')).body.leads).toEqual([])
    expect((await callAsPublisher('GET', `/publisher/leads/${leadId}`)).status).toBe(404)
    expect((await market.submit(market.buildForm(shown, 2), { 'x-source-key': key })).body.code).toBe('MATCH_INVALID')
    expect((await host.call('POST', withdrawalPath)).status).toBe(202)
    market.receiver('b').answer = () => 200
    await until(() => market.receiver('a').listOfType('consent.withdrawn').length === 1)
    await until(async () => (await market.readState(leadId, 'b')) === 'dead')
    expectCount(market.receiver('b'), 1)
  })

  it('is sent under the text of a publisher only to the schools that are in the text, and to no school that takes such a name later', async () => {
    const market = await host.openMarket({ a: {}, b: {} })
    const text = `I agree that ${market.legalName('a')} may call and text me at my phone number with automated technology. This is not a condition of any purchase.`
    const consent = { granted: true, text, schoolsNamed: [market.id('a'), market.id('b')] }
    const callAsPublisher = await market.createPublisherKey()
    const lead = {
      careerSlug: market.id('career'),
      contact: market.person(1),
      education: { highestLevel: 'ged' },
      consent,
      page: { url: 'https://publisher.example/' },
    }
    const { body } = await callAsPublisher('POST', '/leads', lead, { 'idempotency-key': 'own-text' })
    await until(() => market.receiver('a').countLeads() === 1)
    expect(await market.listVerdicts(body.leadId)).toEqual(
      expect.arrayContaining(['a:SOLD', 'b:SCHOOL_NOT_NAMED_IN_CONSENT']),
    )
    await market.putSchool('a', { legalName: 'Gone, Inc.' })
    await market.putSchool('b', { legalName: market.legalName('a') })
    expectCount(market.receiver('a'), 1)
    expectCount(market.receiver('b'), 0)
  })
})

it('sends nothing else when everything that was due has been sent, and the audit is whole', async () => {
  expect(await host.runChecks()).toBeGreaterThan(10)
  await host.expectSealedAudit()
})
