import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { createStaff, openPortal } from './open-portal.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
const school = 'lone-prairie-college'
const otherSchool = 'heron-key-college'

describeUnless(missing, 'sessions of the school portal', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  type Officer = Awaited<ReturnType<typeof openPortal>>
  const waitForSchool = ({ page }: Officer, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
  const signIn = async (schoolId = school) => {
    const officer = await openPortal(browser, host, { hash: await createStaff(host).createSchoolLink(schoolId) })
    await officer.press('Sign in')
    return officer
  }
  /** The key that the tab stores. */
  const readKey = async ({ page }: Officer) => String(await page.evaluate(`sessionStorage['prospectus.portal.key']`))
  const isAccepted = async (key: string) =>
    (await fetch(`${host.urls.api}/v1/school`, { headers: { authorization: `Bearer ${key}` } })).status === 200
  const openHash = ({ page }: Officer, hash: string) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`)

  it('end on the server when the school signs out', async () => {
    await using officer = await signIn()
    await waitForSchool(officer, 'Lone Prairie College')
    const key = await readKey(officer)
    await officer.press('Sign out')
    await officer.waitForText('You’re signed out.')
    expect(await isAccepted(key)).toBe(false)
  })

  it('say if the server could not be reached to end them', async () => {
    await using officer = await signIn()
    await waitForSchool(officer, 'Lone Prairie College')
    await officer.page.route('**/v1/school/session', (route) => route.abort())
    await officer.press('Sign out')
    await officer.waitForText('we couldn’t reach the server to end your session')
    expect(await officer.page.evaluate(`sessionStorage.length`)).toBe(0)
  })

  it('end everywhere after a confirmation', async () => {
    await using officer = await signIn()
    await using colleague = await signIn()
    await waitForSchool(colleague, 'Lone Prairie College')
    await officer.press('Sign out everywhere')
    await officer.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
    await officer.waitForText('You’re signed out.')
    await colleague.press('Refresh')
    await colleague.waitForText('your session has ended')
  })

  it('ask before a link in the same tab replaces them, and end on the server if it does', async () => {
    await using officer = await signIn()
    await waitForSchool(officer, 'Lone Prairie College')
    const key = await readKey(officer)
    const link = await createStaff(host).createSchoolLink(otherSchool)
    await openHash(officer, link)
    await officer.waitForText('You’re signed in as Lone Prairie College. Sign in as Heron Key College instead?')
    await officer.press('Stay signed in as Lone Prairie College')
    await waitForSchool(officer, 'Lone Prairie College')
    await openHash(officer, link)
    await officer.press('Sign in as Heron Key College')
    await waitForSchool(officer, 'Heron Key College')
    expect(await isAccepted(key)).toBe(false)
  })

  it('ask before a key in the address of the same tab replaces them', async () => {
    await using officer = await signIn()
    await waitForSchool(officer, 'Lone Prairie College')
    await openHash(officer, await createStaff(host).createSchoolKey(otherSchool))
    await officer.waitForText('Sign in as Heron Key College instead?')
    await officer.page.reload()
    await waitForSchool(officer, 'Lone Prairie College')
    await openHash(officer, `#key=sk_${'A'.repeat(49)}`)
    await officer.waitForText('That key isn’t valid')
    await officer.press('Stay signed in as Lone Prairie College')
    await waitForSchool(officer, 'Lone Prairie College')
  })

  it('stay if the link that would replace them is refused', async () => {
    await using officer = await signIn()
    await waitForSchool(officer, 'Lone Prairie College')
    await openHash(officer, '#link=forged')
    await officer.press('Sign in with this link')
    await officer.waitForText('This link is incomplete.')
    await officer.press('Stay signed in as Lone Prairie College')
    await waitForSchool(officer, 'Lone Prairie College')
  })

  it('are replaced without a question once they have ended', async () => {
    await using officer = await signIn()
    await waitForSchool(officer, 'Lone Prairie College')
    const headers = { authorization: `Bearer ${await readKey(officer)}` }
    await fetch(`${host.urls.api}/v1/school/session`, { method: 'DELETE', headers })
    await openHash(officer, await createStaff(host).createSchoolKey(otherSchool))
    await waitForSchool(officer, 'Heron Key College')
  })

  it.each(['/leads/%', '/nowhere', '/leads/a/b/c'])(
    'show a page that says so at the unknown address #%s',
    async (path) => {
      await using officer = await signIn()
      await waitForSchool(officer, 'Lone Prairie College')
      await officer.goTo(path, 'Page not found')
      await officer.follow('Home')
      await waitForSchool(officer, 'Lone Prairie College')
    },
  )
})
