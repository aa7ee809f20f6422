import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { createLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the editors of the console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  const campaign = async (id: string) => {
    const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
    const { body } = await staff(records.campaigns.get, { params: { id } })
    return body
  }

  it('makes a campaign with programs, a rule, a cap and hours, and shows its secret once', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns', 'Campaigns')
    await staff.follow('New campaign')
    const { page } = staff
    await page.getByLabel('Name (optional)').fill('Evening classes')
    await page.getByLabel('School', { exact: true }).selectOption({ label: 'Heron Key College' })
    await page.getByRole('group', { name: 'Programs' }).getByRole('checkbox').first().check()
    await page.getByLabel('Price per lead, in dollars').fill('41.50')
    await staff.press('Add a rule')
    await page
      .getByLabel('Texas')
      .or(page.getByLabel('TX', { exact: true }))
      .check()
    await staff.press('Add a test')
    await page.getByLabel('Field').nth(1).selectOption({ label: 'Age' })
    await page.getByLabel('Comparison').nth(1).selectOption({ label: 'is at least' })
    await page.getByLabel('Value', { exact: true }).fill('21')
    await staff.waitForText('In words: State is one of TX and Age is at least 21.')
    await staff.press('Add a cap')
    await page.getByLabel('Period').selectOption('week')
    await page.getByLabel('Limit').fill('30')
    await staff.press('Set hours')
    await staff.press('Add an opening time')
    await page.getByLabel('monday').check()
    await page.getByLabel('From').fill('09:00')
    await page.getByLabel('To', { exact: true }).fill('17:30')
    await page.getByLabel('Kind').selectOption('webhook')
    await page.getByLabel('URL').fill('https://leads.heron.example/in')
    await staff.press('Save campaign')
    await page.getByRole('heading', { level: 1, name: 'Evening classes' }).waitFor()
    expect(await campaign('evening-classes')).toMatchObject({
      schoolId: 'heron-key-college',
      priceCents: 4150,
      rules: {
        all: [
          { field: 'state', op: 'in', value: ['TX'] },
          { field: 'age', op: 'at-least', value: 21 },
        ],
      },
      caps: [{ period: 'week', limit: 30 }],
      hours: { open: [{ days: ['monday'], from: '09:00', to: '17:30' }] },
      endpoint: { kind: 'webhook', url: 'https://leads.heron.example/in' },
    })
  })

  it('says at the field what is wrong, saves nothing, and leads from the summary to the field', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/heron-key-florida', 'Associate degree')
    const before = await campaign('heron-key-florida')
    await staff.page.getByLabel('Weight (optional)').fill('0')
    await staff.press('Save campaign')
    await staff.waitForText('Nothing was saved')
    await staff.press('Weight')
    await expect.poll(() => staff.page.evaluate('document.activeElement.dataset.pointer')).toBe('/weight')
    expect(await campaign('heron-key-florida')).toEqual(before)
  })

  it('takes templates as JSON, says while they are none, and keeps the focus where Save was pressed', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/golden-poppy-california', 'Associate degree, California')
    const shape = staff.page.getByLabel('Shape of the request (optional), as JSON')
    await shape.fill('{"format": "json",')
    await staff.waitForText('This is not JSON yet.')
    await shape.fill('{"format": "json", "fields": {"mail": "{{ contact.email }}"}}')
    await staff.press('Show the request')
    await staff.waitForText('"mail":')
    await staff.press('Save campaign')
    await staff.waitForText('Saved. It holds from now on.')
    expect(await staff.page.evaluate('document.activeElement.textContent')).toBe('Save campaign')
    await shape.fill('')
    await staff.press('Save campaign')
    await expect.poll(async () => (await campaign('golden-poppy-california'))?.endpoint).not.toHaveProperty('request')
  })

  it('asks for a name, or an id, before it writes something new', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/schools/new', 'New school')
    await staff.press('Save school')
    await staff.waitForText('is required: it is made from the name, or chosen')
    await staff.page.getByLabel('Name', { exact: true }).fill('Tall Oaks College')
    await staff.press('Save school')
    await staff.press('Time zone')
    await staff.page.getByLabel('Time zone').fill('America/Denver')
    await staff.press('Save school')
    await staff.page.getByRole('heading', { level: 1, name: 'Tall Oaks College' }).waitFor()
    expect(staff.page.url()).toMatch(/tall-oaks-college$/)
  })

  it('does not write over what somebody else saved meanwhile', async () => {
    await using staff = await openConsole(browser, host)
    await using other = await openConsole(browser, host)
    for (const one of [staff, other]) await one.goTo('/campaigns/mangrove-point-florida', 'Health records')
    await other.page.getByLabel('Priority (optional)').fill('7')
    await other.press('Save campaign')
    await other.waitForText('Saved. It holds from now on.')
    await staff.page.getByLabel('Priority (optional)').fill('8')
    await staff.press('Save campaign')
    await staff.waitForText('Record changed since it was read')
    await staff.press('Drop my changes and show what stands now')
    await expect.poll(() => staff.page.getByLabel('Priority (optional)').inputValue()).toBe('7')
    expect(await campaign('mangrove-point-florida')).toMatchObject({ priority: 7 })
  })

  it('shows who would have taken the leads of today with the campaign as it stands in the form', async () => {
    await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/lone-prairie-texas', 'Associate degree, Texas')
    const lead = staff.page.getByRole('row', { name: /Lone Prairie College/ })
    await staff.page.getByLabel('Leads', { exact: true }).selectOption({ label: 'today’s leads' })
    await staff.press('Preview')
    await lead.waitFor()
    const was = await lead.textContent()
    await staff.page.getByLabel('Status').selectOption('paused')
    await staff.press('Preview')
    await expect.poll(() => lead.textContent()).not.toBe(was)
    expect(await campaign('lone-prairie-texas')).toMatchObject({ status: 'active' })
  })

  it('pauses and resumes a campaign from the list', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns', 'Campaigns')
    await staff.press('Pause Associate degree, California')
    await staff.page.getByRole('button', { name: 'Resume Associate degree, California' }).click()
    await staff.page.getByRole('button', { name: 'Pause Associate degree, California' }).waitFor()
  })

  it('makes a key that is shown once, and revokes it', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/keys', 'Keys')
    await staff.page.getByLabel('What it is for').fill('Reporting')
    await staff.press('Make a key')
    await staff.waitForText('It is shown this once.')
    await staff.page
      .getByRole('row', { name: /Reporting/ })
      .getByRole('button')
      .click()
    await staff.press('Revoke it')
    await staff.page.getByRole('row', { name: /Reporting/ }).waitFor({ state: 'detached' })
  })
})
