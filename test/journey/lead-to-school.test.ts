import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { listSchools, readCareer } from '#shared/contract/catalog/catalog.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { client } from '#shared/contract/client.ts'
import { readLead } from '#shared/contract/operator.ts'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import { eventually } from '#test/local/eventually.ts'
import { inboxMessages, schoolDeliveries } from './local-json.ts'
import { visitor } from './visitor.ts'

let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(() => host.close())

describe('a lead', () => {
  it('goes from the career page to every school that its consent named, and staff can read the whole story', async () => {
    const page = visitor(host)
    const params = { slug: 'health-record-technician' }
    const career = await page.call(readCareer, { params })
    expect(career.body?.facts.length).toBeGreaterThan(0)
    const listing = await page.call(listSchools, { params })
    expect(listing.body?.page).toMatchObject({ number: 1, next: 2 })
    expect(listing.body?.disclosure.text).toContain('pay to be listed')

    const match = await page.match()
    for (const { name } of match.schools) expect(match.disclosure.text).toContain(name)
    const form = page.form(match)
    const sent = await page.send(form, 'form-1')
    const receipt = sent.body
    expect(receipt).toMatchObject({ outcome: 'accepted' })
    const deliveries = receipt?.schools ?? []
    const named = match.schools.map(({ schoolId }) => schoolId)
    expect(named).toEqual(expect.arrayContaining(deliveries.map(({ schoolId }) => schoolId)))
    const again = await page.send(form, 'form-1')
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([sent.text, 'true'])

    const story = await settledStory(receipt?.leadId ?? '')
    expect(story.deliveries.map(({ state }) => state)).toEqual(deliveries.map(() => 'delivered'))
    expect(story.deliveries.map(({ attemptLog }) => attemptLog.length)).toEqual(deliveries.map(() => 1))
    expect(story.consent?.disclosure).toMatchObject({ text: match.disclosure.text, sha256: match.disclosure.sha256 })
    expect(story.decisions[0]?.verdicts.length).toBeGreaterThan(deliveries.length)

    const byWebhook = await schoolDeliveries(host)
    const byMail = await inboxMessages(host)
    const mailed = byMail.map(({ headers }) => headers['X-Prospectus-Delivery-Id'])
    const ids = deliveries.map(({ deliveryId }) => deliveryId)
    expect([...byWebhook.map(({ webhookId }) => webhookId), ...mailed].sort()).toEqual(ids.sort())
    expect([byWebhook.length > 0, mailed.length > 0]).toEqual([true, true])
    for (const { verified, timesSeen, webhookId, schoolId, body } of byWebhook) {
      expect([verified, timesSeen]).toEqual([true, 1])
      const { data } = leadCreated.parse(body)
      expect(data).toMatchObject({ deliveryId: webhookId, contact: { email: form.contact.email } })
      expect(data.school.id).toBe(schoolId)
    }
    for (const { text, html } of byMail)
      expect([text, html]).toEqual([text, html].map(() => expect.stringContaining('Ada')))
  })

  it('reaches a school, program and campaign from the moment that they are written', async () => {
    const page = visitor(host)
    const staff = operator()
    const secret = await secretOf('new-school')
    const written = [
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
    expect(written.map(({ status }) => status)).toEqual([201, 201, 201])

    const match = await page.match()
    expect(match.schools[0]).toMatchObject({ schoolId: 'new-school', name: 'Brand New College' })
    const listed = await page.call(listSchools, {
      params: { slug: 'health-record-technician' },
      query: { pageSize: 50 },
    })
    expect(listed.body?.schools.map(({ schoolId }) => schoolId)).toContain('new-school')
    const { body: receipt } = await page.send(page.form(match, { schoolIds: ['new-school'] }))
    expect(receipt?.schools.map(({ schoolId }) => schoolId)).toEqual(['new-school'])
    const had = await eventually(async () =>
      (await schoolDeliveries(host)).find(({ schoolId }) => schoolId === 'new-school'),
    )
    expect(had).toMatchObject({ verified: true, webhookId: receipt?.schools[0]?.deliveryId })
  })

  it('is not called delivered where the school does not know the signature', async () => {
    const page = visitor(host)
    const endpoint = {
      kind: 'webhook',
      url: `${host.urls.school}/new-school`,
      secret: await secretOf('another-school'),
    } as const
    const terms = { schoolId: 'new-school', programIds: ['new-program'], priceCents: 5000, endpoint }
    await operator()(records.campaigns.put, { params: { id: 'new-campaign' }, body: terms })
    const { body: receipt } = await page.send(page.form(await page.match(), { schoolIds: ['new-school'] }))
    const story = await eventually(async () => {
      const { body } = await operator()(readLead, { params: { leadId: receipt?.leadId ?? '' } })
      return body?.deliveries.every(({ attemptLog }) => attemptLog.length > 0) ? body : undefined
    })
    expect(story.deliveries[0]).toMatchObject({ attemptLog: [{ stage: 'answered', status: 401 }] })
    expect(story.deliveries[0]?.state).not.toBe('delivered')
  })
})

function operator() {
  const headers = { authorization: `Bearer ${host.keys.operator}` }
  return client({ baseUrl: host.urls.api, headers, check: 'answers' })
}

/** As the sample school shows it to whoever wants to send leads there. */
async function secretOf(schoolId: string): Promise<string> {
  const page = await fetch(`${host.urls.school}/${schoolId}`)
  return /whsec_[\w+/=]+/.exec(await page.text())?.[0] ?? ''
}

async function settledStory(leadId: string) {
  return eventually(async () => {
    const { body } = await operator()(readLead, { params: { leadId } })
    return body?.deliveries.every(({ settledAt }) => settledAt !== undefined) ? body : undefined
  })
}
