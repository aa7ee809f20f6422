import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createLead } from '../console/create-leads.ts'
import { expectAccessible, findAccessibilityFaults } from '../expect-accessible.ts'
import { findUncoveredPages } from '../find-uncovered-pages.ts'
import { startBrowser } from '../start-browser.ts'
import { createStaff, openPortal } from './open-portal.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
const school = 'lone-prairie-college'
const campaign = '/campaigns/lone-prairie-nationwide'

describeUnless(missing, 'accessibility of the portal', () => {
  let host: Host
  let hash: string
  let pages: [path: string, heading: string][]
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    hash = await createStaff(host).createSchoolKey(school)
    const { contact, schools } = await createLead(host)
    const deliveryId = schools.find(({ schoolId }) => schoolId === school)?.deliveryId
    pages = [
      ['/', 'Lone Prairie College'],
      ['/leads', 'Your leads'],
      ['/leads?delivery=dead', 'Your leads'],
      [`/leads/${deliveryId}`, `${contact.firstName} ${contact.lastName}`],
      ['/leads/statuses', 'Update statuses from a file'],
      ['/results', 'Results'],
      ['/returns', 'Returns'],
      ['/statements', 'Statements'],
      ['/opt-outs', 'Opt-outs'],
      ['/notifications', 'Notifications'],
      ['/campaigns', 'Campaigns'],
      [campaign, 'Coding certificate'],
      ['/people', 'People'],
      ['/account', 'Your account'],
    ]
  })
  afterAll(() => host.close())

  it('has no accessibility fault on any page', async () => {
    await using officer = await openPortal(browser, host, { hash, bypassCSP: true })
    for (const [path, heading] of pages) {
      await officer.goTo(path, heading)
      await expectAccessible(officer.page, path)
    }
    await officer.goTo(campaign, 'Coding certificate')
    await officer.press('Change caps')
    await officer.press('Add cap')
    await officer.press('Save caps')
    await expectAccessible(officer.page, 'caps with errors')
    await officer.press('Rotate secret')
    await officer.press('Rotate')
    await expectAccessible(officer.page, 'a new secret')
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.press('Save status')
    await expectAccessible(officer.page, 'a lead with errors')
    await officer.press('Request credit')
    await officer.press('Submit request')
    await expectAccessible(officer.page, 'a return with errors')
  })

  it('has every page in the list above', () => {
    const paths = pages.map(([path]) => path)
    expect(findUncoveredPages('portal', paths)).toEqual([])
    expect(
      findUncoveredPages(
        'portal',
        paths.filter((path) => path !== '/people'),
      ),
    ).toEqual(['/people'])
  })

  it.each([390, 360])('shows the badges of the list of leads whole on a phone of %i px', async (width) => {
    await using officer = await openPortal(browser, host, { hash, viewport: { width, height: 844 } })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByText('Delivered').first().waitFor()
    const hiddenPixels = await officer.page.evaluate<number[]>(`(() => {
      for (const status of document.querySelectorAll('.status-word')) status.textContent = 'Attempted contact'
      const { right } = document.querySelector('.scroll').getBoundingClientRect()
      const badges = [...document.querySelectorAll('td:nth-child(7) .badge')]
      return badges.map((badge) => Math.max(0, badge.getBoundingClientRect().right - right))
    })()`)
    expect(hiddenPixels.length).toBeGreaterThan(0)
    expect(new Set(hiddenPixels)).toEqual(new Set([0]))
  })

  it('has no accessibility fault while signing in', async () => {
    const link = await createStaff(host).createSchoolLink(school)
    await using officer = await openPortal(browser, host, { hash: `${link}x`, bypassCSP: true })
    await officer.waitForText('This link signs you in.')
    await expectAccessible(officer.page, 'a link')
    await officer.press('Sign in')
    await officer.waitForText('This link is incomplete.')
    await expectAccessible(officer.page, 'a link that is incomplete')
    await officer.press('Sign in with a key instead')
    await expectAccessible(officer.page, 'the key')
  })

  it('detects: a select without a label', async () => {
    await using officer = await openPortal(browser, host, { hash, bypassCSP: true })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.evaluate(
      `document.querySelector('label[for="' + document.querySelector('main select').id + '"]').remove()`,
    )
    expect(await findAccessibilityFaults(officer.page)).toContainEqual(expect.objectContaining({ rule: 'select-name' }))
  })
})
