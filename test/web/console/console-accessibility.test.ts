import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { displayModes, expectAccessible, findAccessibilityFaults } from '../expect-accessible.ts'
import { startBrowser } from '../start-browser.ts'
import { createErasedPerson, createLead, createQuarantinedLead } from './create-leads.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'how the console looks', () => {
  let host: Host
  let places: [place: string, heading: string][]
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    const { leadId } = await createLead(host)
    const quarantinedId = await createQuarantinedLead(host)
    const erasureId = await createErasedPerson(host)
    places = [
      ['/', 'Overview'],
      ['/books', 'Books'],
      ['/leads', 'Leads'],
      [`/leads/${leadId}`, 'Lead of'],
      ['/deliveries?state=delivered', 'Deliveries'],
      [`/leads/${quarantinedId}`, 'Lead of'],
      ['/erasures', 'Erasures'],
      [`/erasures/${erasureId}`, 'Erasure'],
      ['/quarantine', 'Quarantine'],
      ['/returns', 'Returns'],
      ['/replays', 'Replays'],
      ['/why?career=health-record-technician&zip=78701&education=ged', 'Why not this school?'],
      ['/campaigns', 'Campaigns'],
      ['/campaigns/new', 'New campaign'],
      ['/campaigns/heron-key-online', 'Coding certificate'],
      ['/campaigns/three-sycamores-weekdays', 'Bachelor'],
      ['/reports', 'Reports'],
      ['/reports?by=schools', 'Reports'],
      ['/set-up', 'Set-up'],
      ['/schools/heron-key-college', 'Heron Key College'],
      ['/programs', 'Programs'],
      ['/sources/strict-page', 'Strict page'],
      ['/careers/health-record-technician', 'Health Record Technician'],
      ['/keys', 'Keys'],
    ]
  })
  afterAll(() => host.close())

  it.each(displayModes)('has no fault on any page, %s', async (_, look) => {
    await using staff = await openConsole(browser, host, { ...look, bypassCSP: true })
    for (const [place, heading] of places) {
      await staff.goTo(place, heading)
      await expectAccessible(staff.page, place)
    }
  })

  it('would tell of a fault', async () => {
    await using staff = await openConsole(browser, host, { bypassCSP: true })
    await staff.goTo('/keys', 'Keys')
    await staff.page.evaluate(`document.querySelector('label').remove()`)
    expect(await findAccessibilityFaults(staff.page)).toContainEqual(expect.objectContaining({ rule: 'select-name' }))
  })
})
