import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { createClient } from '#shared/contract/client.ts'
import { startReplay } from '#shared/contract/delivery/replays.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { expectAccessible, findAccessibilityFaults } from '../expect-accessible.ts'
import { findUncoveredPages } from '../find-uncovered-pages.ts'
import { startBrowser } from '../start-browser.ts'
import { createErasedPerson, createLead, createQuarantinedLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'accessibility of the console', () => {
  let host: Host
  let pages: [path: string, heading: string][]
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    const { leadId } = await createLead(host)
    const quarantinedId = await createQuarantinedLead(host)
    const erasureId = await createErasedPerson(host)
    const replayId = await startReplayOfFailed(host)
    pages = [
      ['/', 'Overview'],
      ['/tour', 'Tour'],
      ['/reconciliation', 'Reconciliation'],
      ['/leads', 'Leads'],
      [`/leads/${leadId}`, 'Lead received'],
      ['/deliveries?state=delivered', 'Deliveries'],
      [`/leads/${quarantinedId}`, 'Lead received'],
      ['/erasures', 'Deletion requests'],
      [`/erasures/${erasureId}`, 'Deletion request'],
      ['/suppressions', 'Suppressions'],
      ['/withdrawals', 'Withdrawals'],
      [`/withdrawals?lead=${leadId}`, 'Withdrawals'],
      ['/access-request', 'Access request'],
      ['/quarantine', 'Quarantine'],
      ['/returns', 'Returns'],
      ['/notifications', 'Notifications'],
      ['/untaken-work', 'Leads worked without delivery'],
      ['/rejected-inbound', 'Leads of lead forms not taken'],
      ['/replays', 'Replays'],
      [`/replays/${replayId}`, 'Replay'],
      ['/explain?career=health-record-technician&zip=78701&education=ged', 'Explain routing'],
      ['/campaigns', 'Campaigns'],
      ['/campaigns/new', 'New campaign'],
      ['/campaigns/heron-key-online', 'Coding certificate'],
      ['/campaigns/three-sycamores-weekdays', 'Bachelor'],
      ['/reports', 'Reports'],
      ['/reports?by=schools', 'Reports'],
      ['/setup', 'Setup'],
      ['/buyers/new', 'Set up a school'],
      ['/buyers/new?school=heron-key-college&step=campaign', 'Set up a school'],
      ['/buyers/new?campaign=heron-key-online&step=start', 'Set up a school'],
      ['/schools/heron-key-college', 'Heron Key College'],
      ['/programs', 'Programs'],
      ['/accounts/schools/lone-prairie-college', 'Account of Lone Prairie College'],
      ['/accounts/sources/sample-landing-page', 'Account of Sample landing page'],
      ['/sources/strict-page', 'Strict page'],
      ['/careers/health-record-technician', 'Health Record Technician'],
      ['/campaigns/heron-key-online/history', 'History of Coding certificate'],
      ['/careers/health-record-technician/history', 'History of Health Record Technician'],
      ['/keys', 'API keys'],
      ['/people', 'People'],
      ['/account', 'Your account'],
      ['/audit', 'Audit'],
      ['/audit?actor=no-one', 'Audit'],
      ['/portal-access?school=heron-key-college', 'Portal access of Heron Key College'],
    ]
  })
  afterAll(() => host.close())

  it('has no accessibility fault on any page', async () => {
    await using staff = await openConsole(browser, host, { bypassCSP: true })
    for (const [path, heading] of pages) {
      await staff.goTo(path, heading)
      await expectAccessible(staff.page, path)
    }
    await staff.press('Search')
    await staff.page.getByRole('searchbox', { name: 'Search' }).fill('heron')
    await staff.page.getByRole('dialog').getByRole('link').first().waitFor()
    await expectAccessible(staff.page, 'search')
  })

  it('has every page in the list above', () => {
    const paths = pages.map(([path]) => path)
    expect(findUncoveredPages('console', paths)).toEqual([])
    expect(
      findUncoveredPages(
        'console',
        paths.filter((path) => path !== '/people'),
      ),
    ).toEqual(['/people'])
  })

  it('has no accessibility fault on the page of all components', async () => {
    await using context = await openPlainPage()
    await context.page.goto(`${host.urls.api}/design`)
    await context.page.getByRole('heading', { level: 1, name: 'Design' }).waitFor()
    await context.page.locator('canvas').waitFor()
    await expectAccessible(context.page, '/design')
  })

  it('detects: a select without a label', async () => {
    await using staff = await openConsole(browser, host, { bypassCSP: true })
    await staff.goTo('/keys', 'API keys')
    await staff.page.evaluate(`document.querySelector('main label').remove()`)
    expect(await findAccessibilityFaults(staff.page)).toContainEqual(expect.objectContaining({ rule: 'select-name' }))
  })
})

/** A replay of all failed deliveries. Returns its ID. */
async function startReplayOfFailed({ urls, keys }: Host): Promise<string> {
  const call = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  const { body } = await call(startReplay, { body: { filter: { states: ['dead'] } } })
  if (!body || !('replayId' in body)) throw new Error('The replay did not start.')
  return body.replayId
}

async function openPlainPage() {
  const context = await browser?.newContext({ bypassCSP: true, locale: 'en-US', reducedMotion: 'reduce' })
  const page = await context?.newPage()
  if (!context || !page) throw new Error('There is no browser.')
  return { page, [Symbol.asyncDispose]: () => context.close() }
}
