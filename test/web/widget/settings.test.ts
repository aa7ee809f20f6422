import type { ConsoleMessage, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import * as z from 'zod'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { waitUntil } from '#test/local/wait-until.ts'
import { openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'
import { startPublisher } from './start-publisher.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'an element with a mistake in its settings', () => {
  let host: Host
  let boundKey: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    const headers = { authorization: `Bearer ${host.keys.operator}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ name: 'Bound', mode: 'live', origins: ['https://careers.example'] })
    const response = await fetch(`${host.urls.api}/v1/ops/sources/bound`, { method: 'PUT', headers, body })
    boundKey = z.object({ key: z.string() }).parse(await response.json()).key
  })
  afterAll(() => host.close())

  const mistakes = [
    ['no key', { 'source-key': '' }, 'KEY_REQUIRED', 'Set source-key'],
    ['a key that was cut off', { 'source-key': 'pk_5xbb…' }, 'KEY_INVALID', 'Set source-key'],
    ['an unknown key', { 'source-key': 'pk_mistyped' }, 'KEY_INVALID', 'Set source-key'],
    [
      'a key of other pages',
      { 'source-key': 'bound' },
      'ORIGIN_NOT_ALLOWED',
      'Ask your lead provider to add the origin of this page',
    ],
    ['an unknown career', { career: 'lamplighter' }, 'NOT_FOUND', 'Set career'],
    ['an unknown program', { program: 'lamplighter' }, 'NOT_FOUND', 'program to the ID of one of its programs'],
    ['no career', { career: '' }, 'INVALID_REQUEST', 'Check its attributes'],
  ] as const

  it.each(mistakes)(
    'shows one line to the visitor and the mend to the publisher for %s',
    async (_, attributes, code, mend) => {
      await using visit = await openForm(attributes)
      const { page } = visit
      await page.getByRole('status').getByText("This isn't available right now.").waitFor()
      expect(await page.locator('tuition-request-form').locator('input, button').count()).toBe(0)
      expect(await visit.readErrors()).toEqual([{ code }])
      expect(visit.warnings).toEqual([
        expect.stringMatching(`^<tuition-request-form>: ${code} from ${host.urls.api}. .*${mend}`),
      ])
    },
  )

  it('shows the plain form between the tags, with what was typed before, in place of the line', async () => {
    await using visit = await openForm(
      { 'source-key': '' },
      '<form><label>ZIP <input name="/zip" value="78701"></label></form>',
    )
    await visit.page.getByLabel('ZIP').filter({ visible: true }).and(visit.page.locator(':not([part])')).waitFor()
    expect(await visit.page.getByText("This isn't available").count()).toBe(0)
    expect(await visit.readErrors()).toEqual([{ code: 'KEY_REQUIRED' }])
  })

  it('reads settings that were copied with spaces and invisible marks', async () => {
    const attributes = { career: ' health-record-technician\n', 'source-key': `\u200b${host.keys.source} \ufeff` }
    await using visit = await openForm({ ...attributes, api: `${host.urls.api}// ` })
    await visit.form.findSchools()
    await visit.form.answerQuestions()
    await visit.form.field('First name').waitFor()
    expect(await visit.readErrors()).toEqual([])
  })

  it('works again when the mistake is mended in the page', async () => {
    await using visit = await openForm({ 'source-key': '' })
    await visit.page.getByText("This isn't available").waitFor()
    await visit.page
      .locator('tuition-request-form')
      .evaluate((node, key) => Object(node).setAttribute('source-key', key), host.keys.source)
    await visit.form.findSchools()
    await visit.form.form.getByRole('heading', { name: 'A few questions' }).waitFor()
  })

  it('says that the address of the API is wrong if another server answers there', async () => {
    await using other = await startPublisher(() => '<p>Another site</p>')
    await using visit = await openForm({ api: other.origin })
    // Another site lets no page read its answers, so the browser says no more than that there is none.
    await passRetries(visit.page, () => visit.warnings)
    await visit.page.getByText("This isn't available").waitFor()
    expect(await visit.readErrors()).toEqual([{ code: 'NO_ANSWER' }])
    expect(visit.warnings.at(-1)).toMatch(`NO_ANSWER from ${other.origin}. Set api to the origin of the API.`)
  })

  it('keeps a form that a visitor fills in while the API does not answer, and tells the publisher', async () => {
    await using visit = await openForm({ api: 'http://127.0.0.1:1' })
    await visit.form.field('ZIP code').fill('78701')
    await passRetries(visit.page, () => visit.warnings)
    await expect.poll(() => visit.form.field('ZIP code').inputValue()).toBe('78701')
    expect(await visit.readErrors()).toEqual([{ code: 'NO_ANSWER' }])
  })

  it('shows the form and warns of nothing while the API is busy', async () => {
    await using visit = await openForm({}, '', busySettings)
    await passRetries(visit.page, () => visit.settingsRequests.slice(4))
    await expect.poll(() => visit.form.field('ZIP code').isVisible()).toBe(true)
    expect([await visit.readErrors(), visit.warnings]).toEqual([[], []])
  })

  it.each([
    ['career-summary', 'NOT_FOUND'],
    ['school-listing', 'NOT_FOUND'],
  ])('tells the publisher of an unknown career in %s, and shows the content between the tags', async (name, code) => {
    const markup = `<${name} career="lamplighter"><p>Call us</p></${name}><${name} career="lamplighter"></${name}>`
    await using visit = await openPage(markup)
    await visit.page.getByText("This isn't available right now.").waitFor()
    await expect.poll(() => visit.page.getByText('Call us').isVisible()).toBe(true)
    expect(await visit.readErrors()).toEqual([{ code }, { code }])
    expect(visit.warnings).toEqual(Array(2).fill(expect.stringMatching(`^<${name}>: ${code} .* Set career`)))
  })

  function openForm(attributes: { [name: string]: string }, content = '', script = '') {
    const settings = { career: 'health-record-technician', ...attributes }
    const key = attributes['source-key'] === 'bound' ? boundKey : (attributes['source-key'] ?? host.keys.source)
    const text = Object.entries({ ...settings, 'source-key': key })
      .map(([name, value]) => `${name}="${value}"`)
      .join(' ')
    return openPage(`<tuition-request-form ${text}>${content}</tuition-request-form>`, script)
  }

  async function openPage(markup: string, script = '') {
    await using resources = new AsyncDisposableStack()
    const publisher = resources.use(
      await startPublisher(() => `<script type="module" src="${host.urls.api}/widget.js"></script>${markup}`),
    )
    const visit = resources.use(await openVisit(browser, host, 'about:blank', {}, recordErrors))
    const warnings: string[] = []
    const settingsRequests: string[] = []
    visit.page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'warning') warnings.push(message.text())
    })
    visit.page.on('request', (request) => {
      if (request.url().includes('/v1/form-settings')) settingsRequests.push(request.url())
    })
    if (script) await visit.page.route('**/v1/form-settings?*', (route) => route.fulfill(JSON.parse(script)))
    await visit.page.clock.install()
    await visit.page.goto(publisher.origin)
    const stack = resources.move()
    const readErrors = () => visit.page.evaluate<object[]>('window.errorDetails')
    return { ...visit, warnings, settingsRequests, readErrors, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  }

  /** Lets the time pass in which the same request is sent again, until there is something. */
  async function passRetries(page: Page, find: () => readonly string[]): Promise<void> {
    await waitUntil(async () => {
      await page.clock.runFor(5000)
      return find().length > 0
    })
  }
})

const recordErrors =
  "window.errorDetails = []; addEventListener('lead:error', (event) => errorDetails.push(event.detail))"
const busySettings = JSON.stringify({
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({ code: 'UNAVAILABLE' }),
  headers: { 'access-control-allow-origin': '*' },
})
