import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { sentLead } from '../console/console-leads.ts'
import { faultsOf, looks, settled } from '../looks.ts'
import { startBrowser } from '../start-browser.ts'
import { openPortal, staffOf } from './portal-page.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
const school = 'lone-prairie-college'
const campaign = '/campaigns/lone-prairie-nationwide'

describeUnless(missing, 'how the portal looks', () => {
  let host: Host
  let hash: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    hash = await staffOf(host).keyFor(school)
    await sentLead(host)
  })
  afterAll(() => host.close())

  it.each(looks)('has no fault on any page, %s', async (_, look) => {
    await using officer = await openPortal(browser, host, { hash, ...look, bypassCSP: true })
    for (const [place, heading] of [
      ['/', 'Lone Prairie College'],
      ['/leads', 'Your leads'],
      ['/leads?delivery=dead', 'Your leads'],
      ['/returns', 'Returns'],
      ['/campaigns', 'Campaigns'],
      [campaign, 'Coding certificate'],
    ] as const) {
      await officer.goTo(place, heading)
      await settled(officer.page, place)
    }
    await officer.press('Change caps')
    await officer.press('Add a cap')
    await officer.press('Save caps')
    await settled(officer.page, 'caps with errors')
    await officer.press('New secret …')
    await officer.press('Make it')
    await settled(officer.page, 'a new secret')
    await officer.goTo('/leads', 'Your leads')
    await officer.page.getByRole('table').getByRole('link').first().click()
    await officer.press('Tell it')
    await settled(officer.page, 'a lead with errors')
    await officer.press('Ask for credit …')
    await officer.press('Ask for credit')
    await settled(officer.page, 'a return with errors')
  })

  it.each(looks)('has no fault on the way in, %s', async (_, look) => {
    const link = await staffOf(host).linkFor(school)
    await using officer = await openPortal(browser, host, { hash: `${link}x`, ...look, bypassCSP: true })
    await officer.sees('This link signs you in.')
    await settled(officer.page, 'a link')
    await officer.press('Sign in')
    await officer.sees('This link has signed somebody in before')
    await settled(officer.page, 'a link that is used up')
    await officer.press('Sign in with a key instead')
    await settled(officer.page, 'the key')
  })

  it('would tell of a fault', async () => {
    await using officer = await openPortal(browser, host, { hash, bypassCSP: true })
    await officer.goTo('/leads', 'Your leads')
    await officer.page.evaluate(`document.querySelector('label').remove()`)
    expect(await faultsOf(officer.page)).toContainEqual(expect.objectContaining({ rule: 'select-name' }))
  })
})
