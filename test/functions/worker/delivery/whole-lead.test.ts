import { beforeEach, describe, expect, it } from 'vitest'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import {
  aCampaign,
  aLead,
  bayShoreCampaign,
  createTestSystem,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { deliverDue } from '#test/functions/routing/create-test-market.ts'

const visitor = {
  modality: 'online',
  age: 27,
  military: true,
  gpa: 3.41,
  subIds: { sub1: 'click-77310' },
  utm: { source: 'news' },
}
const page = { url: 'https://careers.example/form?x=1', referrer: 'https://search.example/' }
const device = { ip: '198.51.100.23', userAgent: 'Lynx/2.9' }

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

describe('what a school gets of a lead', () => {
  it('is all that the visitor said, where the lead came from, and what it was sold by, at every door', async () => {
    const { email } = await deliverLead()
    const { data } = parseLastEvent()
    const expected = { ...visitor, page, careerSlug: 'health-record-technician', campaignId: 'tall-grass-tx' }
    expect(data).toMatchObject({ ...expected, priceCents: 4500 })
    expect(await readAsSchool(data)).toMatchObject({ event: { data: expected } })
    for (const text of ['27', '3.41', 'click-77310', 'news', page.url, page.referrer, '$45.00', 'bay-shore-tx'])
      expect(email).toContain(text)
  })

  it('has IP address and browser by the campaign only', async () => {
    const without = await deliverLead()
    expect(`${without.body}${without.email}`).not.toMatch(/198\.51|Lynx/)
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, sendIpAndUserAgent: true }))
    const informed = await deliverLead(2)
    expect(parseLastEvent().data.consent).toMatchObject(device)
    expect(informed.email).not.toMatch(/198\.51|Lynx/)
    await putRecord(system.api, 'campaigns', 'bay-shore-tx', bayShoreCampaign({ sendIpAndUserAgent: true }))
    expect((await deliverLead(3)).email).toMatch(/198\.51\.100\.23[\s\S]*Lynx/)
  })

  it('can be named in a shape of its own', async () => {
    const fields = { age: '{{ age }}', ip: '{{ consent.ip }}', sub: '{{ subIds.sub1 }}', url: '{{ page.url }}' }
    const endpoint = { ...aCampaign().endpoint, request: { format: 'json', fields } }
    const putShape = (more: object) =>
      putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, endpoint, ...more }))
    await putShape({})
    const withoutIp = { age: 27, sub: 'click-77310', url: page.url }
    expect(JSON.parse((await deliverLead()).body)).toEqual(withoutIp)
    await putShape({ sendIpAndUserAgent: true })
    expect(JSON.parse((await deliverLead(2)).body)).toEqual({ ...withoutIp, ip: device.ip })
  })

  it('is redacted if the school repeats it', async () => {
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ priority: 1, sendIpAndUserAgent: true }))
    system.api.webhooks.respond = () =>
      webhookResponse(200, `Got ${device.ip} ${device.userAgent} click-77310 ${page.url}`)
    await deliverLead()
    const { deliveryId } = parseLastEvent().data
    const log = await system.api.createDependencies('operator').deliveries.findWithAttempts(deliveryId)
    const text = JSON.stringify(log?.attemptLog.map(({ response }) => response))
    expect(text).toContain('Got [redacted]')
    expect(text).not.toMatch(/198\.51|Lynx|77310|careers\.example/)
  })

  it('is complete in a test lead, so that the school can test each field', async () => {
    await putRecord(system.api, 'campaigns', 'tall-grass-tx', aCampaign({ sendIpAndUserAgent: true }))
    const headers = { authorization: `Bearer ${await system.api.schoolKey('tall-grass')}` }
    await system.api.call('POST', '/v1/school/test-leads', { headers, body: { campaignId: 'tall-grass-tx' } })
    await deliverDue(system)
    const event = parseLastEvent()
    const { ip, userAgent } = fullSampleLead.data.consent
    expect(event.data).toMatchObject({ age: 27, military: false, priceCents: 0, consent: { ip, userAgent } })
  })
})

/** Sends a lead of a visitor who said all there is to say, and returns what its schools got. */
async function deliverLead(number = 1) {
  const match = await requestMatch(system, visitor)
  const lead = aLead(match, number, { ...visitor, page })
  const response = await system.api.call('POST', '/v1/leads', {
    headers: { 'x-source-key': system.sourceKey, 'idempotency-key': `whole-${number}`, 'user-agent': device.userAgent },
    body: lead,
    ip: device.ip,
  })
  expect(response.status).toBe(201)
  await deliverDue(system)
  return { body: getLastBody(), email: system.api.mailbox.messages.at(-1)?.text ?? '' }
}

const getLastBody = () => system.api.webhooks.requests.at(-1)?.body ?? ''
const parseLastEvent = () => leadCreated.parse(JSON.parse(getLastBody()))

async function readAsSchool({ deliveryId }: { deliveryId: string }) {
  const headers = { authorization: `Bearer ${await system.api.schoolKey('tall-grass')}` }
  return (await system.api.call('GET', `/v1/school/deliveries/${deliveryId}`, { headers })).body
}
