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

describeUnless(missing, 'a campaign in the portal', () => {
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

  it('is paused and resumed', async () => {
    const { officer } = await openCampaign()
    await using _ = officer
    await officer.press('Pause …')
    await officer.press('Pause it')
    await officer.waitForText('Paused: no new lead comes')
    await officer.goTo('/', 'Lone Prairie College')
    await officer.waitForText('is paused')
    await officer.goTo(`/campaigns/${id}`, 'Coding certificate')
    await officer.press('Resume')
    await officer.waitForText('Leads come as visitors ask for you.')
  })

  it('is capped, and what is wrong with a cap is said beside it', async () => {
    const { officer, cap } = await openCampaign()
    await using _ = officer
    await officer.press('Change caps')
    await cap.getByLabel('At most').fill('many')
    await officer.press('Save caps')
    await cap.getByLabel('At most').and(officer.page.locator('[aria-invalid]')).waitFor()
    await cap.getByLabel('At most').fill('60')
    await officer.press('Add a cap')
    const second = officer.page.getByRole('group', { name: 'Cap 2' })
    await second.getByLabel('At most').fill('$1,250.50')
    await second.getByLabel('Of').selectOption('dollars')
    await officer.press('Save caps')
    await officer.waitForText('The caps are changed.')
    await officer.waitForText('of 60 leads today')
    await officer.waitForText('of $1,250.50 this month')
  })

  it('does not have two caps for one time', async () => {
    const { officer } = await openCampaign()
    await using _ = officer
    await officer.press('Change caps')
    await officer.press('Add a cap')
    const added = officer.page.getByRole('group').last()
    await added.getByLabel('At most').fill('5')
    await added.getByLabel('In').selectOption('day')
    await officer.press('Save caps')
    await added.getByText('There is another cap for this time already.').waitFor()
  })

  it('is not overwritten where somebody else has changed it meanwhile, but shown as it stands', async () => {
    const { officer, cap } = await openCampaign()
    await using _ = officer
    await officer.press('Change caps')
    await cap.getByLabel('At most').fill('7')
    const caps = [{ period: 'day', limit: 33 } as const]
    await createColleague()(changeSchoolCampaign, { params: { id }, body: { caps } })
    await officer.press('Save caps')
    await officer.waitForText('somebody else has changed this campaign meanwhile')
    await officer.waitForText('of 33 leads today')
    expect(await cap.getByLabel('At most').inputValue()).toBe('33')
    await cap.getByLabel('At most').fill('8')
    await officer.press('Save caps')
    await officer.waitForText('of 8 leads today')
  })

  it('is tried with a test lead, followed until it has come', async () => {
    const { officer } = await openCampaign()
    await using _ = officer
    await officer.press('Send a test lead')
    await officer.waitForText('It has arrived.')
    await officer.waitForText('The school answered with status 204')
    await officer.follow('See it as a lead')
    await officer.waitForText('This is a test.')
  })

  it('gets a new secret, which is shown once, with the end of the old one', async () => {
    const { officer } = await openCampaign()
    await using _ = officer
    await officer.page.getByLabel('The old one still signs').selectOption('for an hour')
    await officer.press('New secret …')
    await officer.press('Make it')
    await officer.page.getByText(/^whsec_/).waitFor()
    const ends = await officer.page.getByRole('status').locator('time').getAttribute('datetime')
    expect(Date.parse(ends ?? '')).toBeLessThan(Date.now() + 2 * 3_600_000)
    await officer.page.reload()
    await officer.page.getByRole('heading', { name: 'Webhook secret' }).waitFor()
    expect(await officer.page.getByText(/whsec_/).count()).toBe(0)
  })

  it('offers nothing to change to a key that may only read', async () => {
    const { officer } = await openCampaign(await createStaff(host).createSchoolKey(school, 'read'))
    await using _ = officer
    await officer.waitForText('You are signed in to look only.')
    expect(await officer.page.getByRole('main').getByRole('button').count()).toBe(0)
  })
})
