import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import * as z from 'zod'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { getBody, openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'
import { createFormPage } from './form-page.ts'
import { startPublisher } from './start-publisher.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
const career = 'career="health-record-technician"'

describeUnless(missing, 'the widget in a publisher page', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('shows summary, listing and form from another origin, and sends a lead', async () => {
    await using page = await startPublisher(() =>
      embedded(`<career-summary ${career}></career-summary>
      <school-listing ${career} page-size="5" state="TX"></school-listing>${renderFormMarkup(host.keys.source)}`),
    )
    await using visit = await openVisit(browser, host, `${page.origin}/careers?utm_source=news&utm_medium=mail#top`)
    await visit.page.locator('career-summary').getByText('$40,430 a year').waitFor()
    await visit.page.locator('career-summary').getByText('2015 data').first().waitFor()

    const listing = visit.page.locator('school-listing')
    await listing.getByText('The schools below pay to be listed here').waitFor()
    const first = await listing.getByRole('heading', { level: 3 }).allInnerTexts()
    await listing.getByRole('button', { name: 'Page 2' }).click()
    await listing.locator('ol[start="6"]').waitFor()
    expect(await listing.getByRole('heading', { level: 3 }).allInnerTexts()).not.toEqual(expect.arrayContaining(first))
    expect(await visit.page.evaluate(`document.activeElement.shadowRoot.activeElement.innerText`)).toBe('Schools')

    await visit.form.goToContactStep()
    await visit.form.agree()
    await visit.form.request()
    await visit.form.thanks()
    expect(await visit.events()).toEqual(['ready', 'submit', 'accepted'])
    expect(visit.leads.map(getBody)).toMatchObject([
      {
        page: { url: `${page.origin}/careers?utm_source=news&utm_medium=mail` },
        utm: { source: 'news', medium: 'mail' },
      },
    ])
  })

  it('sends a lead from a frame without an address, with the address of its page and labels that end within a character', async () => {
    const frame = () => embedded(renderFormMarkup(host.keys.source)).replaceAll('&', '&amp;').replaceAll('"', '&quot;')
    await using page = await startPublisher(() => `<iframe title="Form" srcdoc="${frame()}"></iframe>`)
    const query = `?utm_content=${'a'.repeat(199)}%F0%9F%8E%93&utm_campaign=fall%E2%80%8E`
    await using visit = await openVisit(browser, host, `${page.origin}/careers${query}`)
    const form = createFormPage(visit.page.frameLocator('iframe'))
    await form.goToContactStep()
    await form.agree()
    await form.request()
    await form.thanks()
    expect(visit.leads.map(getBody)).toMatchObject([{ page: { url: `${page.origin}/careers${query}` } }])
  })

  it('accepts requests only from pages that its source allows', async () => {
    const key = await createSourceKey('picky', { name: 'Picky', mode: 'live', origins: ['https://careers.example'] })
    await using page = await startPublisher(() => embedded(renderFormMarkup(key)))
    await using visit = await openVisit(browser, host, page.origin)
    await visit.form.form.getByText("This isn't available right now.").waitFor()

    await using welcome = await startPublisher(() => embedded(renderFormMarkup(key)))
    const edit = { name: 'Picky', mode: 'live', origins: [welcome.origin] }
    await callStaffApi('PUT', 'sources/picky', edit, { 'if-match': '*' })
    await using other = await openVisit(browser, host, welcome.origin)
    await other.form.goToContactStep()
    await other.form.agree()
    await other.form.request()
    await other.form.thanks()
  })

  it('keeps labels, disclosure and consent text readable under hostile page styles', async () => {
    const hostile = `school-listing, tuition-request-form { font-size: 0; color: transparent; line-height: 0;
      -webkit-text-fill-color: transparent; visibility: hidden; --prospectus-ink: transparent;
      --prospectus-amber: transparent; --prospectus-font: 0/0 serif }
      ::part(disclosure), ::part(sponsored), ::part(consent), .disclosure, .sponsored, .consent { display: none !important }`
    await using page = await startPublisher(() =>
      embedded(`<school-listing ${career}></school-listing>${renderFormMarkup(host.keys.source)}`),
    )
    await using visit = await openVisit(browser, host, page.origin)
    await visit.form.goToContactStep()
    await visit.page.addStyleTag({ content: hostile })
    await expect.poll(() => visit.page.locator('school-listing h3').first().isVisible()).toBe(false)
    for (const label of ['.disclosure', '.sponsored', '.consent-text'])
      expect([label, await readLabelStyle(visit.page.locator(label).first())]).toEqual([label, readable])
  })

  it.each([
    ['a dialog', 'dialog open', ''],
    ['a popover', 'div popover="manual" data-popover', 'margin: auto'],
    ['a float', 'div', 'float: left'],
    ['an inline block', 'div', 'display: inline-block'],
    ['a table cell', 'div', 'display: table-cell'],
    ['a row of a flex box', 'div', 'display: flex; align-items: start; flex-wrap: wrap'],
  ])('is wide enough to read in %s, and no wider than a phone', async (_, tag, style) => {
    await using page = await startPublisher(() =>
      embedded(`<${tag} style="${style}">${renderFormMarkup(host.keys.source)}</${tag.split(' ')[0]}>
        <script>document.querySelector('[data-popover]')?.showPopover()</script>`),
    )
    await using visit = await openVisit(browser, host, page.origin, { viewport: { width: 390, height: 800 } })
    await visit.form.findSchools()
    const width = Number((await visit.form.form.boundingBox())?.width)
    expect(width).toBeGreaterThan(280)
    expect(width).toBeLessThanOrEqual(390)
  })

  it('wraps its text in a page part whose own text is one line of spaced capitals from right to left', async () => {
    const style =
      'white-space: nowrap; text-transform: uppercase; letter-spacing: 1em; text-indent: -99px; direction: rtl'
    await using page = await startPublisher(() =>
      embedded(`<div style="${style}; width: 300px">${renderFormMarkup(host.keys.source)}</div>`),
    )
    await using visit = await openVisit(browser, host, page.origin)
    await visit.form.goToContactStep()
    const overflowing = `[...document.querySelector('tuition-request-form').shadowRoot.querySelectorAll('h2, p, legend, label, .consent-text')]
      .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0).map((part) => part.textContent)`
    expect(await visit.page.evaluate(overflowing)).toEqual([])
  })

  it('takes colors and parts from the page, and follows its color scheme', async () => {
    const style = (more: string) => `<style>${more} tuition-request-form { --prospectus-accent: rgb(120, 0, 120) }
      tuition-request-form::part(button) { border-radius: 99px }</style>`
    const readButtonStyle = async (more: string) => {
      await using page = await startPublisher(() => embedded(style(more) + renderFormMarkup(host.keys.source)))
      await using visit = await openVisit(browser, host, page.origin, { colorScheme: 'dark' })
      return await visit.form.form.getByRole('button', { name: 'Find schools' }).evaluate((button) => {
        const { getComputedStyle } = Object(globalThis)
        const { backgroundColor, borderRadius } = getComputedStyle(button)
        const { color } = getComputedStyle(Object(button.getRootNode()).host)
        return { backgroundColor, borderRadius, color }
      })
    }
    const dressed = { backgroundColor: 'rgb(120, 0, 120)', borderRadius: '99px' }
    expect(await readButtonStyle('')).toEqual({ ...dressed, color: 'rgb(27, 37, 48)' })
    expect(await readButtonStyle(':root { color-scheme: light dark }')).toEqual({
      ...dressed,
      color: 'rgb(231, 235, 239)',
    })
  })

  it('shows text from the API as text and runs none of it', async () => {
    const hostile = '<img src=x onerror="window.ran=true"><script>window.ran=true</script>'
    const fact = {
      metric: 'm',
      label: hostile,
      value: hostile,
      statistic: 'mean',
      period: '2015',
      source: { name: hostile, url: 'https://bls.example/"onclick="x' },
      asOf: '2016-01-01T00:00:00Z',
      expiresAt: '2017-01-01T00:00:00Z',
    }
    const body = {
      title: hostile,
      summary: hostile,
      facts: [fact],
      sections: [{ id: 'a', heading: hostile, body: hostile }],
    }
    await callStaffApi('PUT', 'careers/hostile', body)
    await using page = await startPublisher(() => embedded('<career-summary career="hostile"></career-summary>'))
    for (const address of [page.origin, '/landing/hostile', '/landing', '/landing/%3Cscript%3E']) {
      await using visit = await openVisit(browser, host, address)
      if (!address.endsWith('E')) await visit.page.getByText('<img src=x onerror="window.ran=true">').first().waitFor()
      expect(await visit.page.evaluate('window.ran')).toBeUndefined()
    }
  })

  function embedded(markup: string): string {
    return `<script type="module" src="${host.urls.api}/widget.js"></script>${markup}`
  }

  function renderFormMarkup(key: string): string {
    return `<tuition-request-form ${career} source-key="${key}"></tuition-request-form>`
  }

  async function createSourceKey(id: string, body: object): Promise<string> {
    return z.object({ key: z.string() }).parse(await callStaffApi('PUT', `sources/${id}`, body)).key
  }

  async function callStaffApi(method: string, path: string, body: object, headersOfEdit = {}): Promise<unknown> {
    const headers = {
      authorization: `Bearer ${host.keys.operator}`,
      'content-type': 'application/json',
      ...headersOfEdit,
    }
    const response = await fetch(`${host.urls.api}/v1/ops/${path}`, { method, headers, body: JSON.stringify(body) })
    expect(response.ok).toBe(true)
    return response.json()
  }
})

const readable = { shown: true, visible: 'visible', transparent: false, small: false }

async function readLabelStyle(label: Locator) {
  await label.waitFor({ state: 'attached' })
  return label.evaluate((node) => {
    const { getComputedStyle } = Object(globalThis)
    const { display, visibility, fontSize, webkitTextFillColor: color } = getComputedStyle(node)
    const { height } = node.getBoundingClientRect()
    return {
      shown: display !== 'none' && height > 12,
      visible: visibility,
      transparent: /^rgba\(.*, 0\)$|transparent/.test(color),
      small: Number.parseFloat(fontSize) < 12,
    }
  })
}
