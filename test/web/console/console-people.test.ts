import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { createLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'people in the console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('are found by their address, which stands nowhere after', async () => {
    const { leadId, contact } = await createLead(host)
    await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/leads', 'Leads')
    await staff.page.getByLabel('Find a person’s leads').fill(contact.email)
    await staff.press('Find')
    const results = staff.page.getByRole('region', { name: 'Leads of this person, of any day' })
    await results.getByText(leadId).waitFor()
    expect(await results.getByRole('row').count()).toBe(2)
    expect(staff.page.url()).not.toContain('mail.example')
  })

  it('are masked until somebody says what for, and then for this page alone; the lead keeps who looked', async () => {
    const { leadId, contact } = await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo(`/leads/${leadId}`, 'Lead of')
    expect(await staff.page.content()).not.toContain(contact.email)
    await staff.press('Reveal')
    await staff.press('Show whose lead it is')
    await staff.waitForText('Say what you need it for')
    await staff.page.getByLabel('What do you need it for?').fill('She is on the phone')
    await staff.press('Show whose lead it is')
    await staff.waitForText(contact.email)
    await staff.page.reload()
    await staff.page.getByText('Looked at once').click()
    await staff.waitForText('(“She is on the phone”)')
    expect(await staff.page.content()).not.toContain(contact.email)
  })

  it('are forgotten by their address, and by a lead of theirs, after one look more', async () => {
    const { leadId, contact } = await createLead(host)
    const other = await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/erasures', 'Erasures')
    await staff.press('Forget this person …')
    await staff.waitForText('Write the e-mail address or the phone number')
    await staff.page.getByLabel('E-mail or phone').fill(contact.email)
    await staff.press('Forget this person …')
    await staff.press('Cancel')
    await staff.press('Forget this person …')
    await staff.press('Forget them')
    await staff.page.getByRole('heading', { level: 1, name: 'Erasure', exact: true }).waitFor()
    await staff.waitForText('Nothing is left here of the person.')
    expect(await staff.page.content()).not.toContain(contact.email)

    await staff.goTo(`/leads/${leadId}`, 'Lead of')
    await staff.waitForText('The person was forgotten')
    await staff.goTo(`/leads/${other.leadId}`, 'Lead of')
    await staff.press('Forget this person …')
    await staff.press('Forget them')
    await staff.waitForText('Nothing is left here of the person.')
  })

  it('are exported masked unless somebody says what for', async () => {
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
    await staff.page.getByLabel('Contacts').selectOption({ label: 'In full' })
    await staff.press('Download CSV')
    await staff.waitForText('Say why you need people’s contact details.')
    await staff.page.getByLabel('What for?').fill('Audit of November')
    expect(await download()).toContain(contact.email)
  })
})
