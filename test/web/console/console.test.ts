import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type * as z from 'zod'
import { type Host, startHost } from '#local/host.ts'
import type { reconciliation } from '#shared/domain/reporting/reconciliation.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { createLead, createQuarantinedLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const program = 'Associate of Applied Science in Health Information Technology'
const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('signs in by the link that npm start prints and removes the key from the address', async () => {
    await using staff = await openConsole(browser, host)
    await staff.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    expect(staff.page.url()).not.toContain(host.keys.operator)
    await staff.goTo('/keys', 'API keys')
    expect(await staff.page.title()).toBe('Setup · Prospectus console')
  })

  it('asks again for a key that is wrong and signs in with the right one', async () => {
    await using staff = await openConsole(browser, { ...host, keys: { ...host.keys, operator: 'ok_wrong' } })
    await staff.waitForText('That key isn’t valid.')
    await staff.page.getByLabel('Staff key').fill(host.keys.operator)
    await staff.press('Sign in')
    await staff.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  })

  it('shows on the timeline of a lead the consent, the schools that got it, and why others did not', async () => {
    const { leadId, disclosure, schools } = await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/leads', 'Leads')
    await staff.page.locator('tr', { hasText: leadId }).getByRole('link').click()
    await staff.waitForText(disclosure)
    for (const { name } of schools) await staff.page.getByRole('heading', { level: 2, name }).waitFor()
    await staff.page.getByRole('heading', { name: /^Why .* not selected$/ }).waitFor()
    await staff.waitForText('The campaign is paused.')
    for (const name of ['Health Record Technician', 'Sample landing page', program, 'Associate degree, Texas'])
      await staff.page.getByRole('definition').getByText(name).first().waitFor()
    await staff.waitForText(`program ${program}`)
  })

  it('names the campaign of each delivery', async () => {
    await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/deliveries?state=delivered', 'Deliveries')
    await staff.page.getByRole('cell', { name: 'Associate degree, Texas' }).first().waitFor()
  })

  it('names the school of each difference, and shows the ID of a school without a name', async () => {
    await using staff = await openConsole(browser, host)
    const body: z.input<typeof reconciliation> = {
      ...{ day: '2026-11-29', until: '2026-11-29T10:00:00.000Z', finishedAt: '2026-11-29T11:00:00.000Z' },
      leads: { received: 2, promised: 2, unpromised: 0 },
      schools: { delivered: 0, inFlight: 0, parked: 0, unmatched: 0, dead: 0, rejected: 0, erased: 0 },
      drift: 2,
      differences: [
        { kind: 'missing-delivery', leadId: 'lead_1', schoolId: 'lone-prairie-college' },
        { kind: 'missing-delivery', leadId: 'lead_1', schoolId: 'closed-college' },
      ],
    }
    await staff.page.route('**/v1/ops/reports/reconciliation?*', (route) => route.fulfill({ json: body }))
    await staff.goTo('/reconciliation?day=2026-11-29', 'Reconciliation')
    await staff.page.getByRole('cell', { name: 'Lone Prairie College', exact: true }).waitFor()
    await staff.page.getByRole('cell', { name: 'closed-college', exact: true }).waitFor()
  })

  it('resends a delivery and shows the new attempt', async () => {
    const { leadId } = await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo(`/leads/${leadId}`, 'Lead received')
    await staff.waitForText('204, accepted by the school’s system')
    await staff.page.getByRole('button', { name: 'Resend' }).first().click()
    await staff.press('Resend lead')
    await staff.waitForText('Attempt 2:')
  })

  it('releases a lead from quarantine', async () => {
    const leadId = await createQuarantinedLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/quarantine', 'Quarantine')
    await staff.waitForText('A hidden field was filled in.')
    await staff.page.getByRole('table').getByRole('link').first().click()
    await staff.waitForText(leadId)
    await staff.press('Release')
    await staff.press('Release lead')
    await staff.waitForText('Held as likely bot, then released by staff')
    await staff.goTo('/quarantine', 'Quarantine')
    await staff.waitForText('No leads in review.')
  })

  it('explains which schools a described visitor would see, and keeps the description in the address', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/explain', 'Explain routing')
    await staff.page.getByLabel('Career').selectOption({ label: 'Health Record Technician' })
    await staff.page.getByLabel('ZIP code').fill('78701')
    await staff.press('Explain')
    await staff.page.getByRole('heading', { level: 2, name: 'campaigns would be shown' }).waitFor()
    await staff.waitForText('The campaign is paused.')
    await staff.page.reload()
    await staff.waitForText('The campaign is paused.')
    await staff.page.getByLabel('ZIP code').fill('787')
    await staff.press('Explain')
    await staff.waitForText('Enter a valid 5-digit ZIP code.')
  })

  it('counts the matching deliveries before it offers a replay', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/deliveries?state=delivered', 'Deliveries')
    await staff.press('Count')
    const replay = staff.page.getByRole('button', { name: /^Replay \d+ deliver/ })
    await replay.click()
    await staff.press('Start replay')
    await staff.page.getByRole('heading', { level: 1, name: 'Replay' }).waitFor()
    await staff.follow('All replays')
    await staff.waitForText('Deliveries with status Delivered for all schools')
  })
})
