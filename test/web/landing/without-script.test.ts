import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { schoolDeliveries } from '#test/journey/local-json.ts'
import { waitUntil } from '#test/local/wait-until.ts'
import { openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'
import { createFormPage, createPerson } from '../widget/form-page.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'a visit without JavaScript', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('completes a request from listing to thank-you page, and makes one lead if the form is sent again', async () => {
    await using visit = await openVisit(browser, host, undefined, { javaScriptEnabled: false })
    const { page } = visit
    await page.getByRole('link', { name: 'Next »' }).click()
    await page.getByText('Saltmarsh Bay University').first().waitFor()
    await page
      .getByRole('link', { name: /^Request information: / })
      .first()
      .click()
    await page.getByRole('link', { name: 'Back to Health Record Technician' }).click()

    const form = createFormPage(page)
    await form.findSchools({ zip: '90001' })
    expect(await page.locator('.consent-text').textContent()).toContain(
      'I give my electronic signature and agree that ',
    )
    await expect.poll(() => page.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(false)
    const person = createPerson()
    const last = page.locator('form')
    await last.getByLabel('What was your most recent grade point average?').fill('3.4')
    await last.getByRole('radio', { name: 'Saturdays' }).check()
    await last.getByRole('radio', { name: 'No', exact: true }).check()
    await last.getByLabel('First name').fill(person.firstName)
    await last.getByLabel('Last name').fill(person.lastName)
    await last.getByLabel('Email address').fill(person.email)
    await last.getByLabel('Phone number').fill(person.phone)
    await page.getByRole('checkbox', { name: 'I agree' }).check()
    await page.getByRole('button', { name: 'Request information' }).click()
    await page.getByRole('heading', { name: 'Thanks! We have your request.' }).waitFor()
    const schools = await page.locator('.names li').allInnerTexts()
    expect(schools.length).toBeGreaterThan(0)

    await page.goBack()
    await page.getByRole('checkbox', { name: 'I agree' }).check()
    await page.getByRole('button', { name: 'Request information' }).click()
    await page.getByRole('heading', { name: 'Thanks! We have your request.' }).waitFor()
    await expect.poll(() => page.locator('.names li').allInnerTexts()).toEqual(schools)
    await waitUntil(async () => (await findDeliveries(person.email)).length > 0)
    const leads = (await findDeliveries(person.email)).map(({ body }) => JSON.stringify(body).match(/lead_[\w-]+/)?.[0])
    expect(new Set(leads).size).toBe(1)
  })

  async function findDeliveries(email: string) {
    const deliveries = await schoolDeliveries(host)
    return deliveries.filter(({ body }) => JSON.stringify(body).includes(email))
  }
})
