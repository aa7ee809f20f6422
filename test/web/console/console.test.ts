import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { createLead, createQuarantinedLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('lets in by the link that the start prints, and keeps the key out of the address', async () => {
    await using staff = await openConsole(browser, host)
    await staff.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    expect(staff.page.url()).not.toContain(host.keys.operator)
    await staff.goTo('/keys', 'Keys')
    expect(await staff.page.title()).toBe('Set-up · Prospectus console')
  })

  it('asks again where the key is wrong, and lets in with the right one', async () => {
    await using staff = await openConsole(browser, { ...host, keys: { ...host.keys, operator: 'ok_wrong' } })
    await staff.waitForText('The key is mistyped or no longer valid.')
    await staff.page.getByLabel('Staff key').fill(host.keys.operator)
    await staff.press('Sign in')
    await staff.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  })

  it('leads from the list to the story of a lead: what was agreed to, who got it, and why others did not', async () => {
    const { leadId, disclosure, schools } = await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/leads', 'Leads')
    await staff.page.locator('tr', { hasText: leadId }).getByRole('link').click()
    await staff.waitForText(disclosure)
    for (const { name } of schools) await staff.page.getByRole('heading', { level: 2, name }).waitFor()
    await staff.page.getByRole('heading', { name: /^Why not/ }).waitFor()
    await staff.waitForText('The campaign is paused.')
  })

  it('sends a delivery once more, and shows that it did', async () => {
    const { leadId } = await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo(`/leads/${leadId}`, 'Lead of')
    await staff.waitForText('The school answered with status 204')
    await staff.page.getByRole('button', { name: 'Send again' }).first().click()
    await staff.press('Send it again')
    await staff.waitForText('Attempt 2')
  })

  it('lets a lead out of the quarantine', async () => {
    const leadId = await createQuarantinedLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/quarantine', 'Quarantine')
    await staff.waitForText('A field was filled in that no visitor sees.')
    await staff.page.getByRole('table').getByRole('link').first().click()
    await staff.waitForText(leadId)
    await staff.press('Release')
    await staff.waitForText('Was kept back, and released by staff')
    await staff.goTo('/quarantine', 'Quarantine')
    await staff.waitForText('Nothing is kept back.')
  })

  it('explains which schools a visitor would see who has not come yet, and keeps the question in the address', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/why', 'Why not this school?')
    await staff.page.getByLabel('Career').selectOption({ label: 'Health Record Technician' })
    await staff.page.getByLabel('ZIP code').fill('78701')
    await staff.press('Explain')
    await staff.page.getByRole('heading', { level: 2, name: 'campaigns would be shown' }).waitFor()
    await staff.waitForText('CAMPAIGN_INACTIVE')
    await staff.page.reload()
    await staff.waitForText('CAMPAIGN_INACTIVE')
    await staff.page.getByLabel('ZIP code').fill('787')
    await staff.press('Explain')
    await staff.waitForText('must be a ZIP code of five digits')
  })

  it('counts what a replay of many would send before it offers to send it', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/deliveries?state=delivered', 'Deliveries')
    await staff.press('Count')
    const replay = staff.page.getByRole('button', { name: /^Replay \d+ deliver/ })
    await replay.click()
    await staff.press('Replay them')
    await staff.page.getByRole('heading', { level: 1, name: 'Replay' }).waitFor()
    await staff.follow('All replays')
    await staff.waitForText('delivered deliveries of all schools')
  })
})
