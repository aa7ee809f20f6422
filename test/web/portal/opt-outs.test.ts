import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { searchSuppressions } from '#shared/contract/aftercare/suppressions.ts'
import { createClient } from '#shared/contract/client.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createLead } from '../console/create-leads.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { startBrowser } from '../start-browser.ts'
import { createStaff, openPortal } from './open-portal.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'opt-outs in the portal', () => {
  let host: Host
  let hash: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    hash = await createStaff(host).createSchoolKey('lone-prairie-college')
  })
  afterAll(() => host.close())

  const findSuppressions = async (email: string) => {
    const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
    const { body } = await staff(searchSuppressions, { body: { email } })
    return body?.suppressions
  }

  it('records that a person asked to stop after a question that names them, and hides the contact details', async () => {
    const { contact } = await createLead(host)
    await using officer = await openPortal(browser, host, { hash, bypassCSP: true })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.waitForText('204, accepted by your system')
    await officer.press('Record opt-out')
    const dialog = officer.page.getByRole('dialog', { name: 'Did Ada Example ask you to stop?' })
    await expectAccessible(officer.page, 'the question before an opt-out')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await findSuppressions(contact.email)).toEqual([])
    await officer.press('Record opt-out')
    await dialog.getByRole('button', { name: 'Yes, record opt-out' }).click()
    await officer.page.getByRole('heading', { level: 1, name: 'Do not contact' }).waitFor()
    expect(await officer.page.content()).not.toContain(contact.email)
    expect(await officer.page.getByRole('button', { name: 'Record opt-out' }).count()).toBe(0)
    expect(await findSuppressions(contact.email)).toMatchObject([{ channel: 'disposition' }])
  })

  it('uploads a list of opt-outs after a preview, and names the rows that it skips', async () => {
    await using officer = await openPortal(browser, host, { hash, bypassCSP: true })
    await officer.goTo('/opt-outs', 'Opt-outs')
    await officer.press('Preview')
    await officer.waitForText('Choose a CSV file.')
    const csv = 'phone,email\n(512) 789-1111,\n,not-an-email\n,zoe@mail.example\n'
    const file = { name: 'opt-outs.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
    await officer.page.getByLabel('CSV file').setInputFiles(file)
    await officer.waitForText('People to import: 2. Rows to skip: 1.')
    await officer.page.getByRole('row', { name: '2 Not a valid email address.' }).waitFor()
    await expectAccessible(officer.page, 'the preview of opt-outs')
    await officer.press('Import list')
    await officer.waitForText('People imported: 2. Rows skipped: 1.')
    const scope = { kind: 'school', schoolId: 'lone-prairie-college' }
    expect(await findSuppressions('zoe@mail.example')).toMatchObject([{ scope, channel: 'school-csv' }])
  })

  it('reads no file in the wrong character encoding, and asks for it', async () => {
    await using officer = await openPortal(browser, host, { hash, bypassCSP: true })
    await officer.goTo('/opt-outs', 'Opt-outs')
    const buffer = Buffer.from('email\n"jose@mail.example"\n"Jos\xe9"\n', 'latin1')
    const input = officer.page.getByLabel('CSV file')
    await input.setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer })
    await officer.waitForText('Line 3 doesn’t match the expected character encoding.')
    await officer.waitForText('It may be Windows (Western).')
    await expectAccessible(officer.page, 'the question for a character encoding')
    await officer.page.getByLabel('Character encoding of the file').selectOption('Windows (Western)')
    await officer.waitForText('People to import: 1. Rows to skip: 1.')
    await officer.page.getByRole('cell', { name: 'José' }).waitFor()
    await input.setInputFiles({
      name: 'list.xlsx',
      mimeType: 'text/csv',
      buffer: Buffer.from('PK\x03\x04\0', 'latin1'),
    })
    await officer.waitForText('This is a spreadsheet or a .zip file.')
  })

  it('continues a list that was interrupted with the part that failed', async () => {
    await using officer = await openPortal(browser, host, { hash })
    await officer.goTo('/opt-outs', 'Opt-outs')
    const emails = Array.from({ length: 501 }, (_, index) => `person${index}@mail.example`)
    const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(['email', ...emails].join('\n')) }
    let calls = 0
    await officer.page.route('**/v1/school/withdrawals/imports', (route) => {
      calls += 1
      return calls === 2 ? route.abort() : route.continue()
    })
    await officer.page.getByLabel('CSV file').setInputFiles(file)
    await officer.press('Import list')
    await officer.waitForText('The import stopped.')
    await officer.press('Continue from row 501')
    await officer.waitForText('People imported: 501. Rows skipped: 0.')
    expect(calls).toBe(3)
  })

  it('does not offer an upload to a view-only key', async () => {
    const viewOnly = await createStaff(host).createSchoolKey('lone-prairie-college', 'read')
    await using officer = await openPortal(browser, host, { hash: viewOnly })
    await officer.goTo('/opt-outs', 'Opt-outs')
    await officer.waitForText('You have view-only access.')
    expect(await officer.page.getByLabel('CSV file').count()).toBe(0)
  })
})
