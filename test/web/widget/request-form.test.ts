import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { sha256 } from '#shared/platform/digests.ts'
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

  it('sends a lead to a school by keyboard alone', async () => {
    await using visit = await openVisit(browser, host)
    const { page, leads } = visit
    await focusByTab(page, 'ZIP code')
    await page.keyboard.type('78701')
    await focusByTab(page, 'Highest level of education')
    await page.keyboard.type('High')
    await page.keyboard.press('Enter')
    await focusByTab(page, 'Find schools')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'A few questions from the schools' }).waitFor()
    await focusByTab(page, /grade point average/)
    await page.keyboard.type('3.4')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your contact information' }).waitFor()
    const person = createPerson()
    const inputs = {
      'First name': person.firstName,
      'Last name': person.lastName,
      Email: person.email,
      Phone: person.phone,
    }
    for (const [name, value] of Object.entries(inputs)) {
      await focusByTab(page, new RegExp(`^${name}`))
      await page.keyboard.type(value)
    }
    await focusByTab(page, 'I agree')
    await page.keyboard.press('Space')
    await focusByTab(page, 'Request information')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Thanks! We have your request.' }).waitFor()
    await expect.poll(() => page.locator('.names li').allInnerTexts()).toContain('Lone Prairie College')
    await waitUntil(async () => JSON.stringify(await schoolDeliveries(host)).includes(person.email))
    expect(leads).toHaveLength(1)
    await page.getByRole('link', { name: 'Withdraw my agreement' }).click()
    await page.getByRole('button', { name: 'Stop contact from all schools' }).click()
    await page.getByRole('heading', { name: "You're done." }).waitFor()
  })

  it('starts one trace per view of the form, which reaches the school with the lead', async () => {
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

  it('shows the consent text of the match with an unchecked box, and sends its digest and the checked schools', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    const matchResponse = page.waitForResponse(
      async (one) => one.url().endsWith('/v1/matches') && one.request().postData()?.includes('gpa') === true,
    )
    await form.goToContactStep()
    const match = await (await matchResponse).json()
    await expect.poll(() => page.locator('#consent-text').textContent()).toBe(match.disclosure.text)
    await expect.poll(() => form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(false)
    await form.form.getByRole('checkbox', { name: /^Lone Prairie/ }).uncheck()
    const text = String(await page.locator('#consent-text').textContent())
    expect(text).toBe(match.disclosure.text.replace('Lone Prairie College, Inc., ', ''))
    await expect.poll(() => page.locator('#consent-text').getAttribute('aria-live')).toBe('polite')
    await form.agree()
    await form.request()
    await form.thanks()
    const [leadBody] = leads.map(getBody)
    expect(leadBody.consent).toEqual({ granted: true, sha256: sha256(text) })
    expect(leadBody.schoolIds).toHaveLength(match.schools.length - 1)
    expect(await page.locator('.names').innerText()).not.toContain('Lone Prairie')
  })

  it('keeps unchecked schools and contact details when the visitor changes earlier answers', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form } = visit
    await form.goToContactStep()
    const school = () => form.form.getByRole('checkbox', { name: /^Lone Prairie/ })
    await school().uncheck()
    const text = await page.locator('#consent-text').textContent()
    await form.press('Change my answers')
    await form.findSchools()
    await form.press('Continue')
    await form.form.getByRole('heading', { name: 'Your contact information' }).waitFor()
    await expect.poll(() => school().isChecked()).toBe(false)
    await expect.poll(() => page.locator('#consent-text').textContent()).toBe(text)
    await expect.poll(() => form.field('First name').inputValue()).toBe('Ada')
    await expect.poll(() => form.field('Email address').inputValue()).toContain('@')
  })

  it('clears the agreement when a school is added to it, and names no school while none is checked', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form } = visit
    await form.goToContactStep()
    const schools = await form.form.getByRole('checkbox', { name: /: / }).all()
    for (const school of schools) await school.uncheck()
    await expect.poll(() => page.locator('#consent-text').textContent()).toBe('Select at least one school.')
    await form.agree()
    await schools[0]?.check()
    await expect.poll(() => form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(false)
    await schools[1]?.check()
    await form.agree()
    await schools[1]?.uncheck()
    await expect.poll(() => form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(true)
    await expect.poll(() => page.locator('#consent-text').textContent()).toContain(' may contact me')
  })

  it('sends nothing while the agreement is unchecked, and links the error to the box', async () => {
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

  it('shows our own sentence at a field that the API refuses', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form } = visit
    await form.goToContactStep({ ...createPerson(), phone: '964523331' })
    await form.agree()
    await form.request()
    await form.form.getByRole('heading', { name: "There's a problem with your form" }).waitFor()
    const phone = form.field('Phone number')
    await expect.poll(() => phone.getAttribute('aria-invalid')).toBe('true')
    const described = await phone.getAttribute('aria-describedby')
    expect(await page.locator(`#${described}`).innerText()).toBe(
      'Enter a valid 10-digit phone number, like (512) 555-0123',
    )
    await expect.poll(() => form.field('First name').inputValue()).toBe('Ada')
    expect(await visit.events()).toEqual(['ready', 'submit', 'rejected'])
    await phone.fill(createPerson().phone)
    await form.request()
    await form.thanks()
    expect(await visit.events()).toEqual(['ready', 'submit', 'rejected', 'submit', 'accepted'])
    expect(new Set(visit.leads.map(getIdempotencyKey)).size).toBe(1)
  })

  it('shows a new consent text and asks for consent again after the match has expired', async () => {
    await using visit = await openVisit(browser, host)
    const { form } = visit
    await form.goToContactStep()
    await form.form.getByRole('checkbox', { name: /^Lone Prairie/ }).uncheck()
    await form.agree()
    now = new Date(now.getTime() + 3 * 60 * 60 * 1000)
    await form.request()
    await form.form.getByText('Please read the agreement again.').waitFor()
    await expect.poll(() => form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(false)
    await expect.poll(() => form.form.getByRole('checkbox', { name: /^Lone Prairie/ }).isChecked()).toBe(false)
    await expect.poll(() => form.field('First name').inputValue()).toBe('Ada')
    await form.agree()
    await form.request()
    await form.thanks()
  })

  it('says so if no school matches, and asks nothing further', async () => {
    const career = { title: 'Lamplighter', summary: 'Lights lamps.', facts: [], sections: [] }
    await fetch(`${host.urls.api}/v1/ops/careers/lamplighter`, {
      method: 'PUT',
      body: JSON.stringify(career),
      headers: { authorization: `Bearer ${host.keys.operator}`, 'content-type': 'application/json' },
    })
    await using visit = await openVisit(browser, host, '/landing/lamplighter')
    await visit.form.findSchools()
    await visit.form.form.getByRole('heading', { name: 'No matching schools' }).waitFor()
    await visit.form.press('Change my answers')
    await expect.poll(() => visit.form.field('ZIP code').inputValue()).toBe('78701')
  })

  it('requests one program if the page names it', async () => {
    await using visit = await openVisit(
      browser,
      host,
      '/landing/health-record-technician/request?program=lone-prairie-hit-associate',
    )
    await visit.form.findSchools()
    await visit.form.form
      .getByRole('checkbox', { name: /^Lone Prairie College: Associate of Applied Science/ })
      .waitFor()
    await expect.poll(() => visit.form.form.getByRole('checkbox').count()).toBe(2)
  })
})
