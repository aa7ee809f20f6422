import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { createLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'personal data in the console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('finds the leads of a person by email without storing the email in the address', async () => {
    const { leadId, contact } = await createLead(host)
    await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/leads', 'Leads')
    await staff.page.getByLabel('Find a person’s leads').fill(contact.email)
    await staff.press('Find')
    const results = staff.page.getByRole('region', { name: 'Leads of this person, all days' })
    await results.getByText(leadId).waitFor()
    await expect.poll(() => results.getByRole('row').count()).toBe(2)
    expect(staff.page.url()).not.toContain('mail.example')
  })

  it('masks contact info until staff give a reason, shows it on that page only, and records who viewed it', async () => {
    const { leadId, contact } = await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo(`/leads/${leadId}`, 'Lead received')
    expect(await staff.page.content()).not.toContain(contact.email)
    await staff.press('Show contact info')
    await staff.press('Show contact info')
    await staff.waitForText('Enter a reason, such as')
    await staff.page.getByLabel('Reason for viewing').fill('She is on the phone')
    await staff.press('Show contact info')
    await staff.waitForText(contact.email)
    await staff.page.reload()
    await staff.page.getByText(/^Viewed once/).click()
    await staff.waitForText('“She is on the phone”')
    expect(await staff.page.content()).not.toContain(contact.email)
  })

  it('deletes personal data by email and by lead, after a confirmation', async () => {
    const { leadId, contact } = await createLead(host)
    const other = await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/erasures', 'Deletion requests')
    await staff.press('Delete personal data')
    await staff.waitForText('Enter a valid email address or a 10-digit phone number.')
    await staff.page.getByLabel('Email or phone').fill(contact.email)
    await staff.press('Delete personal data')
    await staff.press('Cancel')
    await staff.press('Delete personal data')
    await staff.press('Delete permanently')
    await staff.page.getByRole('heading', { level: 1, name: 'Deletion request', exact: true }).waitFor()
    await staff.waitForText('Personal data deleted.')
    expect(await staff.page.content()).not.toContain(contact.email)

    await staff.goTo(`/leads/${leadId}`, 'Lead received')
    await staff.waitForText('Personal data was deleted on')
    await staff.goTo(`/leads/${other.leadId}`, 'Lead received')
    await staff.press('Delete personal data')
    await staff.press('Delete permanently')
    await staff.waitForText('Personal data deleted.')
  })

  it('exports masked contact info unless staff give a reason', async () => {
    const { contact } = await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/leads', 'Leads')
    await staff.page.getByText('Export as CSV').click()
    const download = async () => {
      const file = staff.page.waitForEvent('download')
      await staff.press('Download CSV')
      return readFile(await (await file).path(), 'utf8')
    }
    expect(await download()).not.toContain(contact.email)
    await staff.page.getByLabel('Contact info').selectOption({ label: 'Unmasked' })
    await staff.press('Download CSV')
    await staff.waitForText('Enter a reason for viewing contact info.')
    await staff.page.getByLabel('Reason for viewing').fill('Audit of November')
    expect(await download()).toContain(contact.email)
  })
})
