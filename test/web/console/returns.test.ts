import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { displayModes, expectAccessible } from '../expect-accessible.ts'
import { createStaff, openPortal } from '../portal/open-portal.ts'
import { startBrowser } from '../start-browser.ts'
import { createLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'a return', () => {
  let host: Host
  let hash: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    hash = await createStaff(host).createSchoolKey('lone-prairie-college')
  })
  afterAll(() => host.close())

  /** Somebody of the school, at the newest of its leads, who begins to ask for credit. */
  const openReturnForm = async (options = {}) => {
    const { leadId } = await createLead(host)
    const officer = await openPortal(browser, host, { hash, ...options })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.waitForText('The school answered with status 204')
    await officer.press('Ask for credit …')
    return { leadId, officer }
  }

  it('is asked for with a reason, waits for staff, and is accepted with an answer that the school reads', async () => {
    const { leadId, officer } = await openReturnForm()
    await using _ = officer
    await officer.page.getByLabel('Why').selectOption('invalid-contact')
    await officer.page.getByLabel('What you found').fill('The number is\nnot in service.')
    await officer.press('Ask for credit')
    await officer.waitForText('Credit, if accepted')

    await using staff = await openConsole(browser, host)
    await staff.page.getByRole('link', { name: '1 return asked for' }).click()
    await staff.page.getByRole('heading', { level: 2, name: 'Lone Prairie College' }).waitFor()
    await staff.waitForText('“The number is not in service.”')
    await staff.page.getByLabel('Answer to the school').fill('You are right.')
    await staff.page.getByRole('button', { name: 'Accept and credit' }).click()
    await staff.waitForText('No return waits.')
    await staff.page.getByLabel('State').selectOption('accepted')
    await staff.follow('Its lead')
    await staff.page.getByRole('heading', { level: 1, name: 'Lead of' }).waitFor()
    await staff.waitForText(leadId)
    await staff.waitForText('The school wants credit')

    await officer.goTo('/returns', 'Returns')
    await officer.page.getByRole('row', { name: /Invalid contact accepted .* You are right\./ }).waitFor()
  })

  it('is asked for once, whoever presses twice', async () => {
    const { officer } = await openReturnForm()
    await using _ = officer
    await officer.page.getByLabel('Why').selectOption('duplicate')
    await officer.page.getByRole('button', { name: 'Ask for credit', exact: true }).dblclick()
    await officer.waitForText('Credit, if accepted')
    expect(await officer.page.getByRole('button', { name: /^Ask for credit/ }).count()).toBe(0)
  })

  it('says beside the field what is missing, to the school and to staff', async () => {
    const { officer } = await openReturnForm()
    await using _ = officer
    await officer.press('Ask for credit')
    await officer.waitForText('Choose why.')
    await officer.page.getByLabel('Why').selectOption('fraud')
    await officer.press('Ask for credit')
    await officer.page.getByLabel('What you found').and(officer.page.locator('[aria-invalid]')).waitFor()
    await officer.page.getByLabel('What you found').fill('One phone for nine people.')
    await officer.press('Ask for credit')
    await officer.waitForText('Credit, if accepted')

    await using staff = await openConsole(browser, host)
    await staff.goTo('/returns', 'Returns')
    const item = staff.page.getByRole('listitem').filter({ hasText: 'One phone for nine people.' })
    await item.getByRole('button', { name: 'Refuse' }).click()
    await item.getByText('Say why: the school reads it.').waitFor()
    await item.getByLabel('Answer to the school').fill('They are nine brothers.')
    await item.getByRole('button', { name: 'Refuse' }).click()
    await item.waitFor({ state: 'detached' })
    await officer.page.reload()
    await officer.waitForText('“They are nine brothers.”')
  })

  it('is asked for within the days and for the reasons that the campaign was given in its editor', async () => {
    await using staff = await openConsole(browser, host)
    await staff.goTo('/campaigns/lone-prairie-texas', 'Associate degree, Texas')
    await staff.press('Set returns')
    await staff.page.getByLabel('Days (optional)').fill('3')
    await staff.page.getByRole('group', { name: 'Reasons' }).getByLabel('outside area').check()
    await staff.press('Save campaign')
    await staff.waitForText('Saved. It holds from now on.')
    const { officer } = await openReturnForm()
    await using _ = officer
    await expect
      .poll(() => officer.page.getByLabel('Why').getByRole('option').allTextContents())
      .toEqual(['Choose …', 'Outside our area: The person lives where the school does not teach.'])
    await officer.goTo('/campaigns/lone-prairie-texas', 'Associate degree, Texas')
    await officer.waitForText('Within 3 days after a lead has arrived')
  })

  it.each(displayModes)('has no fault where it waits and where its answer is missing, %s', async (_, look) => {
    const { officer, leadId } = await openReturnForm()
    await using __ = officer
    await officer.page.getByLabel('Why').selectOption('outside-area')
    await officer.press('Ask for credit')
    await officer.waitForText('Credit, if accepted')
    await using staff = await openConsole(browser, host, { ...look, bypassCSP: true })
    await staff.goTo('/returns', 'Returns')
    await staff.page.getByRole('button', { name: 'Refuse' }).first().click()
    await expectAccessible(staff.page, 'returns with errors')
    await staff.goTo(`/leads/${leadId}`, 'Lead of')
    await expectAccessible(staff.page, 'a lead with a return')
  })
})
