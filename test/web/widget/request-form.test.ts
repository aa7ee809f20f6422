import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { schoolDeliveries } from '#test/journey/local-json.ts'
import { waitUntil } from '#test/local/wait-until.ts'
import { focusByTab } from '../focus-by-tab.ts'
import { getBody, getFocusedId, getIdempotencyKey, openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'
import { createPerson } from './form-page.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the request form in a browser', () => {
  let host: Host
  let now = new Date()
  beforeAll(async () => {
    host = await startHost({ port: 0, now: () => now })
  })
  afterAll(() => host.close())

  it('brings a lead to a school by keyboard alone', async () => {
    await using visit = await openVisit(browser, host)
    const { page, leads } = visit
    await focusByTab(page, 'ZIP code')
    await page.keyboard.type('78701')
    await focusByTab(page, 'Highest level of education')
    await page.keyboard.type('High')
    await page.keyboard.press('Enter')
    await focusByTab(page, 'Find schools')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'What the schools would like to know' }).waitFor()
    await focusByTab(page, /grade point average/)
    await page.keyboard.type('3.4')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'How the schools can reach you' }).waitFor()
    const person = createPerson()
    const inputs = {
      'First name': person.firstName,
      'Last name': person.lastName,
      'E-mail': person.email,
      Phone: person.phone,
    }
    for (const [name, value] of Object.entries(inputs)) {
      await focusByTab(page, new RegExp(`^${name}`))
      await page.keyboard.type(value)
    }
    await focusByTab(page, 'I agree to this')
    await page.keyboard.press('Space')
    await focusByTab(page, 'Request information')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Thank you: your request is on its way' }).waitFor()
    expect(await page.locator('.names li').allInnerTexts()).toContain('Lone Prairie College')
    await waitUntil(async () => JSON.stringify(await schoolDeliveries(host)).includes(person.email))
    expect(leads).toHaveLength(1)
  })

  it('gives each view of the form a trace, which reaches the school with the lead', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    const matchRequest = page.waitForRequest((one) => one.url().endsWith('/v1/matches') && one.method() === 'POST')
    const person = createPerson()
    await form.goToContactStep(person)
    await form.agree()
    await form.request()
    await form.thanks()
    const received = await waitUntil(async () =>
      (await schoolDeliveries(host)).find(({ body }) => JSON.stringify(body).includes(person.email)),
    )
    const [matchTrace, leadTrace] = [await matchRequest, leads[0]].map(
      (one) => one?.headers().traceparent?.split('-') ?? [],
    )
    const deliveryTrace = received.traceparent.split('-')
    expect(deliveryTrace[1]).toMatch(/^[\da-f]{32}$/)
    expect([matchTrace?.[1], leadTrace?.[1]]).toEqual([deliveryTrace[1], deliveryTrace[1]])
    expect(new Set([matchTrace?.[2], leadTrace?.[2], deliveryTrace[2]]).size).toBe(3)
  })

  it('shows the very consent text of the match, ticked by nobody, and sends its digest and the ticked schools', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    const matchResponse = page.waitForResponse(
      async (one) => one.url().endsWith('/v1/matches') && one.request().postData()?.includes('gpa') === true,
    )
    await form.goToContactStep()
    const match = await (await matchResponse).json()
    expect(await page.locator('#consent-text').textContent()).toBe(match.disclosure.text)
    expect(await form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(false)
    await form.form.getByRole('checkbox', { name: /^Lone Prairie/ }).uncheck()
    await form.agree()
    await form.request()
    await form.thanks()
    const [leadBody] = leads.map(getBody)
    expect(leadBody.consent).toEqual({ granted: true, sha256: match.disclosure.sha256 })
    expect(leadBody.schoolIds).toHaveLength(match.schools.length - 1)
    expect(await page.locator('.names').innerText()).not.toContain('Lone Prairie')
  })

  it('sends nothing while the agreement is not ticked, and says so at the box', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    await form.goToContactStep()
    await form.request()
    expect(await getFocusedId(page)).toBe('summary')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await getFocusedId(page)).toBe('field-consent-granted')
    expect(leads).toEqual([])
  })

  it('says beside the field what the API has against it', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form } = visit
    await form.goToContactStep({ ...createPerson(), phone: '964523331' })
    await form.agree()
    await form.request()
    await form.form.getByRole('heading', { name: 'One thing needs your attention' }).waitFor()
    const phone = form.field('Phone number')
    expect(await phone.getAttribute('aria-invalid')).toBe('true')
    const described = await phone.getAttribute('aria-describedby')
    expect(await page.locator(`#${described}`).innerText()).toBe(
      'Phone number must be a phone number that exists, such as (512) 789-1111.',
    )
    expect(await form.field('First name').inputValue()).toBe('Ada')
    expect(await visit.events()).toEqual(['ready', 'submit', 'rejected'])
    await phone.fill(createPerson().phone)
    await form.request()
    await form.thanks()
    expect(await visit.events()).toEqual(['ready', 'submit', 'rejected', 'submit', 'accepted'])
    expect(new Set(visit.leads.map(getIdempotencyKey)).size).toBe(1)
  })

  it('shows a new text, to be agreed to anew, when the old one has expired', async () => {
    await using visit = await openVisit(browser, host)
    const { form } = visit
    await form.goToContactStep()
    await form.agree()
    now = new Date(now.getTime() + 3 * 60 * 60 * 1000)
    await form.request()
    await form.form.getByText('Please read the agreement again.').waitFor()
    expect(await form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(false)
    await form.agree()
    await form.request()
    await form.thanks()
  })

  it('says so where no school would take the visitor, and asks nothing further', async () => {
    const career = { title: 'Lamplighter', summary: 'Lights lamps.', facts: [], sections: [] }
    await fetch(`${host.urls.api}/v1/ops/careers/lamplighter`, {
      method: 'PUT',
      body: JSON.stringify(career),
      headers: { authorization: `Bearer ${host.keys.operator}`, 'content-type': 'application/json' },
    })
    await using visit = await openVisit(browser, host, '/landing/lamplighter')
    await visit.form.findSchools()
    await visit.form.form.getByRole('heading', { name: 'No school matches' }).waitFor()
    await visit.form.press('Change my answers')
    expect(await visit.form.field('ZIP code').inputValue()).toBe('78701')
  })

  it('asks for one program where a page names it', async () => {
    await using visit = await openVisit(
      browser,
      host,
      '/landing/health-record-technician/request?program=lone-prairie-hit-associate',
    )
    await visit.form.findSchools()
    await visit.form.form
      .getByRole('checkbox', { name: /^Lone Prairie College: Associate of Applied Science/ })
      .waitFor()
    expect(await visit.form.form.getByRole('checkbox').count()).toBe(2)
  })
})
