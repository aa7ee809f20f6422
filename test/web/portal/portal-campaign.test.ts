import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { createClient } from '#shared/contract/client.ts'
import { changeSchoolCampaign } from '#shared/contract/routing/school-campaigns.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { startBrowser } from '../start-browser.ts'
import { createStaff, openPortal } from './open-portal.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())
const school = 'lone-prairie-college'
const id = 'lone-prairie-nationwide'

describeUnless(missing, 'campaign page of the portal', () => {
  let host: Host
  let hash: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    hash = await createStaff(host).createSchoolKey(school)
  })
  afterAll(() => host.close())

  const openCampaign = async (loginHash = hash) => {
    const officer = await openPortal(browser, host, { hash: loginHash })
    await officer.goTo(`/campaigns/${id}`, 'Coding certificate')
    const cap = officer.page.getByRole('group', { name: 'Cap 1' })
    return { officer, cap }
  }
  const createColleague = () =>
    createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${hash.slice('#key='.length)}` } })

  const setOwnCap = (limit: number) =>
    createColleague()(changeSchoolCampaign, { params: { id }, body: { caps: [{ period: 'day', limit }] } })

  it('pauses and resumes a campaign', async () => {
    const { officer } = await openCampaign()
    await using _ = officer
    await officer.press('Pause')
    await officer.press('Pause campaign')
    await officer.waitForText('Paused: no new leads')
    await officer.waitForText('You paused this campaign on')
    await officer.goTo('/', 'Lone Prairie College')
    await officer.waitForText('is paused')
    await officer.goTo(`/campaigns/${id}`, 'Coding certificate')
    await officer.press('Resume')
    await officer.waitForText('Active: accepting leads.')
  })

  it('saves caps and shows what is wrong with a cap at its field', async () => {
    const { officer, cap } = await openCampaign()
    await using _ = officer
    await officer.waitForText('Contract cap.')
    await officer.press('Change caps')
    await officer.press('Add cap')
    await cap.getByLabel('Per').selectOption('day')
    await cap.getByLabel('Limit').fill('many')
    await officer.press('Save caps')
    await cap.getByLabel('Limit').and(officer.page.locator('[aria-invalid]')).waitFor()
    await cap.getByLabel('Limit').fill('60')
    await officer.press('Add cap')
    const second = officer.page.getByRole('group', { name: 'Cap 2' })
    await second.getByLabel('Limit').fill('$1,250.50')
    await second.getByLabel('Unit').selectOption('dollars')
    await officer.press('Save caps')
    await officer.waitForText('Caps saved.')
    await officer.waitForText('of 60 leads today')
    await officer.waitForText('of $1,250.50 this month')
  })

  it('refuses two caps for the same period', async () => {
    await setOwnCap(60)
    const { officer } = await openCampaign()
    await using _ = officer
    await officer.press('Change caps')
    await officer.press('Add cap')
    const added = officer.page.getByRole('group').last()
    await added.getByLabel('Limit').fill('5')
    await added.getByLabel('Per').selectOption('day')
    await officer.press('Save caps')
    await added.getByText('Another cap already uses this period.').waitFor()
  })

  it('shows the current caps instead of overwriting a change that someone else saved first', async () => {
    await setOwnCap(60)
    const { officer, cap } = await openCampaign()
    await using _ = officer
    await officer.press('Change caps')
    await cap.getByLabel('Limit').fill('7')
    await setOwnCap(33)
    await officer.press('Save caps')
    await officer.waitForText('someone else changed this campaign')
    await officer.waitForText('of 33 leads today')
    await expect.poll(() => cap.getByLabel('Limit').inputValue()).toBe('33')
    await cap.getByLabel('Limit').fill('8')
    await officer.press('Save caps')
    await officer.waitForText('of 8 leads today')
  })

  it('sends a test lead and follows its delivery', async () => {
    const { officer } = await openCampaign()
    await using _ = officer
    await officer.press('Send test lead')
    await officer.waitForText('You have this lead.')
    await officer.waitForText('204, accepted by your system')
    await officer.follow('View lead')
    await officer.waitForText('This is a test lead.')
  })

  it('rotates the secret, shows it once, and says when the old one expires', async () => {
    const { officer } = await openCampaign()
    await using _ = officer
    await officer.page.getByLabel('Old secret expires in').selectOption('1 hour')
    await officer.press('Rotate secret')
    await officer.press('Rotate')
    await officer.page.getByText(/^whsec_/).waitFor()
    const ends = await officer.page.getByRole('status').locator('time').getAttribute('datetime')
    expect(Date.parse(ends ?? '')).toBeLessThan(Date.now() + 2 * 3_600_000)
    await officer.page.reload()
    await officer.page.getByRole('heading', { name: 'Webhook secret' }).waitFor()
    expect(await officer.page.getByText(/whsec_/).count()).toBe(0)
  })

  it('offers no changes with a view-only key', async () => {
    const { officer } = await openCampaign(await createStaff(host).createSchoolKey(school, 'read'))
    await using _ = officer
    await officer.waitForText('You have view-only access.')
    expect(await officer.page.getByRole('main').getByRole('button').count()).toBe(0)
  })
})
