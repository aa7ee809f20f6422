import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'what needs attention', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('says first that the mail server takes no email, and what to do', async () => {
    await using staff = await openConsole(browser, host)
    const { page } = staff
    const item = {
      code: 'mail-failing',
      since: '2026-11-23T15:00:00.000Z',
      reason: 'SMTP 535 5.7.8 at AUTH PLAIN',
      detail: 'Check user and password in SMTP_URL.',
    }
    await page.route('**/v1/ops/attention', (route) => route.fulfill({ json: { items: [item] } }))
    await staff.goTo('/campaigns', 'Campaigns')
    await staff.goTo('/', 'Overview')
    const [first] = await page.locator('.attention-items li').all()
    await staff.waitForText('Email to schools isn’t being sent')
    expect(await first?.textContent()).toMatch(
      /^Email to schools isn’t being sentCheck user and password in SMTP_URL\. \(SMTP 535 5\.7\.8 at AUTH PLAIN\) Since .*\.$/,
    )
  })

  it('counts each school whose credit runs out once, on whatever page of the campaigns it is', async () => {
    await using staff = await openConsole(browser, host)
    const { page } = staff
    const credit = { limitCents: 10_000, usedCents: 9000, leftCents: 1000 }
    const limits = (schoolId: string) => ({ schoolId, schoolName: schoolId, status: 'active', caps: [], credit })
    await page.route('**/v1/ops/caps?*', (route) => {
      const isFirst = !route.request().url().includes('cursor=')
      const schools = isFirst ? [limits('alder')] : [limits('alder'), limits('birch')]
      return route.fulfill({ json: { campaigns: [], schools, page: { nextCursor: isFirst ? 'second' : null } } })
    })
    await staff.goTo('/campaigns', 'Campaigns')
    await staff.goTo('/', 'Overview')
    await page.getByRole('link', { name: /^2 schools/ }).waitFor()
  })
})
