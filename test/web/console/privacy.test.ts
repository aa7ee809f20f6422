import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { startBrowser } from '../start-browser.ts'
import { createLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'privacy pages of the console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('records a withdrawal, and lists it with its clock and the schools that confirmed', async () => {
    const { contact, schools } = await createLead(host)
    await using staff = await openConsole(browser, host, { bypassCSP: true })
    await staff.goTo('/withdrawals', 'Withdrawals')
    await staff.waitForText('No withdrawals yet.')
    await staff.press('Record withdrawal')
    await staff.waitForText('Enter an email address or a phone number.')
    await staff.waitForText('Enter what the person asked for, on one line.')
    await expectAccessible(staff.page, 'a withdrawal with errors')
    await staff.page.getByLabel('Email', { exact: true }).fill(contact.email)
    await staff.page.getByLabel('How did they ask?').selectOption({ label: 'By phone' })
    await staff.page.getByLabel('What did they ask for?').fill('Stop all calls')
    await staff.press('Record withdrawal')
    await staff.waitForText('Recorded.')
    const row = staff.page.getByRole('row', { name: /By phone.*Stop all calls/ })
    for (const { name } of schools) await row.getByText(name).waitFor()
    await expect
      .poll(async () => {
        await staff.page.reload()
        await row.waitFor()
        return row.getByText('Confirmed', { exact: true }).count()
      })
      .toBe(schools.length)
    await row.getByText('All confirmed').waitFor()
    await expectAccessible(staff.page, 'a list of withdrawals')
    expect(await staff.page.content()).not.toContain(contact.email)
  })

  it('imports a list after a preview, finds a person in it, and lifts the suppression with a reason', async () => {
    await using staff = await openConsole(browser, host, { bypassCSP: true })
    await staff.goTo('/suppressions', 'Suppressions')
    await staff.page.getByText('Import a list').click()
    await staff.press('Preview')
    await staff.waitForText('Choose a CSV file.')
    const csv = 'name,email\nZoe,zoe@mail.example\nBad,not-an-email\nYan,yan@mail.example\n'
    await staff.page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await staff.waitForText('People to import: 2. Rows to skip: 1.')
    await staff.waitForText('Not a valid email address.')
    await expectAccessible(staff.page, 'the preview of an import')
    await staff.press('Import list')
    await staff.waitForText('Enter where the list comes from.')
    await staff.page.getByRole('textbox', { name: 'Reason' }).fill('List of November')
    await staff.press('Import list')
    await staff.waitForText('People imported: 2. Rows skipped: 1.')

    await staff.page.getByLabel('Email or phone').fill('zoe@mail.example')
    await staff.press('Find')
    const found = staff.page.getByRole('region', { name: 'Suppressions of this person' })
    await found.getByRole('button', { name: 'Lift' }).click()
    const dialog = staff.page.getByRole('dialog', { name: 'Lift this suppression?' })
    await dialog.getByRole('button', { name: 'Lift suppression' }).click()
    await dialog.getByText('Enter a reason for lifting it.').waitFor()
    await dialog.getByLabel('Reason').fill('A stranger had entered it.')
    await dialog.getByRole('button', { name: 'Lift suppression' }).click()
    await found.getByText('Lifted', { exact: true }).waitFor()
    await found.getByText('A stranger had entered it.').waitFor()
    expect(staff.page.url()).not.toContain('mail.example')

    await staff.page.getByText('Export as CSV').click()
    await staff.page.getByLabel('Email and phone').selectOption('plain')
    await staff.press('Download CSV')
    await staff.waitForText('Enter why you need the plain text.')
    await staff.page.getByRole('textbox', { name: 'Purpose' }).fill('Check of the dialer')
    const file = staff.page.waitForEvent('download')
    await staff.press('Download CSV')
    const text = await readFile(await (await file).path(), 'utf8')
    expect(text).toContain('yan@mail.example')
    expect(text).not.toContain('zoe@mail.example')
  })

  it('shows everything that is stored about a person for a purpose, as a document that prints', async () => {
    const { contact, leadId } = await createLead(host)
    await using staff = await openConsole(browser, host, { bypassCSP: true })
    await staff.goTo('/access-request', 'Access request')
    await staff.page.getByLabel('Email or phone').fill(contact.email)
    await staff.press('Show everything')
    await staff.waitForText('Enter why you need this.')
    await staff.page.getByLabel('Purpose').fill('Request 31, identity checked')
    await staff.press('Show everything')
    for (const section of [
      'Proofs of consent',
      'Leads',
      'Routing decisions',
      'Deliveries to schools',
      'Not shown here',
    ])
      await staff.page.getByRole('heading', { level: 3, name: section, exact: true }).waitFor()
    await staff.waitForText(contact.email)
    await expectAccessible(staff.page, 'the answer of an access request')
    const file = staff.page.waitForEvent('download')
    await staff.press('Download JSON')
    const answer = JSON.parse(await readFile(await (await file).path(), 'utf8'))
    expect(answer.proofs).toMatchObject([{ leadId }])
    await staff.page.emulateMedia({ media: 'print' })
    await expect.poll(() => staff.page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    await expect.poll(() => staff.page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false)
    await expect.poll(() => staff.page.getByRole('heading', { name: 'Stored data' }).isVisible()).toBe(true)
  })
})
