import type { Route } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { waitUntil } from '#test/local/wait-until.ts'
import { getIdempotencyKey, openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'a lead that is sent more than once', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('sends one lead for a double click, and another for another view of the form', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    for (const _ of ['first view', 'second view']) {
      await page.goto(host.urls.landing)
      await form.goToContactStep()
      await form.agree()
      await form.form.getByRole('button', { name: 'Request information' }).dblclick()
      await form.thanks()
    }
    expect(leads).toHaveLength(2)
    expect(new Set(leads.map(getIdempotencyKey)).size).toBe(2)
  })

  it('sends the same again, under the same key, until an answer comes', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    const fates: ((route: Route) => Promise<void>)[] = [
      (route) => route.fulfill(busy),
      (route) => route.abort('internetdisconnected'),
      // It arrives, and only the answer is lost.
      (route) => route.fetch().then(() => route.abort('connectionreset')),
    ]
    await page.route('**/v1/leads', (route) => (fates.shift() ?? ((last) => last.continue()))(route))
    await form.goToContactStep()
    await form.agree()
    await page.clock.install()
    await form.request()
    for (let attempt = 1; attempt < 4; attempt++) {
      await waitUntil(() => leads.length >= attempt)
      await form.form.getByText("We can't connect. Trying again...").waitFor()
      await page.clock.runFor(10_000)
    }
    await form.thanks()
    expect(leads).toHaveLength(4)
    expect(new Set(leads.map(getIdempotencyKey)).size).toBe(1)
    expect(new Set(leads.map((one) => one.postData())).size).toBe(1)
    expect(await visit.events()).toEqual(['ready', 'submit', 'accepted'])
  })

  it('tries again at once when the network is back, and keeps what it could not send', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    await form.goToContactStep()
    await form.agree()
    await page.clock.install()
    let isReachable = false
    await page.route('**/v1/leads', (route) => (isReachable ? route.continue() : route.abort('connectionrefused')))
    await form.request()
    await form.form.getByText("We can't connect. Trying again...").waitFor()
    for (let attempt = 1; attempt < 5; attempt++) {
      await waitUntil(() => leads.length >= attempt)
      await page.clock.runFor(30_000)
    }
    await form.form.getByText(/Your answers are still here. Please try again/).waitFor()
    await expect.poll(() => page.locator('tuition-request-form .fields').getAttribute('inert')).toBe('')
    await form.field('First name').evaluate((input) => Object.assign(input, { value: 'Grace' }))
    await page.clock.resume()
    await form.request()
    await form.form.getByText("We can't connect. Trying again...").waitFor()
    isReachable = true
    // The browser says that the network is back.
    await page.evaluate("dispatchEvent(new Event('online'))")
    await form.thanks()
    expect(new Set(leads.map(getIdempotencyKey)).size).toBe(1)
    expect(new Set(leads.map((one) => one.postData())).size).toBe(1)
  })
})

const busy = {
  status: 503,
  json: { code: 'CONFLICT_RETRY', detail: 'Later.' },
  headers: { 'access-control-allow-origin': '*' },
}
