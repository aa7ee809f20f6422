import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { getBody, openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'
import { createPerson } from './form-page.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the steps of the request form', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('are entries of the history, and keep what was typed on the way back and forward', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    await form.goToContactStep()
    await form.form.getByRole('checkbox', { name: /^Lone Prairie/ }).uncheck()
    await page.goBack()
    await form.form.getByRole('heading', { name: 'A few questions' }).waitFor()
    expect(await form.field('What was your most recent grade point average?').inputValue()).toBe('3.4')
    await page.goBack()
    await form.form.getByRole('heading', { name: 'Request tuition information' }).waitFor()
    expect(await form.field('ZIP code').inputValue()).toBe('78701')
    await page.goForward()
    await form.form.getByRole('heading', { name: 'A few questions' }).waitFor()
    await page.goForward()
    await form.form.getByRole('heading', { name: 'Your contact information' }).waitFor()
    expect(await form.field('First name').inputValue()).toBe('Ada')
    expect(await form.form.getByRole('checkbox', { name: /^Lone Prairie/ }).isChecked()).toBe(false)
    expect(await page.locator('#consent-text').textContent()).not.toContain('Lone Prairie')
    await form.agree()
    await form.request()
    await form.thanks()
    expect(leads).toHaveLength(1)
  })

  it('survive a reload in the middle of a word, without the agreement', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form } = visit
    await form.goToContactStep()
    await form.form.getByRole('checkbox', { name: /^Mesquite Bend/ }).uncheck()
    await form.agree()
    await form.field('Last name').press('End')
    await form.field('Last name').pressSequentially('-Lovel')
    await page.reload()
    await form.form.getByRole('heading', { name: 'Your contact information' }).waitFor()
    expect(await form.field('Last name').inputValue()).toBe('Example-Lovel')
    expect(await form.form.getByRole('checkbox', { name: /^Mesquite Bend/ }).isChecked()).toBe(false)
    expect(await form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(false)
  })

  it('leave nothing in the tab once the request is sent', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form } = visit
    const person = createPerson()
    await form.goToContactStep(person)
    await form.agree()
    const readStorage = () =>
      page.evaluate<string>('JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage })')
    expect(await readStorage()).toContain(person.email)
    expect(await readStorage()).not.toContain('granted')
    await form.request()
    await form.thanks()
    expect(await readStorage()).toBe('{}{}')
    await page.reload()
    expect(await form.field('ZIP code').inputValue()).toBe('')
  })

  it('name the schools before their questions, and leave a school out whose question is skipped', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    await form.findSchools()
    await form.form
      .getByText(/^7 schools match: Lone Prairie College, .*Coquina Shore University.*\. Your answers/)
      .waitFor()
    await form.press('Skip, and leave this school out')
    await form.form.getByText(/^6 schools match/).waitFor()
    await form.press('Continue')
    await form.fillContact()
    const text = String(await page.locator('#consent-text').textContent())
    expect(text).toContain('Lone Prairie College')
    expect(text).not.toContain('Coquina Shore')
    expect(await form.form.getByRole('checkbox', { name: /: / }).count()).toBe(6)
    await form.agree()
    await form.request()
    await form.thanks()
    const [body] = leads.map(getBody)
    expect(body.consent).toEqual({ granted: true, sha256: sha256(text) })
    expect(body.schoolIds).toHaveLength(6)
    expect(await page.locator('.names').innerText()).not.toContain('Coquina Shore')
  })

  it('ask again about a school that was left out when the visitor changes the answers', async () => {
    await using visit = await openVisit(browser, host)
    const { form } = visit
    await form.findSchools()
    await form.press('Skip, and leave this school out')
    await form.press('Change my answers')
    await form.press('Find schools')
    await form.form.getByRole('heading', { name: 'A few questions' }).waitFor()
  })

  it('group the digits of a phone number, and ask about a mistyped email address', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    await form.goToContactStep()
    await form.field('Phone number').fill('')
    await form.field('Phone number').pressSequentially('3053744999')
    expect(await form.field('Phone number').inputValue()).toBe('(305) 374-4999')
    await form.field('Email address').fill('ada.lovelace@gamil.com')
    await form.field('First name').click()
    // The hint is part of the email field, and stays when the form comes back with errors.
    const hint = form.form.locator('.field', { has: page.getByLabel('Email address') }).getByText('Did you mean')
    await hint.waitFor()
    await form.request()
    await form.form.getByText("There's a problem with your form").waitFor()
    await hint.waitFor()
    await form.press('ada.lovelace@gmail.com')
    expect(await hint.count()).toBe(0)
    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).toContain('ada.lovelace@gmail.com')
    expect(await form.field('Email address').inputValue()).toBe('ada.lovelace@gmail.com')
    await form.agree()
    await form.request()
    await form.thanks()
    expect(leads.map(getBody)[0].contact.email).toBe('ada.lovelace@gmail.com')
  })

  it('leave a phone number alone while an input method composes it', async () => {
    await using visit = await openVisit(browser, host)
    await visit.form.goToContactStep()
    const field = visit.form.field('Phone number')
    await field.fill('')
    await field.focus()
    const keyboard = await visit.page.context().newCDPSession(visit.page)
    for (const text of ['5', '512', '51278', '5127898081'])
      await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await keyboard.send('Input.insertText', { text: '5127898081' })
    expect((await field.inputValue()).replaceAll(/\D/g, '')).toBe('5127898081')
  })

  it('offer other schools if the program that was asked for is not offered to the visitor', async () => {
    await using visit = await openVisit(
      browser,
      host,
      '/landing/health-record-technician/request?program=golden-poppy-hit-associate',
    )
    const { page, form } = visit
    await page.getByRole('heading', { level: 1, name: /Health Records and Information Golden Poppy/ }).waitFor()
    await form.findSchools({ zip: '43215' })
    await form.form.getByRole('heading', { name: 'This program is not available to you' }).waitFor()
    await form.form.getByText(/^Golden Poppy Health College doesn't offer/).waitFor()
    await form.press('See other schools')
    await form.form
      .getByRole('heading', { name: 'Your contact information' })
      .or(form.form.getByRole('heading', { name: 'A few questions' }))
      .waitFor()
  })

  it('take no change of what is being sent, and take it again once the request is refused', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    await page.route('**/v1/leads', async (route) => {
      await released
      await route.continue()
    })
    await form.goToContactStep({ ...createPerson(), phone: '964523331' })
    await form.agree()
    const sent = page.waitForRequest('**/v1/leads')
    await form.field('Last name').press('Enter')
    await sent
    const lonePrairie = form.form.getByRole('checkbox', { name: /^Lone Prairie/, includeHidden: true })
    await page.keyboard.type('-Lovelace')
    await lonePrairie.locator('..').click({ force: true })
    expect(await form.field('Last name').inputValue()).toBe('Example')
    expect(await lonePrairie.isChecked()).toBe(true)
    release()
    await form.form.getByText("There's a problem with your form").waitFor()
    await form.field('Last name').press('End')
    await page.keyboard.type('-Lovelace')
    expect(await form.field('Last name').inputValue()).toBe('Example-Lovelace')
    expect(leads).toHaveLength(1)
  })

  it('say at once that the visitor is offline, and go on when the network is back', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    await form.goToContactStep()
    await form.agree()
    // No timer of the page runs, so nothing of this waits for one.
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    await page.context().setOffline(true)
    await form.form.getByText("You're offline.").waitFor()
    await form.request()
    await form.form.getByText("You're offline.").waitFor()
    await page.clock.resume()
    await page.context().setOffline(false)
    await form.thanks()
    expect(new Set(leads.map((one) => one.headers()['idempotency-key'])).size).toBe(1)
  })
})
