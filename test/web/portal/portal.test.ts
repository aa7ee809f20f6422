import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createLead } from '../console/create-leads.ts'
import { startBrowser } from '../start-browser.ts'
import { createStaff, openPortal } from './open-portal.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
const school = 'lone-prairie-college'

describeUnless(missing, 'school portal', () => {
  let host: Host
  let hash: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    hash = await createStaff(host).createSchoolKey(school)
  })
  afterAll(() => host.close())

  /** Opens the newest lead of the school after its delivery. */
  const openNewestLead = async () => {
    const lead = await createLead(host)
    const officer = await openPortal(browser, host, { hash })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.waitForText('204, accepted by your system')
    return { lead, officer }
  }

  it('signs in by the link that npm start prints', async () => {
    await using officer = await openPortal(browser, host, { hash: `#key=${host.keys.school}` })
    await officer.page.getByRole('heading', { level: 1, name: 'Lone Prairie College' }).waitFor()
  })

  it('signs in by a single-use link only after a click, and removes the link from the address', async () => {
    const link = await createStaff(host).createSchoolLink(school)
    await using scanner = await openPortal(browser, host, { hash: link })
    await scanner.waitForText('This link signs you in.')
    await using officer = await openPortal(browser, host, { hash: link })
    expect(officer.page.url()).toBe(`${host.urls.portal}#/`)
    await officer.press('Sign in')
    await officer.page.getByRole('heading', { level: 1, name: 'Lone Prairie College' }).waitFor()
    await using other = await openPortal(browser, host, { hash: link })
    await other.press('Sign in')
    await other.waitForText('This link was already used.')
    await other.press('Sign in with a key instead')
    await other.page.getByLabel('Access key').waitFor()
  })

  it('says that an incomplete link is incomplete', async () => {
    await using officer = await openPortal(browser, host, { hash: '#link=' })
    await officer.press('Sign in')
    await officer.waitForText('This link is incomplete.')
  })

  it('shows contact, consent and delivery of the newest lead, and saves a status', async () => {
    const { officer, lead } = await openNewestLead()
    await using _ = officer
    await officer.page.getByRole('heading', { level: 1, name: lead.contact.firstName }).waitFor()
    await officer.page.getByRole('link', { name: lead.contact.email }).waitFor()
    await officer.page.getByRole('link', { name: lead.contact.phone }).waitFor()
    await officer.waitForText(lead.disclosure)
    await officer.page.getByRole('combobox', { name: 'Status' }).selectOption('applied')
    await officer.page.getByLabel('Note (optional)').fill('Starts in\nJanuary.')
    await officer.press('Save status')
    await officer.waitForText('Saved.')
    await officer.waitForText('“Starts in January.”')
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByLabel('Status', { exact: true }).selectOption('applied')
    await officer.page.getByRole('cell', { name: /^Applied/ }).waitFor()
    await officer.page.getByLabel('Status', { exact: true }).selectOption('enrolled')
    await officer.waitForText('No leads match these filters.')
  })

  it('links from what needs attention to the filtered leads', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.goTo('/', 'Lone Prairie College')
    await officer.page.getByRole('link', { name: /without a status$/ }).click()
    await officer.page.getByRole('heading', { level: 1, name: 'Your leads' }).waitFor()
    await officer.page
      .getByRole('row', { name: /Delivered/ })
      .first()
      .waitFor()
    expect(await officer.page.getByRole('cell', { name: /^Applied/ }).count()).toBe(0)
    await officer.page.getByLabel('Delivery').selectOption('dead')
    await officer.waitForText('No leads match these filters.')
    await officer.press('Clear filters')
    await officer.page
      .getByRole('row', { name: /Delivered/ })
      .first()
      .waitFor()
  })

  it('saves one status for a double click', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.page.getByRole('combobox', { name: 'Status' }).selectOption('contacted')
    await officer.page.getByRole('button', { name: 'Save status' }).dblclick()
    const dispositions = officer.page.getByRole('list', { name: 'Status history' }).getByRole('listitem')
    await dispositions.first().waitFor()
    await officer.page.reload()
    await dispositions.first().waitFor()
    expect(await dispositions.count()).toBe(1)
  })

  it('saves one status when the response is lost and the button is pressed again', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.page.route('**/dispositions', async (route) => {
      await route.fetch()
      await route.abort()
      await officer.page.unroute('**/dispositions')
    })
    await officer.page.getByRole('combobox', { name: 'Status' }).selectOption('contacted')
    await officer.press('Save status')
    await officer.waitForText('We can’t reach the server.')
    await officer.press('Save status')
    await officer.waitForText('Saved.')
    const dispositions = officer.page.getByRole('list', { name: 'Status history' }).getByRole('listitem')
    await dispositions.first().waitFor()
    await expect.poll(() => dispositions.count()).toBe(1)
  })

  it('shows what is wrong with a status at its field', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.press('Save status')
    await officer.page.getByRole('combobox', { name: 'Status' }).and(officer.page.locator('[aria-invalid]')).waitFor()
    await officer.page.getByRole('combobox', { name: 'Status' }).selectOption('contacted')
    await officer.page.getByLabel('Date (optional)').fill('2099-01-01T10:00')
    await officer.press('Save status')
    await officer.page.getByLabel('Date (optional)').and(officer.page.locator('[aria-invalid]')).waitFor()
    await officer.waitForText('Enter a date that isn’t in the future')
  })

  it('resends a lead and shows the new attempt', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.press('Resend')
    await officer.press('Resend lead')
    await officer.waitForText('Attempt 2:')
  })

  it('opens a lead that the school’s system does not accept after asking, and reports it as late on the start page', async () => {
    await createStaff(host).misdirect('lone-prairie-texas')
    const { contact } = await createLead(host)
    await using officer = await openPortal(browser, host, { hash })
    await officer.page.getByRole('heading', { name: 'Needs your attention' }).waitFor()
    await officer.page.clock.setSystemTime(Date.now() + 10 * 60_000)
    await officer.press('Refresh')
    await officer.page.getByRole('link', { name: '1 lead late' }).click()
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.page.getByRole('heading', { name: 'Not opened yet' }).waitFor()
    await officer.waitForText('404, not accepted by your system')
    expect(await officer.page.getByText(contact.email).count()).toBe(0)
    await officer.follow('Back to filtered leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.press('Open this lead')
    await officer.page.getByRole('button', { name: /^Open for \$/ }).click()
    await officer.page.getByRole('link', { name: contact.email }).waitFor()
    await officer.follow('Back to filtered leads')
    await officer.waitForText('No leads match these filters.')
  })
})
