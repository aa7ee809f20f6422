import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { createLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the search of the console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('opens by a slash on any page and leads to a record or a page by the beginning of its name', async () => {
    await using staff = await openConsole(browser, host)
    const { page, goTo, follow } = staff
    await goTo('/reports', 'Reports')
    await page.keyboard.press('/')
    await page.getByRole('searchbox', { name: 'Search' }).fill('lone pr')
    await page.getByRole('dialog').getByRole('link', { name: 'Lone Prairie College' }).click()
    await page.getByRole('heading', { level: 1, name: 'Lone Prairie College' }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await staff.press('Search')
    await page.getByRole('searchbox', { name: 'Search' }).fill('supp')
    await page.getByRole('dialog').getByRole('link', { name: 'Suppressions' }).waitFor()
    await page.getByRole('searchbox', { name: 'Search' }).fill('xyz')
    await staff.waitForText('Nothing found.')
    await page.getByRole('searchbox', { name: 'Search' }).fill('api k')
    await follow('API keys')
    await page.getByRole('heading', { level: 1, name: 'API keys' }).waitFor()
  })

  it('searches for a person only on request, and leaves no contact details in the address', async () => {
    const { leadId, contact } = await createLead(host)
    await using staff = await openConsole(browser, host)
    const { page, goTo, press } = staff
    await goTo('/', 'Overview')
    const searches: string[] = []
    page.on('request', (request) => request.url().includes('lead-searches') && searches.push(request.url()))
    await press('Search')
    await page.getByRole('searchbox', { name: 'Search' }).fill(contact.email)
    await page.getByRole('button', { name: 'Find leads of this person' }).waitFor()
    expect(searches).toEqual([])
    await press('Find leads of this person')
    await page.getByRole('dialog').locator(`a[href="#/leads/${leadId}"]`).click()
    await page.getByRole('heading', { name: 'Lead received' }).waitFor()
    expect(searches).toHaveLength(1)
    expect(decodeURIComponent(page.url())).not.toContain(contact.email)
  })
})
