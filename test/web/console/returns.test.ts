import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { createStaff, openPortal } from '../portal/open-portal.ts'
import { startBrowser } from '../start-browser.ts'
import { createLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'returns', () => {
  let host: Host
  let hash: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    hash = await createStaff(host).createSchoolKey('lone-prairie-college')
  })
  afterAll(() => host.close())

  /** Opens the newest lead of the school and starts a credit request. */
  const openReturnForm = async (options = {}) => {
    const { leadId } = await createLead(host)
    const officer = await openPortal(browser, host, { hash, ...options })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.waitForText('204, accepted by your system')
    await officer.press('Request credit')
    // A key ends the click: the button of the form may be where the first one was.
    await officer.page.keyboard.press('Shift')
    return { leadId, officer }
  }

  it('waits for staff after a request, and shows the school the message of the approval', async () => {
    const { leadId, officer } = await openReturnForm()
    await using _ = officer
    await officer.page.getByLabel('Reason').selectOption('invalid-contact')
    await officer.page.getByLabel('Details').fill('The number is\nnot in service.')
    await officer.press('Submit request')
    await officer.waitForText('Credit if approved')

    await using staff = await openConsole(browser, host)
    await staff.page.getByRole('link', { name: '1 credit request' }).click()
    await staff.page.getByRole('heading', { level: 2, name: 'Lone Prairie College' }).waitFor()
    await staff.waitForText('“The number is not in service.”')
    await staff.page.getByLabel('Message to the school').fill('You are right.')
    await staff.page.getByRole('button', { name: /^Approve .* credit$/ }).click()
    await staff.page.getByRole('dialog', { name: /^Approve \$.* credit for Lone Prairie College\?$/ }).waitFor()
    await staff.press('Approve credit')
    await staff.waitForText('Approved.')
    await staff.page.getByLabel('Status').selectOption('accepted')
    await staff.follow('View lead')
    await staff.page.getByRole('heading', { level: 1, name: 'Lead received' }).waitFor()
    await staff.waitForText(leadId)
    await staff.waitForText('Credit request')

    await officer.goTo('/returns', 'Returns')
    await officer.page.getByRole('row', { name: /Invalid contact Approved .* You are right\./ }).waitFor()
  })

  it('sends one request for a double click', async () => {
    const { officer } = await openReturnForm()
    await using _ = officer
    await officer.page.getByLabel('Reason').selectOption('duplicate')
    await officer.page.getByRole('button', { name: 'Submit request', exact: true }).dblclick()
    await officer.waitForText('Credit if approved')
    expect(await officer.page.getByRole('button', { name: /^(Request credit|Submit request)$/ }).count()).toBe(0)
  })

  it('shows a missing reason or message at its field, to the school and to staff', async () => {
    const { officer } = await openReturnForm()
    await using _ = officer
    await officer.press('Submit request')
    await officer.waitForText('Select a reason.')
    await officer.page.getByLabel('Reason').selectOption('fraud')
    await officer.press('Submit request')
    await officer.page.getByLabel('Details').and(officer.page.locator('[aria-invalid]')).waitFor()
    await officer.page.getByLabel('Details').fill('One phone for nine people.')
    await officer.press('Submit request')
    await officer.waitForText('Credit if approved')

    await using staff = await openConsole(browser, host)
    await staff.goTo('/returns', 'Returns')
    const item = staff.page.getByRole('listitem').filter({ hasText: 'One phone for nine people.' })
    await item.getByRole('button', { name: 'Deny' }).click()
    await item.getByText('Enter a reason. The school will see it.').waitFor()
    await item.getByLabel('Message to the school').fill('They are nine brothers.')
    await item.getByRole('button', { name: 'Deny' }).click()
    await staff.press('Deny credit')
    await item.getByText('Denied.').waitFor()
    await officer.page.reload()
    await officer.waitForText('“They are nine brothers.”')
  })

  it('offers only the reasons and the days that are set in the campaign editor', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/lone-prairie-texas', 'Associate degree, Texas')
    await staff.press('Add returns')
    await staff.page.getByLabel('Days to return (optional)').fill('3')
    await staff.page.getByRole('group', { name: 'Accepted reasons' }).getByLabel('Outside area').check()
    await staff.press('Save campaign')
    await staff.waitForText('Saved.')
    const { officer } = await openReturnForm()
    await using _ = officer
    await expect
      .poll(() => officer.page.getByLabel('Reason').getByRole('option').allTextContents())
      .toEqual(['Select…', 'Outside area: Lives where the school doesn’t offer the program'])
    await officer.goTo('/campaigns/lone-prairie-texas', 'Associate degree, Texas')
    await officer.waitForText('Within 3 days of delivery')
  })

  it('has no accessibility fault while a request waits and when a message is missing', async () => {
    const { officer, leadId } = await openReturnForm()
    await using __ = officer
    await officer.page.getByLabel('Reason').selectOption('outside-area')
    await officer.press('Submit request')
    await officer.waitForText('Credit if approved')
    await using staff = await openConsole(browser, host, { bypassCSP: true })
    await staff.goTo('/returns', 'Returns')
    await staff.page.getByRole('button', { name: 'Deny' }).first().click()
    await expectAccessible(staff.page, 'returns with errors')
    await staff.goTo(`/leads/${leadId}`, 'Lead received')
    await expectAccessible(staff.page, 'a lead with a return')
  })
})
