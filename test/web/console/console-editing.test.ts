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

describeUnless(missing, 'record editors', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  const readCampaign = async (id: string) => {
    const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
    const { body } = await staff(records.campaigns.get, { params: { id } })
    return body
  }

  it('creates a campaign with programs, a rule, a cap and hours', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns', 'Campaigns')
    await staff.follow('New campaign')
    const { page } = staff
    await page.getByLabel('Name (optional)').fill('Evening classes')
    await page.getByLabel('School', { exact: true }).selectOption({ label: 'Heron Key College' })
    await page.getByRole('group', { name: 'Programs' }).getByRole('checkbox').first().check()
    await page.getByLabel('Price per lead (USD)').fill('41.50')
    await staff.press('Add rule')
    await page.getByLabel('Texas', { exact: true }).check()
    await staff.press('Add test')
    await page.getByLabel('Field').nth(1).selectOption({ label: 'Age' })
    await page.getByLabel('Comparison').nth(1).selectOption({ label: 'is at least' })
    await page.getByLabel('Value', { exact: true }).fill('21')
    await staff.waitForText('In words: State is one of Texas and Age is at least 21.')
    await staff.press('Add cap')
    await page.getByLabel('Period').selectOption('week')
    await page.getByLabel('Limit', { exact: true }).fill('30')
    await staff.press('Add hours')
    await staff.press('Add opening hours')
    await page.getByLabel('Monday').check()
    await page.getByLabel('From', { exact: true }).fill('09:00')
    await page.getByLabel('To', { exact: true }).fill('17:30')
    await page.getByLabel('Type', { exact: true }).selectOption('webhook')
    await page.getByLabel('URL').fill('https://leads.heron.example/in')
    await staff.press('Save campaign')
    await page.getByRole('heading', { level: 1, name: 'Evening classes' }).waitFor()
    expect(await readCampaign('evening-classes')).toMatchObject({
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

  it('shows a fault at its field, saves nothing, and focuses the field from the summary', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/heron-key-florida', 'Associate degree')
    const before = await readCampaign('heron-key-florida')
    await staff.page.getByLabel('Weight (optional)').fill('0')
    await staff.press('Save campaign')
    await staff.waitForText('Nothing was saved')
    await staff.waitForText('Enter a number from 1 to 1,000,000.')
    await staff.press('Weight')
    await expect.poll(() => staff.page.evaluate('document.activeElement.dataset.pointer')).toBe('/weight')
    expect(await readCampaign('heron-key-florida')).toEqual(before)
  })

  it('builds a request template by fields, and edits it as JSON, which it refuses if it is invalid', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/golden-poppy-california', 'Associate degree, California')
    const { page, press } = staff
    const endpoint = page.getByRole('group', { name: 'Endpoint', exact: true })
    await endpoint.getByText('More settings').click()
    await press('Build a request template')
    await page.getByLabel('Name', { exact: true }).first().fill('vorname')
    await press('Remove zip')
    await press('Add header')
    await page.getByLabel('Header', { exact: true }).fill('x-api-key')
    await page.getByRole('group', { name: 'Headers' }).getByLabel('Value', { exact: true }).fill('abc')
    await press('Preview request')
    await staff.waitForText('x-api-key: abc')
    await staff.waitForText('"vorname":')
    await press('Save campaign')
    await staff.waitForText('Saved.')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Save campaign')
    expect((await readCampaign('golden-poppy-california'))?.endpoint).toMatchObject({
      request: { format: 'json', headers: { 'x-api-key': 'abc' }, fields: { vorname: '{{ contact.firstName }}' } },
    })
    await endpoint
      .getByRole('group', { name: /^Request template/ })
      .getByRole('button', { name: 'Edit as JSON' })
      .click()
    const shape = page.getByLabel('Request template (optional) (JSON)')
    await shape.fill('{"format": "json",')
    await staff.waitForText('Enter valid JSON.')
    await shape.fill('{"format": "json", "fields": {"mail": {"address": "{{ contact.email }}"}}}')
    await press('Preview request')
    await staff.waitForText('"address":')
    await shape.fill('')
    await press('Save campaign')
    await expect
      .poll(async () => (await readCampaign('golden-poppy-california'))?.endpoint)
      .not.toHaveProperty('request')
  })

  it('edits one mailbox or several, with a template that names fields of the lead', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo(
      '/campaigns/manzanita-ridge-admissions',
      'Associate degree and certificate, to the admissions office',
    )
    const { page, press } = staff
    const endpoint = page.getByRole('group', { name: 'Endpoint', exact: true })
    const mailboxes = endpoint.getByLabel('Email addresses')
    const first = await mailboxes.inputValue()
    await mailboxes.fill(`${first}\ncrm@manzanita.example`)
    await endpoint.getByLabel('Attachment (optional)').selectOption({ label: 'CSV' })
    await endpoint.getByText('More settings').click()
    await endpoint.getByLabel('Subject (optional)').fill('Inquiry of {{ contact.middleName }}')
    await press('Save campaign')
    await staff.waitForText('Check the fields that the subject names.')
    await endpoint.getByLabel('Subject (optional)').fill('Inquiry of {{ contact.lastName }}')
    await press('Save campaign')
    await staff.waitForText('Saved.')
    const read = async () => (await readCampaign('manzanita-ridge-admissions'))?.endpoint
    expect(await read()).toEqual({
      kind: 'email',
      to: [first, 'crm@manzanita.example'],
      subject: 'Inquiry of {{ contact.lastName }}',
      attachment: 'csv',
    })
    await mailboxes.fill(first)
    await press('Save campaign')
    await expect.poll(read).toMatchObject({ to: first })
  })

  it('takes the account of an SFTP server, masks the password, and never shows it again', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/heron-key-florida', 'Associate degree')
    const endpoint = staff.page.getByRole('group', { name: 'Endpoint', exact: true })
    await endpoint.getByLabel('Type', { exact: true }).selectOption({ label: 'CSV file by SFTP' })
    await endpoint.getByLabel('Server').fill('8.8.8.8')
    await endpoint.getByLabel('User name').fill('prospectus')
    await endpoint.getByLabel('Folder (optional)').fill('/incoming/leads')
    await endpoint.getByLabel('Host key fingerprints').fill(`SHA256:${'a'.repeat(43)}`)
    await endpoint.getByLabel('Times').fill('06:00\n18:30')
    const password = endpoint.getByLabel('Password (optional)')
    expect(await password.getAttribute('type')).toBe('password')
    await password.fill('open sesame')
    await staff.press('Save campaign')
    await staff.waitForText('Saved.')
    const { endpoint: saved } = (await readCampaign('heron-key-florida')) ?? {}
    expect(saved).toMatchObject({
      kind: 'sftp',
      host: '8.8.8.8',
      port: 22,
      folder: '/incoming/leads',
      schedule: { times: ['06:00', '18:30'] },
    })
    expect(JSON.stringify(saved)).not.toContain('sesame')
    await staff.page.reload()
    await password.waitFor()
    expect(await password.inputValue()).toBe('')
  })

  it('makes response rules by clicking on the values of a response', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/golden-poppy-california', 'Associate degree, California')
    const { page, press } = staff
    await page.getByRole('group', { name: 'Endpoint', exact: true }).getByText('More settings').click()
    await page.getByText('Make rules from a response').click()
    await page
      .getByLabel('A response of the school')
      .fill('{"status": "declined", "lead": {"id": 7, "why": "Too far"}}')
    await press('Means rejected /status')
    await press('Reason /lead/why')
    await press('School’s lead ID /lead/id')
    await press('Save campaign')
    await expect
      .poll(async () => (await readCampaign('golden-poppy-california'))?.endpoint)
      .toMatchObject({
        responses: {
          rejected: [{ path: '/status', equals: 'declined' }],
          reason: '/lead/why',
          reference: '/lead/id',
        },
      })
    await press('Remove rule 1')
    await press('Save campaign')
    await staff.waitForText('Nothing was saved')
  })

  it('asks for a name or an ID before it creates a record', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/schools/new', 'New school')
    await staff.press('Save school')
    await staff.waitForText('Enter a name or an ID.')
    await staff.page.getByLabel('Name', { exact: true }).fill('Tall Oaks College')
    await staff.press('Save school')
    await staff.press('Time zone')
    await staff.page.getByLabel('Time zone').selectOption('America/Denver')
    await staff.press('Save school')
    await staff.page.getByRole('heading', { level: 1, name: 'Tall Oaks College' }).waitFor()
    expect(staff.page.url()).toMatch(/tall-oaks-college$/)
  })

  it('does not overwrite a change that someone else saved first', async () => {
    await using staff = await openConsole(browser, host)
    await using other = await openConsole(browser, host)
    for (const one of [staff, other]) await one.goTo('/campaigns/mangrove-point-florida', 'Health records')
    await other.page.getByLabel('Priority (optional)').fill('7')
    await other.press('Save campaign')
    await other.waitForText('Saved.')
    await staff.page.getByLabel('Priority (optional)').fill('8')
    await staff.press('Save campaign')
    await staff.waitForText('Someone else changed this record.')
    await staff.press('Discard my changes and reload')
    await expect.poll(() => staff.page.getByLabel('Priority (optional)').inputValue()).toBe('7')
    expect(await readCampaign('mangrove-point-florida')).toMatchObject({ priority: 7 })
  })

  it('previews past leads with the campaign as edited in the form', async () => {
    await createLead(host)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/lone-prairie-texas', 'Associate degree, Texas')
    const lead = staff.page.getByRole('row', { name: /Lone Prairie College/ })
    await staff.page.getByLabel('Leads', { exact: true }).selectOption({ label: 'Today’s leads' })
    await staff.press('Preview')
    await lead.waitFor()
    const before = await lead.textContent()
    await staff.page.getByLabel('Status').selectOption('paused')
    await staff.press('Preview')
    await expect.poll(() => lead.textContent()).not.toBe(before)
    expect(await readCampaign('lone-prairie-texas')).toMatchObject({ status: 'active' })
  })

  it('pauses and resumes a campaign from the list', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns', 'Campaigns')
    const listed = staff.page.getByRole('button', { name: 'Pause Associate degree, California' })
    // The second click of a double click finds the question, and neither pauses nor resumes.
    await listed.dblclick()
    const dialog = staff.page.getByRole('dialog', { name: 'Pause Associate degree, California?' })
    await dialog.waitFor()
    await dialog.getByRole('button', { name: 'Pause campaign' }).click()
    const row = staff.page.getByRole('row', { name: /Associate degree, California/ })
    await row.getByText('By staff,').waitFor()
    await staff.page.getByRole('button', { name: 'Resume Associate degree, California' }).click()
    await staff.page.getByRole('button', { name: 'Pause Associate degree, California' }).waitFor()
  })

  it('creates a key, shows it once, and revokes it', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/keys', 'API keys')
    await staff.page.getByLabel('Name').fill('Reporting')
    await staff.press('Create key')
    await staff.waitForText('Copy it now. You won’t see it again.')
    await staff.page
      .getByRole('row', { name: /Reporting/ })
      .getByRole('button')
      .click()
    await staff.press('Revoke key')
    await staff.page.getByRole('row', { name: /Reporting/ }).waitFor({ state: 'detached' })
  })
})
