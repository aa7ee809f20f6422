import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { readLead } from '#shared/contract/capture/leads.ts'
import { listSchools, readCareer } from '#shared/contract/catalog/catalog.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import { waitUntil } from '#test/local/wait-until.ts'
import { createVisitor } from './create-visitor.ts'
import { inboxMessages, schoolDeliveries } from './local-json.ts'

let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(() => host.close())

describe('a lead', () => {
  it('goes from the career page to every school that its consent names, and staff can read its timeline', async () => {
    const page = createVisitor(host)
    const params = { slug: 'health-record-technician' }
    const career = await page.call(readCareer, { params })
    expect(career.body?.facts.length).toBeGreaterThan(0)
    const listing = await page.call(listSchools, { params })
    expect(listing.body?.page).toMatchObject({ number: 1, next: 2 })
    expect(listing.body?.disclosure.text).toContain('pay to be listed')

    const match = await page.match()
    for (const { name } of match.schools) expect(match.disclosure.text).toContain(name)
    const form = page.form(match)
    const response = await page.send(form, 'form-1')
    const receipt = response.body
    expect(receipt).toMatchObject({ outcome: 'accepted' })
    const deliveries = receipt?.schools ?? []
    const matchedSchoolIds = match.schools.map(({ schoolId }) => schoolId)
    expect(matchedSchoolIds).toEqual(expect.arrayContaining(deliveries.map(({ schoolId }) => schoolId)))
    const repeat = await page.send(form, 'form-1')
    expect([repeat.text, repeat.headers.get('idempotency-replayed')]).toEqual([response.text, 'true'])

    const timeline = await waitForSettledTimeline(receipt?.leadId ?? '')
    expect(timeline.deliveries.map(({ state }) => state)).toEqual(deliveries.map(() => 'delivered'))
    expect(timeline.deliveries.map(({ attemptLog }) => attemptLog.length)).toEqual(deliveries.map(() => 1))
    expect(timeline.consent?.disclosure).toMatchObject({ text: match.disclosure.text, sha256: match.disclosure.sha256 })
    expect(timeline.decisions[0]?.verdicts.length).toBeGreaterThan(deliveries.length)

    const byWebhook = await schoolDeliveries(host)
    const byMail = await inboxMessages(host)
    const mailedDeliveryIds = byMail.map(({ headers }) => headers['X-Prospectus-Delivery-Id'])
    const ids = deliveries.map(({ deliveryId }) => deliveryId)
    expect([...byWebhook.map(({ webhookId }) => webhookId), ...mailedDeliveryIds].sort()).toEqual(ids.sort())
    expect([byWebhook.length > 0, mailedDeliveryIds.length > 0]).toEqual([true, true])
    for (const { verified, timesSeen, webhookId, schoolId, body } of byWebhook) {
      expect([verified, timesSeen]).toEqual([true, 1])
      const { data } = leadCreated.parse(body)
      expect(data).toMatchObject({ deliveryId: webhookId, contact: { email: form.contact.email } })
      expect(data.school.id).toBe(schoolId)
    }
    for (const { text, html } of byMail)
      expect([text, html]).toEqual([text, html].map(() => expect.stringContaining('Ada')))
  })

  it('reaches a school, program and campaign as soon as they are written', async () => {
    const page = createVisitor(host)
    const staff = operator()
    const secret = await fetchSchoolSecret('new-school')
    const responses = [
      await staff(records.schools.put, {
        params: { id: 'new-school' },
        body: { name: 'Brand New College', timeZone: 'America/Chicago' },
      }),
      await staff(records.programs.put, {
        params: { id: 'new-program' },
        body: {
          schoolId: 'new-school',
          name: 'Records, Newly Taught',
          careerSlugs: ['health-record-technician'],
          level: 'certificate',
          modality: 'online',
          sponsored: true,
        },
      }),
      await staff(records.campaigns.put, {
        params: { id: 'new-campaign' },
        body: {
          schoolId: 'new-school',
          programIds: ['new-program'],
          priceCents: 5000,
          endpoint: { kind: 'webhook', url: `${host.urls.school}/new-school`, secret },
        },
      }),
    ]
    expect(responses.map(({ status }) => status)).toEqual([201, 201, 201])

    const match = await page.match()
    expect(match.schools[0]).toMatchObject({ schoolId: 'new-school', name: 'Brand New College' })
    const schoolList = await page.call(listSchools, {
      params: { slug: 'health-record-technician' },
      query: { pageSize: 50 },
    })
    expect(schoolList.body?.schools.map(({ schoolId }) => schoolId)).toContain('new-school')
    const { body: receipt } = await page.send(page.form(match, { schoolIds: ['new-school'] }))
    expect(receipt?.schools.map(({ schoolId }) => schoolId)).toEqual(['new-school'])
    const schoolDelivery = await waitUntil(async () =>
      (await schoolDeliveries(host)).find(({ schoolId }) => schoolId === 'new-school'),
    )
    expect(schoolDelivery).toMatchObject({ verified: true, webhookId: receipt?.schools[0]?.deliveryId })
  })

  it('is not delivered if the school refuses the signature', async () => {
    const page = createVisitor(host)
    const endpoint = {
      kind: 'webhook',
      url: `${host.urls.school}/new-school`,
      secret: await fetchSchoolSecret('another-school'),
    } as const
    const terms = { schoolId: 'new-school', programIds: ['new-program'], priceCents: 5000, endpoint }
    const edit = { params: { id: 'new-campaign' }, headers: { 'if-match': '*' }, body: terms }
    expect((await operator()(records.campaigns.put, edit)).status).toBe(200)
    const { body: receipt } = await page.send(page.form(await page.match(), { schoolIds: ['new-school'] }))
    const timeline = await waitUntil(async () => {
      const { body } = await operator()(readLead, { params: { leadId: receipt?.leadId ?? '' } })
      return body?.deliveries.every(({ attemptLog }) => attemptLog.length > 0) ? body : undefined
    })
    expect(timeline.deliveries[0]).toMatchObject({ attemptLog: [{ stage: 'answered', status: 401 }] })
    expect(timeline.deliveries[0]?.state).not.toBe('delivered')
  })
})

function operator() {
  const headers = { authorization: `Bearer ${host.keys.operator}` }
  return createClient({ baseUrl: host.urls.api, headers, check: 'answers' })
}

/** The address that the sample school shows to those who want to send leads to it. */
async function fetchSchoolSecret(schoolId: string): Promise<string> {
  const page = await fetch(`${host.urls.school}/${schoolId}`)
  return /whsec_[\w+/=]+/.exec(await page.text())?.[0] ?? ''
}

async function waitForSettledTimeline(leadId: string) {
  return waitUntil(async () => {
    const { body } = await operator()(readLead, { params: { leadId } })
    return body?.deliveries.every(({ settledAt }) => settledAt !== undefined) ? body : undefined
  })
}
