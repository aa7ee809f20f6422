import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { startBrowser } from '../start-browser.ts'
import { openConsole } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'history of a record', () => {
  let host: Host
  beforeAll(async () => {
    host = await startHost({ port: 0 })
  })
  afterAll(() => host.close())

  const id = 'heron-key-online'
  const call = () =>
    createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
  const readCampaign = async () => {
    const { body } = await call()(records.campaigns.get, { params: { id } })
    if (!body) throw new Error('The sample campaign is missing.')
    return body
  }
  const setPrice = async (priceCents: number) => {
    const campaign = await readCampaign()
    const headers = { 'if-match': `"${campaign.version}"` }
    const { status } = await call()(records.campaigns.put, {
      params: { id },
      headers,
      body: { ...campaign, priceCents },
    })
    expect(status).toBe(200)
  }

  it('shows who last changed a record, what changed, and restores an earlier version after a confirmation', async () => {
    const { priceCents } = await readCampaign()
    await setPrice(priceCents + 100)
    await using staff = await openConsole(browser, host, { bypassCSP: true })
    await staff.goTo(`/campaigns/${id}`, 'Coding certificate')
    await staff.waitForText('last changed by npm start')
    await staff.follow('History')
    await staff.page.getByRole('heading', { level: 1, name: 'History of Coding certificate' }).waitFor()
    const [newest, oldest] = [staff.page.getByRole('listitem').first(), staff.page.getByRole('listitem').last()]
    await newest.getByText('Price per lead').waitFor()
    await expect.poll(() => newest.locator('dd').innerText()).toMatch(/Before: \$27\.00\s+After: \$28\.00/)
    await newest.getByText('Same as now').waitFor()
    await oldest.getByRole('button', { name: 'Revert to this version' }).click()
    const dialog = staff.page.getByRole('dialog', { name: 'Revert to this version?' })
    await expect.poll(() => dialog.locator('dd').innerText()).toMatch(/Before: \$28\.00\s+After: \$27\.00/)
    await expectAccessible(staff.page, 'the confirmation of a revert')
    await dialog.getByRole('button', { name: 'Revert', exact: true }).click()
    await staff.waitForText('Reverted. The record is as it was on')
    expect((await readCampaign()).priceCents).toBe(priceCents)
    await expect.poll(() => staff.page.getByRole('listitem').count()).toBe(3)
  })

  it('saves nothing if the record changed after the page was loaded, and shows the new history', async () => {
    await setPrice(3000)
    await using staff = await openConsole(browser, host)
    await staff.goTo(`/campaigns/${id}/history`, 'History of Coding certificate')
    await setPrice(3500)
    await staff.page.getByRole('button', { name: 'Revert to this version' }).last().click()
    await staff.press('Revert')
    await staff.waitForText('Someone else changed this record in the meantime')
    expect((await readCampaign()).priceCents).toBe(3500)
    await staff.page.getByRole('listitem').first().getByText('$35.00').waitFor()
  })

  it('says that a deleted record can’t be restored, and which value of a version is gone', async () => {
    const school = { name: 'Short Lived College', timeZone: 'America/Chicago' }
    const params = { id: 'short-lived' }
    await call()(records.schools.put, { params, body: school })
    const program = { schoolId: 'short-lived', name: 'Course', level: 'certificate', modality: 'online' } as const
    const careerSlugs = ['health-record-technician']
    await call()(records.careers.put, {
      params: { id: 'brief-career' },
      body: { title: 'Brief', summary: 'Brief.', facts: [], sections: [] },
    })
    const first = await call()(records.programs.put, {
      params: { id: 'course' },
      body: { ...program, careerSlugs: [...careerSlugs, 'brief-career'] },
    })
    expect(first.status).toBe(201)
    await call()(records.programs.put, {
      params: { id: 'course' },
      headers: { 'if-match': '"1"' },
      body: { ...program, careerSlugs },
    })
    const removal = await call()(records.careers.delete, { params: { id: 'brief-career' } })
    expect(removal.status).toBe(204)
    await using staff = await openConsole(browser, host)
    await staff.goTo('/programs/course/history', 'History of Course')
    await staff.press('Revert to this version')
    await staff.press('Revert')
    await staff.waitForText('Some values of that version can’t be used anymore:')
    await staff.waitForText('Select an existing record.')
    await call()(records.programs.delete, { params: { id: 'course' } })
    await staff.page.reload()
    await staff.waitForText('This record was deleted, so no version can be restored.')
    expect(await staff.page.getByRole('button', { name: 'Revert to this version' }).count()).toBe(0)
  })
})
