import { afterAll, beforeAll, inject, it } from 'vitest'
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
