import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { getBody, getFocusedId, getIdempotencyKey, openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'
import { createPerson } from './form-page.ts'
import { startPublisher } from './start-publisher.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the widget while its page changes', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('keeps what was typed into the plain form before the script came, with the focus and the caret', async () => {
    await using visit = await openVisit(browser, host, 'about:blank')
    const { page, form } = visit
    const script = Promise.withResolvers<void>()
    await page.route('**/widget.js', async (route) => {
      await script.promise
      await route.continue()
    })
    await page.goto(`${host.urls.api}${requestPath}`, { waitUntil: 'commit' })
    await form.field('Highest level of education').selectOption('ged')
    await form.field('ZIP code').fill('7871')
    await page.keyboard.press('ArrowLeft')
    script.resolve()
    await form.form.locator('[part=form]').waitFor()
    expect(await getFocusedId(page)).toBe('field-zip')
    await page.keyboard.type('0')
    await expect.poll(() => form.field('ZIP code').inputValue()).toBe('78701')
    await expect.poll(() => form.field('Highest level of education').inputValue()).toBe('ged')
    await form.press('Find schools')
    await form.form
      .getByRole('heading', { name: 'Your contact information' })
      .or(form.form.getByRole('heading', { name: 'A few questions' }))
      .waitFor()
  })

  it('takes no agreement and no input of its own from a plain form', async () => {
    const plain = `<form><input name="website" value="https://mine.example"><input name="/zip" value="78701">
      <input type="checkbox" name="/consent/granted" value="true" checked></form>`
    await using publisher = await startPublisher(() => embedded(renderForm('', plain)))
    await using visit = await openVisit(browser, host, publisher.origin)
    await visit.form.goToContactStep()
    await expect.poll(() => visit.form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(false)
    await visit.form.agree()
    await visit.form.request()
    await visit.form.thanks()
    expect(visit.leads.map(getBody)).toEqual([expect.not.objectContaining({ website: expect.anything() })])
  })

  it('leaves the content between its tags to the framework that rendered it', async () => {
    const plain = '<p>Loading ...</p><form><input name="/zip"></form>'
    await using publisher = await startPublisher(() => embedded(renderForm('', plain)))
    await using visit = await openVisit(browser, host, publisher.origin)
    // Hydration looks for the nodes that the server rendered, sets their text, and removes what is rendered conditionally.
    const hydrate = `(() => {
      const element = document.querySelector('tuition-request-form')
      const [loading, form, ...others] = element.childNodes
      loading.firstChild.data = 'Loaded'
      element.removeChild(loading)
      form.insertBefore(document.createElement('hr'), form.firstChild)
      return [others.length, form.isConnected, element.innerHTML]
    })()`
    expect(await visit.page.evaluate(hydrate)).toEqual([0, true, '<form><hr><input name="/zip"></form>'])
    await visit.form.findSchools()
    await visit.form.form.getByRole('heading', { name: 'A few questions' }).waitFor()
    const isVisible = "document.querySelector('tuition-request-form > form').checkVisibility()"
    expect(await visit.page.evaluate(isVisible)).toBe(false)
  })

  it('keeps step, answers and key when it is moved into a dialog between two submits', async () => {
    await using publisher = await startPublisher(() => embedded(`<dialog></dialog>${renderForm()}`))
    await using visit = await openVisit(browser, host, publisher.origin)
    const { page, form, leads } = visit
    await form.goToContactStep({ ...createPerson(), phone: '964523331' })
    await form.agree()
    await form.request()
    await form.form.getByRole('heading', { name: "There's a problem with your form" }).waitFor()
    await page.evaluate(`document.querySelector('dialog').append(document.querySelector('tuition-request-form'))
      document.querySelector('dialog').showModal()`)
    await expect.poll(() => form.field('First name').inputValue()).toBe('Ada')
    await form.field('Phone number').fill(createPerson().phone)
    await form.request()
    await form.thanks()
    expect(new Set(leads.map(getIdempotencyKey)).size).toBe(1)
    await page.evaluate("document.querySelector('main').append(document.querySelector('tuition-request-form'))")
    await form.thanks()
    expect(await visit.events()).toEqual(['ready', 'submit', 'rejected', 'submit', 'accepted'])
  })

  it('shows the outcome of a request that is sent while the form is out of the page', async () => {
    await using publisher = await startPublisher(() => embedded(renderForm()))
    await using visit = await openVisit(browser, host, publisher.origin)
    const { page, form, leads } = visit
    await form.goToContactStep()
    await form.agree()
    const lead = Promise.withResolvers<void>()
    await page.route('**/v1/leads', async (route) => {
      await lead.promise
      await route.continue()
    })
    const sent = page.waitForRequest('**/v1/leads')
    await form.request()
    await sent
    await page.evaluate("window.form = document.querySelector('tuition-request-form'); window.form.remove()")
    const received = page.waitForResponse('**/v1/leads')
    lead.resolve()
    await received
    await page.evaluate("document.querySelector('main').append(window.form)")
    await form.thanks()
    expect(leads).toHaveLength(1)
  })

  it('takes a key and a career that are set late, and draws once for both', async () => {
    await using publisher = await startPublisher(() => embedded('<tuition-request-form></tuition-request-form>'))
    await using visit = await openVisit(browser, host, publisher.origin)
    await setAttributes(visit.page, { career: 'health-record-technician', 'source-key': host.keys.source })
    await visit.form.goToContactStep()
    await visit.form.agree()
    await visit.form.request()
    await visit.form.thanks()
    const events = (await visit.events()).filter((name) => name !== 'error')
    expect(events).toEqual(['ready', 'ready', 'submit', 'accepted'])
  })

  it('starts over with all that was typed when the program changes, and keeps unchecked schools', async () => {
    await using publisher = await startPublisher(() => embedded(renderForm()))
    await using visit = await openVisit(browser, host, publisher.origin)
    const { page, form } = visit
    await form.goToContactStep()
    await form.form.getByRole('checkbox', { name: /^Lone Prairie/ }).uncheck()
    await form.agree()
    await setAttributes(page, { program: 'lone-prairie-hit-associate' })
    await form.form.getByRole('heading', { name: 'Request tuition information' }).waitFor()
    await expect.poll(() => form.field('ZIP code').inputValue()).toBe('78701')
    await form.press('Find schools')
    const school = form.form.getByRole('checkbox', { name: /^Lone Prairie College: Associate of Applied Science/ })
    await expect.poll(() => school.isChecked()).toBe(false)
    await expect.poll(() => form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(false)
    await expect.poll(() => form.field('First name').inputValue()).toBe('Ada')
    await expect.poll(() => form.form.getByRole('checkbox').count()).toBe(2)
  })

  it('waits with a changed attribute until a lead that is being sent has its response', async () => {
    await using publisher = await startPublisher(() => embedded(renderForm()))
    await using visit = await openVisit(browser, host, publisher.origin)
    const { page, form, leads } = visit
    await form.goToContactStep()
    await form.agree()
    await page.route('**/v1/leads', async (route) => {
      await setAttributes(page, { program: 'lone-prairie-hit-associate' })
      await route.continue()
    })
    await form.request()
    await form.form.getByRole('heading', { name: 'Request tuition information' }).waitFor()
    expect(leads).toHaveLength(1)
    expect(await visit.events()).toEqual(['ready', 'submit', 'accepted', 'ready'])
  })

  function embedded(markup: string): string {
    return `<script type="module" src="${host.urls.api}/widget.js"></script>${markup}`
  }

  function renderForm(attributes = '', content = ''): string {
    return `<tuition-request-form career="health-record-technician" source-key="${host.keys.source}" ${attributes}>${content}</tuition-request-form>`
  }
})

const requestPath = '/landing/health-record-technician/request'

async function setAttributes(page: Page, attributes: { [name: string]: string }): Promise<void> {
  await page.evaluate((entries) => {
    const { document } = Object(globalThis)
    for (const [name, value] of entries) document.querySelector('tuition-request-form').setAttribute(name, value)
  }, Object.entries(attributes))
}
