import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { openVisit } from '../open-visit.ts'
import { startBrowser } from '../start-browser.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the history of the request form', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('stays at its step, with the agreement, when the visitor reads another part of the page', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form, leads } = visit
    const facts = page.locator('a[href="#facts"]').first()
    await form.goToContactStep()
    await form.agree()
    // The second click on a link replaces its entry.
    for (const _ of [1, 2]) await facts.click()
    expect(await form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(true)
    await page.goBack()
    expect(await form.form.getByRole('checkbox', { name: 'I agree' }).isChecked()).toBe(true)
    await page.goBack()
    await form.form.getByRole('heading', { name: 'A few questions' }).waitFor()
    await page.goForward()
    await form.form.getByRole('heading', { name: 'Your contact information' }).waitFor()
    await form.agree()
    await form.request()
    await form.thanks()
    expect(leads).toHaveLength(1)
  })

  it('leads back past questions that were skipped, and asks them again', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form } = visit
    await page.route('**/v1/programs/*/form', async (route) => {
      const response = await route.fetch()
      const body = await response.json()
      const questions = body.questions.filter(({ required }: { required: boolean }) => required)
      await route.fulfill({ json: { ...body, questions } })
    })
    const skip = form.form.getByRole('button', { name: 'Skip' })
    const contact = form.form.getByRole('heading', { name: 'Your contact information' })
    await form.findSchools()
    await skip.click()
    await contact.waitFor()
    await page.goBack()
    await skip.waitFor()
    await page.goForward()
    // The question is open again, so the last step does not follow yet.
    await skip.waitFor()
    await page.goBack()
    await page.goBack()
    await form.form.getByRole('heading', { name: 'Request tuition information' }).waitFor()
  })

  it('leaves one school out when Skip is clicked twice, and then asks the next question', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form } = visit
    await page.route('**/v1/programs/*/form', async (route) => {
      const response = await route.fetch()
      const body = await response.json()
      const question = { id: body.programId, kind: 'text', label: `${body.programId}?`, required: true, maxLength: 40 }
      await route.fulfill({ json: { ...body, questions: [question] } })
    })
    const skip = form.form.getByRole('button', { name: 'Skip' })
    await form.findSchools()
    await form.form.getByText('7 schools match').waitFor()
    await skip.first().dblclick()
    await form.form.getByText('6 schools match').waitFor()
    // Two clicks that come one after the other before the schools' questions are there.
    await page.evaluate(`{
      const button = document.querySelector('tuition-request-form').shadowRoot.querySelector('.omit')
      for (const _ of [1, 2]) button.click()
    }`)
    await form.form.getByText('5 schools match').waitFor()
    expect(await skip.count()).toBe(5)
  })

  it('leads back from "no schools" to the answers', async () => {
    await using visit = await openVisit(browser, host)
    const { page, form } = visit
    await form.findSchools()
    await form.press('Change my answers')
    await page.route('**/v1/matches', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ json: { ...(await response.json()), schools: [] } })
    })
    await form.press('Find schools')
    await form.form.getByRole('heading', { name: 'No matching schools' }).waitFor()
    await page.goBack()
    await page.goBack()
    await form.form.getByRole('heading', { name: 'Request tuition information' }).waitFor()
    expect(await form.field('ZIP code').inputValue()).toBe('78701')
  })
})
