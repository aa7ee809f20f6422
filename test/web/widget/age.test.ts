import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { listLeads, readLead } from '#shared/contract/capture/leads.ts'
import { createClient } from '#shared/contract/client.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { getBody, openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'
import { createPerson } from './form-page.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

const tooYoung = "We can't send requests for people your age. A parent or guardian can contact the schools for you."
let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
  const headers = { authorization: `Bearer ${host.keys.operator}`, 'content-type': 'application/json', 'if-match': '*' }
  const body = JSON.stringify({ name: 'Sample', mode: 'live', abuse: 'observe', minimumAge: 18 })
  const response = await fetch(`${host.urls.api}/v1/ops/sources/sample-landing-page`, { method: 'PUT', headers, body })
  expect(response.status).toBe(200)
})
afterAll(() => host.close())

describeUnless(missing, 'the widget of a source with a minimum age', () => {
  it('asks the age in the first step, and shows no contact fields to someone younger', async () => {
    await using visit = await openVisit(browser, host)
    const { form } = visit
    await form.field('Age').fill('15')
    await form.findSchools()
    await form.form.getByRole('link', { name: tooYoung }).waitFor()
    expect(await form.field('First name').count()).toBe(0)
    await form.field('Age').fill('18')
    await form.press('Find schools')
    await form.answerQuestions()
    await form.fillContact(createPerson())
    await form.agree()
    await form.request()
    await form.thanks()
    expect(visit.leads.map((request) => getBody(request).age)).toEqual(['18'])
  })

  it('passes on the privacy signal of the browser', async () => {
    const script = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"
    await using visit = await openVisit(
      browser,
      host,
      '/landing/health-record-technician?gclid=Cj0KCQiAclick',
      {},
      script,
    )
    const { form } = visit
    await form.field('Age').fill('40')
    await form.goToContactStep()
    await form.agree()
    await form.request()
    await form.thanks()
    const call = createStaffClient()
    const { body: list } = await call(listLeads, { query: { limit: 1 } })
    const { body } = await call(readLead, { params: { leadId: list?.leads[0]?.leadId ?? '' } })
    expect(body).toMatchObject({ globalPrivacyControl: true, age: 40 })
    expect(JSON.stringify(body)).not.toContain('Cj0KCQiAclick')
  })
})

it('asks the age in the form without script once it is needed, and shows no contact fields to someone younger', async () => {
  const first = { step: 'find', '/zip': '78701', '/education/highestLevel': 'high-school-diploma' }
  const firstPage = await post(first)
  expect([firstPage.status, firstPage.text.includes('Enter your age.')]).toEqual([422, true])
  const refused = await post({ ...first, '/age': '17' })
  expect(refused.text).toContain(tooYoung.replaceAll("'", '&#39;'))
  expect(refused.text).not.toContain('name="/contact/firstName"')
  const taken = await post({ ...first, '/age': '18' })
  expect([taken.status, taken.text.includes('name="/contact/firstName"')]).toEqual([200, true])
  expect(taken.text).toContain('name="/age" value="18"')
})

function createStaffClient() {
  return createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
}

async function post(fields: { [name: string]: string }) {
  const response = await fetch(`${host.urls.landing}/request`, {
    method: 'POST',
    headers: { origin: host.urls.api, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    redirect: 'manual',
  })
  return { status: response.status, text: await response.text() }
}
