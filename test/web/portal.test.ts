import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { sentLead } from './console-leads.ts'
import { faultsOf, looks, settled } from './looks.ts'
import { openPortal, staffOf } from './portal-page.ts'
import { startBrowser } from './start-browser.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
const school = 'lone-prairie-college'
const campaign = '/campaigns/lone-prairie-nationwide'

describeUnless(missing, 'the portal of a school', () => {
  let host: Host
  let hash: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    hash = await staffOf(host).keyFor(school)
  })
  afterAll(() => host.close())

  it('lets in once by a link, and keeps the link out of the address', async () => {
    const link = await staffOf(host).linkFor(school)
    await using officer = await openPortal(browser, host, { hash: link })
    await officer.page.getByRole('heading', { level: 1, name: 'Lone Prairie College' }).waitFor()
    expect(officer.page.url()).toBe(`${host.urls.portal}#/`)
    await using other = await openPortal(browser, host, { hash: link })
    await other.sees('This link has signed somebody in before')
    await other.page.getByLabel('Key of your school').waitFor()
  })

  it('leads from the newest lead to who it is, what was agreed to and how it came, and takes what became of it', async () => {
    const { contact, disclosure } = await sentLead(host)
    await using officer = await openPortal(browser, host, { hash })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.page.getByRole('heading', { level: 1, name: contact.firstName }).waitFor()
    await officer.page.getByRole('link', { name: contact.email }).waitFor()
    await officer.sees(disclosure)
    await officer.sees('The school answered with status 204')
    await officer.page.getByLabel('What happened').selectOption('applied')
    await officer.page.getByLabel('Note (optional)').fill('Starts in January.')
    await officer.press('Tell it')
    await officer.sees('“Starts in January.”')
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('row', { name: /applied/ }).waitFor()
  })

  it('tells once what is told by a double click', async () => {
    await sentLead(host)
    await using officer = await openPortal(browser, host, { hash })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.page.getByRole('button', { name: 'Tell it' }).dblclick()
    const told = officer.page.getByRole('list', { name: 'What your school says' }).getByRole('listitem')
    await told.first().waitFor()
    await officer.page.reload()
    await told.first().waitFor()
    expect(await told.count()).toBe(1)
  })

  it('has a lead sent once more, and shows that it came', async () => {
    await sentLead(host)
    await using officer = await openPortal(browser, host, { hash })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.press('Send again …')
    await officer.press('Send it again')
    await officer.sees('Attempt 2')
  })

  it('pauses a campaign and resumes it', async () => {
    await using officer = await openPortal(browser, host, { hash })
    await officer.goTo(campaign, 'Coding certificate')
    await officer.press('Pause …')
    await officer.press('Pause it')
    await officer.sees('No lead comes for it until you resume it.')
    await officer.press('Resume')
    await officer.sees('Leads that fit come to you now.')
  })

  it('changes a cap, and says what is wrong with one', async () => {
    await using officer = await openPortal(browser, host, { hash })
    await officer.goTo(campaign, 'Coding certificate')
    await officer.page.getByLabel('Limit 1').fill('many')
    await officer.press('Save caps')
    await officer.sees('Each limit must be a number')
    await officer.page.getByLabel('Limit 1').fill('60')
    await officer.press('Save caps')
    await officer.sees('of 60 leads today')
  })

  it('sends a test lead and follows it until it has come', async () => {
    await using officer = await openPortal(browser, host, { hash })
    await officer.goTo(campaign, 'Coding certificate')
    await officer.press('Send a test lead')
    await officer.page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Coding certificate' }).waitFor()
    await officer.sees('The school answered with status 204')
  })

  it('makes a new secret, and shows it once', async () => {
    await using officer = await openPortal(browser, host, { hash })
    await officer.goTo(campaign, 'Coding certificate')
    await officer.press('New secret …')
    await officer.press('Make it')
    await officer.page.getByText(/^whsec_/).waitFor()
    await officer.page.reload()
    await officer.page.getByRole('heading', { name: 'Webhook secret' }).waitFor()
    expect(await officer.page.getByText(/whsec_/).count()).toBe(0)
  })

  it('offers nothing to change to a key that may only read', async () => {
    const readOnly = await staffOf(host).keyFor(school, 'read')
    await using officer = await openPortal(browser, host, { hash: readOnly })
    await officer.goTo(campaign, 'Coding certificate')
    await officer.sees('Your key may look, and change nothing.')
    expect(await officer.page.getByRole('main').getByRole('button').count()).toBe(0)
  })

  it.each(looks)('has no fault on any page, %s', async (_, look) => {
    await sentLead(host)
    await using officer = await openPortal(browser, host, { hash, ...look, bypassCSP: true })
    for (const [place, heading] of [
      ['/', 'Lone Prairie College'],
      ['/leads', 'Your leads'],
      ['/campaigns', 'Campaigns'],
      [campaign, 'Coding certificate'],
    ] as const) {
      await officer.goTo(place, heading)
      await settled(officer.page, place)
    }
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.page.getByRole('heading', { name: 'How it came to you' }).waitFor()
    await settled(officer.page, 'a lead')
  })

  it('would tell of a fault', async () => {
    await using officer = await openPortal(browser, host, { hash, bypassCSP: true })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.evaluate(`document.querySelector('label').remove()`)
    expect(await faultsOf(officer.page)).toContainEqual(expect.objectContaining({ rule: 'label' }))
  })
})
