import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createLead } from '../console/create-leads.ts'
import { startBrowser } from '../start-browser.ts'
import { createStaff, openPortal } from './open-portal.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
const school = 'lone-prairie-college'

describeUnless(missing, 'the portal of a school', () => {
  let host: Host
  let hash: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    hash = await createStaff(host).createSchoolKey(school)
  })
  afterAll(() => host.close())

  /** Somebody of the school, at the newest of its leads, which has arrived. */
  const openNewestLead = async () => {
    const lead = await createLead(host)
    const officer = await openPortal(browser, host, { hash })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.waitForText('The school answered with status 204')
    return { lead, officer }
  }

  it('lets in by the link that the start prints', async () => {
    await using officer = await openPortal(browser, host, { hash: `#key=${host.keys.school}` })
    await officer.page.getByRole('heading', { level: 1, name: 'Lone Prairie College' }).waitFor()
  })

  it('lets in by a link once, not before somebody presses, and keeps the link out of the address', async () => {
    const link = await createStaff(host).createSchoolLink(school)
    await using scanner = await openPortal(browser, host, { hash: link })
    await scanner.waitForText('This link signs you in.')
    await using officer = await openPortal(browser, host, { hash: link })
    expect(officer.page.url()).toBe(`${host.urls.portal}#/`)
    await officer.press('Sign in')
    await officer.page.getByRole('heading', { level: 1, name: 'Lone Prairie College' }).waitFor()
    await using other = await openPortal(browser, host, { hash: link })
    await other.press('Sign in')
    await other.waitForText('This link has signed somebody in before')
    await other.press('Sign in with a key instead')
    await other.page.getByLabel('Key of your school').waitFor()
  })

  it('says that a link is not whole', async () => {
    await using officer = await openPortal(browser, host, { hash: '#link=' })
    await officer.press('Sign in')
    await officer.waitForText('This link is not whole.')
  })

  it('lets in nobody by a link of another school’s making, also where somebody was signed in', async () => {
    await using officer = await openPortal(browser, host, { hash })
    await officer.page.getByRole('heading', { level: 1, name: 'Lone Prairie College' }).waitFor()
    await officer.page.evaluate(`location.hash = '#link=forged'`)
    await officer.press('Sign in')
    await officer.waitForText('This link has signed somebody in before')
    await officer.press('Sign in with a key instead')
    await officer.page.getByLabel('Key of your school').waitFor()
    expect(await officer.page.getByRole('heading', { name: 'Lone Prairie College' }).count()).toBe(0)
  })

  it('leads from the newest lead to who it is, what was agreed to and how it came, and takes what became of it', async () => {
    const { officer, lead } = await openNewestLead()
    await using _ = officer
    await officer.page.getByRole('heading', { level: 1, name: lead.contact.firstName }).waitFor()
    await officer.page.getByRole('link', { name: lead.contact.email }).waitFor()
    await officer.page.getByRole('link', { name: lead.contact.phone }).waitFor()
    await officer.waitForText(lead.disclosure)
    await officer.page.getByLabel('What happened').selectOption('applied')
    await officer.page.getByLabel('Note (optional)').fill('Starts in\nJanuary.')
    await officer.press('Tell it')
    await officer.waitForText('Recorded: Applied.')
    await officer.waitForText('“Starts in January.”')
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByLabel('What became of it').selectOption('applied')
    await officer.page.getByRole('cell', { name: 'Applied', exact: true }).waitFor()
    await officer.page.getByLabel('What became of it').selectOption('enrolled')
    await officer.waitForText('No lead passes these filters.')
  })

  it('finds what somebody has to look after among the leads', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.goTo('/', 'Lone Prairie College')
    await officer.page.getByRole('link', { name: /you have told nothing of$/ }).click()
    await officer.page.getByRole('heading', { level: 1, name: 'Your leads' }).waitFor()
    await officer.page
      .getByRole('row', { name: /delivered/ })
      .first()
      .waitFor()
    expect(await officer.page.getByRole('cell', { name: 'Applied', exact: true }).count()).toBe(0)
    await officer.page.getByLabel('Delivery').selectOption('dead')
    await officer.waitForText('No lead passes these filters.')
    await officer.press('Show all')
    await officer.page
      .getByRole('row', { name: /delivered/ })
      .first()
      .waitFor()
  })

  it('tells once what is told by a double click', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.page.getByLabel('What happened').selectOption('contacted')
    await officer.page.getByRole('button', { name: 'Tell it' }).dblclick()
    const dispositions = officer.page.getByRole('list', { name: 'What your school says' }).getByRole('listitem')
    await dispositions.first().waitFor()
    await officer.page.reload()
    await dispositions.first().waitFor()
    expect(await dispositions.count()).toBe(1)
  })

  it('tells once where the answer was lost on the way, and somebody presses again', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.page.route('**/dispositions', async (route) => {
      await route.fetch()
      await route.abort()
      await officer.page.unroute('**/dispositions')
    })
    await officer.page.getByLabel('What happened').selectOption('contacted')
    await officer.press('Tell it')
    await officer.waitForText('The server does not answer.')
    await officer.press('Tell it')
    await officer.waitForText('Recorded: Contacted.')
    const dispositions = officer.page.getByRole('list', { name: 'What your school says' }).getByRole('listitem')
    expect(await dispositions.count()).toBe(1)
  })

  it('says beside the field what is wrong with what is told', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.press('Tell it')
    await officer.page.getByLabel('What happened').and(officer.page.locator('[aria-invalid]')).waitFor()
    await officer.page.getByLabel('What happened').selectOption('contacted')
    await officer.page.getByLabel('When (optional)').fill('2099-01-01T10:00')
    await officer.press('Tell it')
    await officer.page.getByLabel('When (optional)').and(officer.page.locator('[aria-invalid]')).waitFor()
    await officer.waitForText('That lies ahead.')
  })

  it('has a lead sent once more, and shows that it came', async () => {
    const { officer } = await openNewestLead()
    await using _ = officer
    await officer.press('Send again …')
    await officer.press('Send it again')
    await officer.waitForText('Attempt 2')
  })

  it('shows whom to call also where the school’s own system takes no leads, and says so where one begins', async () => {
    await createStaff(host).misdirect('lone-prairie-texas')
    const { contact } = await createLead(host)
    await using officer = await openPortal(browser, host, { hash })
    await officer.page.getByRole('heading', { name: 'What needs you' }).waitFor()
    await officer.page.clock.setSystemTime(Date.now() + 10 * 60_000)
    await officer.press('Refresh')
    await officer.page.getByRole('link', { name: '1 lead late' }).click()
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.page.getByRole('link', { name: contact.email }).waitFor()
    await officer.waitForText('The school answered with status 404')
    await officer.follow('Back to your selection')
    await officer.page.getByRole('table').getByRole('link').first().waitFor()
  })
})
