import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the guided setup of a school', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  const readCampaign = async (id: string) => {
    const call = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
    const { body } = await call(records.campaigns.get, { params: { id } })
    return body
  }

  it('leads from a new school over a test lead, whose response it shows, to an active campaign', async () => {
    await using staff = await openConsole(browser, host)
    const { page, press, follow, goTo, waitForText } = staff
    await goTo('/setup', 'Setup')
    await follow('Set up a school')
    await page.getByLabel('Name', { exact: true }).fill('Tall Oaks College')
    await page.getByLabel('Time zone').selectOption({ label: 'Mountain Time (America/Denver)' })
    await press('Save and continue')

    await waitForText('No programs yet.')
    await page.getByLabel('Name', { exact: true }).fill('Health Information')
    await page.getByRole('checkbox', { name: 'Health Record Technician' }).check()
    await page.getByLabel('Level').selectOption('associate')
    await page.getByLabel('Format').selectOption('online')
    await press('Add program')
    await page.getByRole('link', { name: 'Health Information' }).waitFor()
    await press('Continue to campaign')

    await page.getByLabel('Name (optional)').fill('Autumn')
    await page.getByRole('checkbox', { name: 'Health Information' }).check()
    await page.getByLabel('Price per lead (USD)').fill('40')
    await press('Add cap')
    await page.getByLabel('Period').selectOption('day')
    await page.getByLabel('Limit', { exact: true }).fill('25')
    await page.getByLabel('Type', { exact: true }).selectOption('webhook')
    await page.getByLabel('URL').fill(`${host.urls.school}/leads`)
    await press('Save and continue')

    await waitForText('Send it to the school now.')
    await waitForText('25 leads a day')
    await press('Send test lead')
    await page.getByText(/^Attempt 1/).waitFor()
    expect(await readCampaign('tall-oaks-college-autumn')).toMatchObject({ status: 'paused' })

    await press('Start campaign')
    await press('Start now')
    await waitForText('The campaign is active.')
    expect(await readCampaign('tall-oaks-college-autumn')).toMatchObject({
      status: 'active',
      schoolId: 'tall-oaks-college',
      programIds: ['tall-oaks-college-health-information'],
      priceCents: 4000,
      caps: [{ period: 'day', limit: 25 }],
    })
  })

  it('continues after a reload with the step that it was left at, and takes a school that exists', async () => {
    await using staff = await openConsole(browser, host)
    const { page, goTo, press } = staff
    await goTo('/buyers/new', 'Set up a school')
    await page.getByLabel('Use a school that exists').selectOption({ label: 'Heron Key College' })
    await page.getByRole('heading', { name: 'Add a program' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Add a program' }).waitFor()
    await press('1. School')
    await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Heron Key College')
  })
})
