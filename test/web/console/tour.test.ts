import { afterAll, beforeAll, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { tourText } from '#web/console/text/tour-text.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { startBrowser } from '../start-browser.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'tour of the console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0, sampleWeek: true })
  })
  afterAll(() => host.close())

  it('is offered until it is dismissed, and can be opened again', async () => {
    await using staff = await openConsole(browser, host)
    await staff.page.getByRole('link', { name: tourText.open }).click()
    await staff.page.getByRole('heading', { level: 1, name: tourText.title }).waitFor()
    await expectAccessible(staff.page, 'tour')
    await staff.goTo('/', 'Overview')
    await staff.page.getByRole('button', { name: tourText.dismiss }).click()
    await staff.page.getByText(tourText.invitation).waitFor({ state: 'detached' })
    await staff.page.reload()
    await staff.page.getByRole('link', { name: tourText.openAgain, exact: true }).click()
    await staff.page.getByRole('heading', { level: 1, name: tourText.title }).waitFor()
  })

  it('leads to lists of which the sample week leaves none empty', async () => {
    await using staff = await openConsole(browser, host)
    for (const { to } of tourText.steps.filter((step) => step.to !== '/explain' && step.to !== '/setup')) {
      await staff.page.goto(`${host.urls.console}#${to}`)
      await staff.page.locator('main :is(td, dd, meter):visible').first().waitFor()
    }
  })
})
