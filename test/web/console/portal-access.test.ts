import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createStaff, openPortal } from '../portal/open-portal.ts'
import { startBrowser } from '../start-browser.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
const school = 'lone-prairie-college'

describeUnless(missing, 'portal access in the console', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  it('lists a link that was not opened, and takes it back once for a double click', async () => {
    const hash = await createStaff(host).createSchoolLink(school)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/portal-access', 'Portal access')
    const links = staff.page.getByRole('region', { name: 'Sign-in links' }).first()
    await links.getByRole('row', { name: /Lone Prairie College.*Not opened/ }).waitFor()
    await links.getByRole('button', { name: 'Revoke' }).click()
    await staff.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).dblclick()
    await links.getByText('No links are waiting to be opened.').waitFor()
    await using officer = await openPortal(browser, host, { hash })
    await officer.press('Sign in')
    await officer.waitForText('Your lead provider revoked this link.')
    await staff.page.getByLabel('Include ended sessions and links').check()
    await links.getByRole('row', { name: /Revoked/ }).waitFor()
  })

  it('ends all sessions of a school, and signs out who uses one', async () => {
    await using officer = await openPortal(browser, host, { hash: await createStaff(host).createSchoolLink(school) })
    await officer.press('Sign in')
    await officer.page.getByRole('heading', { level: 1, name: 'Lone Prairie College' }).waitFor()
    await using staff = await openConsole(browser, host)
    await staff.goTo(`/schools/${school}`, 'Lone Prairie College')
    await staff.follow('Sign-in links and sessions of this school')
    await staff.page.getByRole('heading', { level: 1, name: 'Portal access of Lone Prairie College' }).waitFor()
    await staff.page.getByRole('row', { name: /Active/ }).waitFor()
    await staff.press('End all sessions')
    await staff.page.getByRole('dialog').getByRole('button', { name: 'End all sessions' }).click()
    await staff.waitForText('Ended 1 session and revoked 0 links.')
    await staff.waitForText('Nobody is signed in to the portal.')
    await officer.press('Refresh')
    await officer.waitForText('your session has ended')
  })

  it('asks before another staff key in the address replaces the one of the tab', async () => {
    await using staff = await openConsole(browser, host)
    await staff.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await staff.page.evaluate(`location.hash = '#key=ok_mistyped'`)
    await staff.waitForText('You’re signed in as')
    await staff.waitForText('That key isn’t valid.')
    await staff.page.getByRole('button', { name: /^Stay signed in/ }).click()
    await staff.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  })

  it.each(['/leads/%', '/nowhere'])('shows a page that says so at the unknown address #%s', async (path) => {
    await using staff = await openConsole(browser, host)
    await staff.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await staff.goTo(path, 'Page not found')
    // The title is set after the heading is drawn.
    await expect.poll(() => staff.page.title()).toBe('Page not found · Prospectus console')
  })
})
