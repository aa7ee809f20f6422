import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import * as z from 'zod'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { getBody, getIdempotencyKey, openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'
import { createFormPage } from './form-page.ts'
import { startPublisher } from './start-publisher.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the widget in pages as they are', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it.each([
    [
      'throws for a new sheet, as Safari 15 does',
      `${removeNewerBuiltins}CSSStyleSheet = class { constructor() { throw new TypeError() } }`,
    ],
    ['has sheets that no shadow root adopts', 'delete ShadowRoot.prototype.adoptedStyleSheets'],
  ])('shows the form in its colors and sends a lead in a browser that %s', async (_, script) => {
    await using page = await startPublisher(
      () => `<style>:root { color-scheme: light dark }</style>${embedded(renderForm())}`,
    )
    await using visit = await openVisit(
      browser,
      host,
      page.origin,
      { colorScheme: 'dark' },
      `${script};${withoutLightDark}`,
    )
    const color = `getComputedStyle(document.querySelector('tuition-request-form').shadowRoot.querySelector('.button')).backgroundColor`
    expect(await visit.page.evaluate(color)).toBe('rgb(12, 90, 107)')
    await sendLead(visit.form)
  })

  it.each([
    ['a shadow root', 'Element.prototype.attachShadow = () => { throw new Error("refused") }'],
    [
      'a style',
      'CSSStyleSheet = undefined; const create = document.createElement; document.createElement = (tag) => { if (tag === "style") throw new Error("refused"); return create.call(document, tag) }',
    ],
    ['random numbers', 'crypto.getRandomValues = () => { throw new Error("refused") }'],
  ])('leaves the plain form between the tags in place and working if the browser refuses %s', async (_, script) => {
    await using visit = await openVisit(browser, host, requestPath, {}, script)
    const plain = visit.page.locator('tuition-request-form > form')
    await expect.poll(() => plain.isVisible()).toBe(true)
    await visit.form.findSchools()
    await visit.page.getByRole('heading', { name: 'Your contact information' }).waitFor()
  })

  it('sends lists as lists and valid keys from a page with Prototype.js', async () => {
    await using page = await startPublisher(() => embedded(renderForm()))
    await using visit = await openVisit(browser, host, page.origin, {}, prototypeJs)
    await visit.form.goToContactStep()
    await visit.form.form.getByRole('checkbox', { name: /^Lone Prairie/ }).uncheck()
    await visit.form.agree()
    await visit.form.request()
    await visit.form.thanks()
    expect(visit.leads.map(getBody)).toMatchObject([{ schoolIds: expect.any(Array), consent: { granted: true } }])
    expect(visit.leads.map(getIdempotencyKey)).toEqual([expect.stringMatching(/^[\da-f]{32}$/)])
  })

  it('shows the pages of the listing in a page with Prototype.js', async () => {
    await using page = await startPublisher(() =>
      embedded('<school-listing career="health-record-technician" page-size="5"></school-listing>'),
    )
    await using visit = await openVisit(browser, host, page.origin, {}, prototypeJs)
    await visit.page.getByRole('button', { name: 'Page 2' }).click()
    await visit.page.locator('ol[start="6"]').waitFor()
  })

  it('sends a lead for a source with origins from a page that sends no referrer', async () => {
    let key = ''
    await using page = await startPublisher(
      () => `<meta name="referrer" content="no-referrer">${embedded(renderForm(key))}`,
    )
    key = await createSourceKey('no-referrer', [page.origin])
    await using visit = await openVisit(browser, host, page.origin)
    await sendLead(visit.form)
    expect(visit.leads.map(getBody)).toMatchObject([{ page: { url: `${page.origin}/` } }])
  })

  it.each([
    ['that may send forms', 'sandbox="allow-scripts allow-forms"', toSrc],
    ['that may not send forms', 'sandbox="allow-scripts"', toSrc],
    ['without an address', 'sandbox="allow-scripts"', toSrcdoc],
    ['with its page in the address', 'title="Form"', toDataSrc],
  ])('sends a lead from a sandboxed frame %s, by button and by Enter', async (_, attributes, toSource) => {
    await using inner = await startPublisher(() => embedded(renderForm()))
    const source = toSource({ url: inner.origin, markup: embedded(renderForm()) })
    await using page = await startPublisher(() => `<iframe ${attributes} ${source} height="900"></iframe>`)
    await using visit = await openVisit(browser, host, page.origin)
    const form = createFormPage(visit.page.frameLocator('iframe'))
    await form.field('Highest level of education').selectOption('high-school-diploma')
    await form.field('ZIP code').fill('78701')
    await form.field('ZIP code').press('Enter')
    await form.answerQuestions()
    await form.fillContact()
    await form.agree()
    await form.request()
    await form.thanks()
    expect(visit.leads).toHaveLength(1)
  })

  it('sends a lead from a page whose storage and cookies throw', async () => {
    await using page = await startPublisher(() => embedded(renderForm()))
    await using visit = await openVisit(browser, host, page.origin, {}, throwingStorage)
    await sendLead(visit.form)
    expect(await visit.page.evaluate('try { localStorage } catch { "throws" }')).toBe('throws')
  })

  it('sends a lead to all schools from a page without TLS', async () => {
    await using visit = await openVisit(browser, host, 'about:blank')
    const { page } = visit
    const address = 'http://publisher.example/'
    const markup = `<!doctype html><html lang="en"><title>A publisher</title>
      <script type="module" src="http://api.example/widget.js"></script>${renderForm()}`
    await page.route(`${address}**`, (route) => route.fulfill({ contentType: 'text/html', body: markup }))
    await page.route('http://api.example/**', async (route) => {
      const { pathname, search } = new URL(route.request().url())
      await route.fulfill({ response: await route.fetch({ url: host.urls.api + pathname + search }) })
    })
    await page.goto(address)
    expect(await page.evaluate('[isSecureContext, typeof crypto.randomUUID]')).toEqual([false, 'undefined'])
    await sendLead(visit.form)
    expect(visit.leads.map(getIdempotencyKey)).toEqual([expect.stringMatching(/^[\da-f]{32}$/)])
  })

  function embedded(markup: string): string {
    return `<script type="module" src="${host.urls.api}/widget.js"></script>${markup}`
  }

  function renderForm(key = host.keys.source): string {
    return `<tuition-request-form career="health-record-technician" source-key="${key}"></tuition-request-form>`
  }

  async function createSourceKey(id: string, origins: string[]): Promise<string> {
    const headers = { authorization: `Bearer ${host.keys.operator}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ name: id, mode: 'live', origins })
    const response = await fetch(`${host.urls.api}/v1/ops/sources/${id}`, { method: 'PUT', headers, body })
    return z.object({ key: z.string() }).parse(await response.json()).key
  }
})

const requestPath = '/landing/health-record-technician/request'

// What Safari 15.0 does not have yet, as far as pages can take it away.
const removeNewerBuiltins = `delete Object.hasOwn; delete Array.prototype.at; delete String.prototype.at
delete Array.prototype.findLast; delete globalThis.structuredClone; delete Crypto.prototype.randomUUID
delete Object.groupBy; delete Array.prototype.toSorted; delete AbortSignal.timeout; delete Promise.withResolvers
delete ShadowRoot.prototype.adoptedStyleSheets; delete Document.prototype.adoptedStyleSheets;`
// This Chromium has light-dark() and would choose the dark colors; Safari before 17.5 drops what it cannot read.
const withoutLightDark = `CSS.supports = () => false`

const prototypeJs = `Array.prototype.toJSON = function () { return '[' + this.map((one) => Object.toJSON(one)).join(', ') + ']' }
String.prototype.toJSON = function () { return JSON.stringify(this) }
Object.toJSON = (value) => (Array.isArray(value) ? value.toJSON() : JSON.stringify(value))
Array.from = (list) => { const copy = []; for (let i = 0; i < (list.length ?? 0); i++) copy.push(list[i]); return copy }
Array.prototype.toArray = Array.prototype.entries = function () { return [].concat(this) }
Array.prototype.find = function (test) { for (const one of this) if (test(one)) return one }`

const throwingStorage = `for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
  Object.defineProperty(globalThis, name, { get() { throw new DOMException('refused', 'SecurityError') } })
Object.defineProperty(Document.prototype, 'cookie', { get() { throw new DOMException('refused', 'SecurityError') } })`

type FrameContent = { url: string; markup: string }

function toSrc({ url }: FrameContent): string {
  return `src="${url}"`
}

function toSrcdoc({ markup }: FrameContent): string {
  return `srcdoc="${markup.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
}

function toDataSrc({ markup }: FrameContent): string {
  return `src="data:text/html,${encodeURIComponent(markup)}"`
}

async function sendLead(form: ReturnType<typeof createFormPage>): Promise<void> {
  await form.goToContactStep()
  await form.agree()
  await form.request()
  await form.thanks()
}
