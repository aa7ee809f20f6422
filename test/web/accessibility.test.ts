import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { expectAccessible, findAccessibilityFaults } from './expect-accessible.ts'
import { openVisit } from './open-visit.ts'
import { startBrowser } from './start-browser.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
describeUnless(missing, 'accessibility', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('finds no fault from the landing page to the thank-you page', async () => {
    await using visit = await openVisit(browser, host, undefined, { bypassCSP: true })
    const { page, form } = visit
    await expectAccessible(page, 'landing page')
    await form.press('Find schools')
    await expectAccessible(page, 'first step with errors')
    await form.findSchools({ zip: '90001' })
    await form.press('Continue')
    await expectAccessible(page, 'questions with errors')
    await form.answerMoreQuestions()
    await form.fillContact()
    await expectAccessible(page, 'contact and consent')
    await form.request()
    await expectAccessible(page, 'contact with errors')
    await form.agree()
    await form.request()
    await form.thanks()
    await expectAccessible(page, 'thank-you')
  })

  it('finds no fault without the widget', async () => {
    await using visit = await openVisit(browser, host, '/landing', { bypassCSP: true })
    const { page, form } = visit
    await page.route('**/widget.js', (route) => route.abort())
    await expectAccessible(page, 'index')
    await page.goto(`${host.urls.landing}?page=2`)
    await expectAccessible(page, 'second page of schools')
    await form.findSchools({ zip: '90001' })
    await expectAccessible(page, 'plain second step')
    await page.getByRole('button', { name: 'Request information' }).click()
    await expectAccessible(page, 'plain second step with errors')
    await page.goto(`${host.urls.landing}/thank-you?outcome=accepted&school=lone-prairie-college`)
    await expectAccessible(page, 'plain thank-you')
    await page.goto(`${host.urls.api}/landing/nothing`)
    await expectAccessible(page, 'missing page')
  })

  it('detects: a missing label inside a component', async () => {
    await using visit = await openVisit(browser, host, undefined, { bypassCSP: true })
    await visit.page.evaluate(
      `document.querySelector('tuition-request-form').shadowRoot.querySelector('label').remove()`,
    )
    expect(await findAccessibilityFaults(visit.page)).toContainEqual({
      rule: 'label',
      at: [expect.stringContaining('id="field-zip"')],
    })
  })
})
