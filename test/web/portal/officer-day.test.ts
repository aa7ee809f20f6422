import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createLead } from '../console/create-leads.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { startBrowser } from '../start-browser.ts'
import { openPortal } from './open-portal.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, "an officer's day in the portal", () => {
  let host: Host
  let hash: string
  beforeAll(async () => {
    host = await startHost({ port: 0, sampleWeek: true })
    hash = `#key=${host.keys.school}`
  })
  afterAll(() => host.close())

  const openLeads = async () => {
    const officer = await openPortal(browser, host, { hash })
    await officer.goTo('/leads', 'Your leads')
    const rows = officer.page.getByRole('row').filter({ has: officer.page.getByRole('checkbox') })
    await rows.first().waitFor()
    return { officer, rows }
  }

  it('sets a status in two clicks from the list, and undoes it', async () => {
    const { officer } = await openLeads()
    await using _ = officer
    const { page } = officer
    await page.getByRole('button', { name: /^No status yet/ }).click()
    const setStatus = page.getByRole('button', { name: /^Set status for/ }).first()
    const name = (await setStatus.getAttribute('aria-label'))?.replace('Set status for ', '') ?? ''
    await setStatus.click()
    await expectAccessible(page, 'choice of a status')
    await page.getByRole('button', { name: 'Contacted' }).click()
    await page.getByText(`${name}: Contacted.`).waitFor()
    await page.getByRole('button', { name: `Set status for ${name}` }).waitFor({ state: 'detached' })
    await officer.press('Undo')
    await page.getByText(`${name}: undone.`).waitFor()
    await page
      .getByRole('button', { name: `Set status for ${name}` })
      .first()
      .waitFor()
    await page.reload()
    await page
      .getByRole('button', { name: `Set status for ${name}` })
      .first()
      .waitFor()
  })

  it('undoes a status on the page of the lead, too', async () => {
    const { officer, rows } = await openLeads()
    await using _ = officer
    const { page } = officer
    await rows.nth(2).getByRole('link').first().click()
    const history = page.getByRole('list', { name: 'Status history' }).getByRole('listitem')
    await page.getByRole('heading', { name: 'Status', exact: true }).waitFor()
    const before = await history.count()
    await page.getByRole('combobox', { name: 'Status' }).selectOption('interviewed')
    await officer.press('Save status')
    await expect.poll(() => history.count()).toBe(before + 1)
    await officer.press('Undo')
    await page.getByText('Undone.', { exact: true }).waitFor()
    await expect.poll(() => history.count()).toBe(before)
  })

  it('searches, saves a filter, and is back at the same list after a lead', async () => {
    const { officer, rows } = await openLeads()
    await using _ = officer
    const { page } = officer
    const all = await rows.count()
    const phone = await page.locator('a[href^="tel:"]').nth(3).innerText()
    await page.getByLabel('Search').fill(phone)
    await expect.poll(() => rows.count()).toBe(1)
    await officer.press('Save this filter')
    await page.getByLabel('Name of the filter').fill('That one')
    await officer.press('Save')
    await rows.getByRole('link').first().click()
    await officer.follow('Back to filtered leads')
    await expect.poll(() => rows.count()).toBe(1)
    await officer.press('Clear filters')
    await expect.poll(() => rows.count()).toBe(all)
    await page.reload()
    await page.getByRole('link', { name: 'That one' }).click()
    await expect.poll(() => rows.count()).toBe(1)
  })

  it('goes from lead to lead by link and by Alt and an arrow key', async () => {
    const { officer, rows } = await openLeads()
    await using _ = officer
    const { page } = officer
    const names = await rows.locator('td:nth-child(2) a').allInnerTexts()
    await rows.getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: names[0] ?? '' }).waitFor()
    await officer.follow('Next lead')
    await page.getByRole('heading', { level: 1, name: names[1] ?? '' }).waitFor()
    await page.keyboard.press('Alt+ArrowDown')
    await page.getByRole('heading', { level: 1, name: names[2] ?? '' }).waitFor()
    await page.keyboard.press('Alt+ArrowUp')
    await page.getByRole('heading', { level: 1, name: names[1] ?? '' }).waitFor()
  })

  it('exports the selected leads, and imports their statuses after a preview', async () => {
    const { officer, rows } = await openLeads()
    await using _ = officer
    const { page } = officer
    for (const index of [5, 6]) await rows.nth(index).getByRole('checkbox').check()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export 2 selected as CSV' }).click(),
    ])
    const csv = readFileSync(await download.path(), 'utf8')
    expect(csv.split('\r\n')).toHaveLength(4)
    expect(csv).toMatch(/,\(\d{3}\) 555-01\d\d,/)
    const file = join(tmpdir(), `statuses-${process.pid}.csv`)
    const [, first = '', second = ''] = csv.split('\r\n')
    const [firstId, secondId] = [first, second].map((line) => line.split(',')[0])
    writeFileSync(file, `Lead ID,Status\n${firstId},Applied\n${secondId},Gone fishing\n`)
    await officer.follow('Update statuses from a file')
    await page.getByLabel('CSV file').setInputFiles(file)
    await page.getByText('Ready to save: 1. Rows with errors, which will be skipped: 1.').waitFor()
    await page.getByText('This isn’t a status.').waitFor()
    await expectAccessible(page, 'preview of statuses')
    await officer.press('Save 1 statuses')
    await page.getByText('Saved: 1.').waitFor()
  })

  it('shows results by week and campaign, returns with the person, and all of it is accessible', async () => {
    const { officer } = await openLeads()
    await using _ = officer
    const { page } = officer
    await expectAccessible(page, 'list of leads')
    await officer.goTo('/results', 'Results')
    await page.getByRole('row', { name: /^Total/ }).waitFor()
    await page.getByRole('row', { name: /^Associate degree, Texas/ }).waitFor()
    await expectAccessible(page, 'results')
    await officer.goTo('/returns', 'Returns')
    await page
      .getByRole('link', { name: /^[A-Z]\w+ [A-Z]/ })
      .first()
      .waitFor()
    await expectAccessible(page, 'returns')
  })

  it('shows a new lead without a reload', async () => {
    const { officer, rows } = await openLeads()
    await using _ = officer
    const before = await rows.count()
    await createLead(host)
    await officer.page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
    await expect.poll(() => rows.count()).toBe(before + 1)
  })
})
