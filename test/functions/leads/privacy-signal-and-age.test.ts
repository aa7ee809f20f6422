import { beforeEach, describe, expect, it } from 'vitest'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import {
  aCampaign,
  aLead,
  aVisitor,
  createServerHeaders,
  createTestSystem,
  parseKey,
  postLead,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

const visit = {
  page: { url: 'https://careers.example/form?gclid=Cj0KCQ#top', referrer: 'https://search.example/' },
  subIds: { sub1: 'banner', gclid: 'Cj0KCQ', msclkid: 'f3a9' },
  utm: { source: 'news' },
}

describe('Global Privacy Control', () => {
  it('keeps ad identifiers out of what is stored and sent, and tells the school', async () => {
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, sendIpAndUserAgent: true }))
    const match = await requestMatch(system)
    const agent = { 'user-agent': 'Lynx/2.9' }
    await postLead(system, aLead(match, 1, { ...visit, globalPrivacyControl: true }), agent)
    await deliverDue(system)
    const body = system.api.webhooks.requests[0]?.body ?? ''
    const { data } = leadCreated.parse(JSON.parse(body))
    expect(data).toMatchObject({
      globalPrivacyControl: true,
      page: { url: 'https://careers.example/form' },
      subIds: { sub1: 'banner' },
      utm: { source: 'news' },
    })
    expect(body).not.toMatch(/gclid|msclkid|Cj0KCQ|search\.example|Lynx|"ip"/)
    const email = system.api.mailbox.messages[0]?.text ?? ''
    expect(email.replace(/\s+/g, ' ')).toContain('pass it on to no one else')
    expect(JSON.stringify(await readStoredRows())).not.toMatch(/Cj0KCQ|search\.example/)
  })

  it('that is off changes nothing', async () => {
    const match = await requestMatch(system)
    await postLead(system, aLead(match, 1, { ...visit, globalPrivacyControl: false }))
    await deliverDue(system)
    const { data } = leadCreated.parse(JSON.parse(system.api.webhooks.requests[0]?.body ?? ''))
    expect(data.globalPrivacyControl).toBeUndefined()
    expect(data).toMatchObject({ subIds: visit.subIds, page: { referrer: visit.page.referrer } })
  })
})

describe('the minimum age', () => {
  const match = (fields: object, sourceKey = system.sourceKey) =>
    system.api.call('POST', '/v1/matches', { headers: { 'x-source-key': sourceKey }, body: aVisitor({ ...fields }) })
  const fault = (code: string) => ({ status: 422, body: { errors: [{ pointer: '/age', code }] } })

  it('is 16 in every state, before contact details are asked and when they are sent', async () => {
    expect(await match({ age: 15 })).toMatchObject(fault('too_young'))
    expect(await match({ age: 13 })).toMatchObject(fault('too_young'))
    expect(await match({ age: 16 })).toMatchObject({ status: 200 })
    expect(await match({})).toMatchObject({ status: 200 })
    const lead = aLead(await requestMatch(system), 1, { age: 15 })
    expect(await postLead(system, lead)).toMatchObject(fault('too_young'))
    const headers = await createServerHeaders(system)
    expect(await postLead(system, lead, headers)).toMatchObject(fault('too_young'))
    expect(await postLead(system, { ...lead, age: 16 })).toMatchObject({ status: 201 })
  })

  it('is higher where the law of the state says so', async () => {
    expect(await match({ age: 17, zip: '10001' })).toMatchObject(fault('too_young'))
    expect(await match({ age: 18, zip: '10001' })).toMatchObject({ status: 200 })
    expect(await match({ age: 17, zip: '07030' })).toMatchObject({ status: 200 })
  })

  it('of a source is asked of each visitor, and told to its form', async () => {
    const created = await putRecord(system.api, 'sources', 'adults', { name: 'A', mode: 'live', minimumAge: 21 })
    const key = parseKey(created.body)
    expect(await match({}, key)).toMatchObject(fault('required'))
    expect(await match({ age: 20 }, key)).toMatchObject(fault('too_young'))
    expect(await match({ age: 21 }, key)).toMatchObject({ status: 200 })
    const path = '/v1/form-settings?careerSlug=health-record-technician'
    expect(await system.api.call('GET', path, { headers: { 'x-source-key': key } })).toMatchObject({
      body: { mode: 'live', minimumAge: 21 },
    })
  })
})

async function readStoredRows() {
  const { leads } = system.api.createDependencies('operator')
  const { leads: list } = await leads.listByDay('2026-11-23', { limit: 10 })
  return Promise.all(list.map(async ({ leadId }) => [await leads.find(leadId), await leads.findConsent(leadId)]))
}
