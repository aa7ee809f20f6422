import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { startBrowser } from '../start-browser.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'audit in the console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('lists who changed what, filters by record and action, and keeps the filters in the address', async () => {
    await using staff = await openConsole(browser, host, { bypassCSP: true })
    await staff.goTo('/audit', 'Audit')
    await staff.page.getByLabel('Record').fill('campaigns/heron-key-online')
    await staff.page.getByLabel('Record').press('Enter')
    const row = staff.page.getByRole('row', { name: /Created Coding certificate, nationwide, high school graduates/ })
    await row.waitFor()
    await expect.poll(() => staff.page.getByRole('row').count()).toBe(2)
    await row.getByText(/^\d+ fields$/).click()
    await row.getByText('$27.00').waitFor()
    await expectAccessible(staff.page, 'the audit with changes')
    await staff.page.getByLabel('Action').selectOption({ label: 'Deleted' })
    await staff.waitForText('No entries match these filters.')
    expect(staff.page.url()).toContain('record=campaigns%2Fheron-key-online&action=record.deleted')
    await staff.press('Clear filters')
    await staff.page.getByRole('row').nth(5).waitFor()
  })

  it('downloads the filtered entries as CSV', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/audit?record=campaigns/heron-key-online', 'Audit')
    const file = staff.page.waitForEvent('download')
    await staff.press('Download CSV')
    const lines = (await readFile(await (await file).path(), 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('record.created,campaigns,heron-key-online,staff')
  })

  it('shows more entries page by page, none twice', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/audit', 'Audit')
    await expect.poll(() => staff.page.getByRole('row').count()).toBe(51)
    await staff.press('Show more')
    await expect.poll(() => staff.page.getByRole('row').count()).toBeGreaterThan(51)
  })
})
