import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { createKey } from '#shared/contract/access/keys.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createPageActions } from '../console/open-console.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { startBrowser } from '../start-browser.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

describeUnless(missing, 'the page of a publisher', () => {
  let host: Host
  let key: string
  beforeAll(async () => {
    host = await startHost({ port: 0 })
    const headers = { authorization: `Bearer ${host.keys.operator}` }
    const staff = createClient({ baseUrl: host.urls.api, headers })
    const payout = { amount: { kind: 'fixed' as const, cents: 1500 } }
    const caps = [{ period: 'day' as const, limit: 40 }]
    const source = { name: 'Example Careers', mode: 'live' as const, timeZone: 'America/Chicago', caps, payout }
    await staff(records.sources.put, { params: { id: 'example-careers' }, body: source })
    const holder = { caller: 'source', sourceId: 'example-careers' } as const
    const created = await staff(createKey, { body: { holder, scope: 'server', name: 'page' } })
    key = created.body?.key ?? ''
  })
  afterAll(() => host.close())

  const openPublisher = async (hash = '') => {
    if (!browser) throw new Error('There is no browser.')
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-US' })
    context.setDefaultTimeout(60_000)
    const page = await context.newPage()
    await page.goto(`${host.urls.api}/publisher${hash}`)
    return { page, ...createPageActions(page), [Symbol.asyncDispose]: () => context.close() }
  }

  it('opens with the secret key, shows terms and caps, and is accessible', async () => {
    await using publisher = await openPublisher()
    await publisher.page.getByLabel('Secret key').fill(key)
    await publisher.page.getByRole('button', { name: 'Sign in' }).click()
    await publisher.page.getByRole('heading', { level: 1, name: 'Example Careers' }).waitFor()
    await publisher.waitForText('$15.00 for each lead, once it is delivered')
    await publisher.waitForText('0 of 40 leads today')
    await expectAccessible(publisher.page, 'overview')
  })

  it('sends a test lead, shows what the API answered, and lists the lead as a test', async () => {
    await using publisher = await openPublisher(`#key=${key}`)
    await publisher.goTo('/send', 'Send leads')
    await publisher.waitForText('contact.email')
    await publisher.press('Send test lead')
    await publisher.waitForText('Status 201')
    await expectAccessible(publisher.page, 'test lead')
    await publisher.goTo('/leads', 'Leads')
    await publisher.page.getByRole('row', { name: /lead_.* sub1=test .*Test/ }).waitFor()
    expect(await publisher.page.getByText('ada@mail.example').count()).toBe(0)
    await expectAccessible(publisher.page, 'leads')
    await publisher.goTo('/results', 'Results')
    await publisher.waitForText('No leads since that day.')
    await publisher.goTo('/payouts', 'Payouts')
    await publisher.waitForText('$0.00 is still to be paid to you.')
    await expectAccessible(publisher.page, 'payouts')
  })

  it('lets a person of the source sign in by an emailed link, who reads and sends no test lead', async () => {
    await using publisher = await openPublisher(new URL(host.signInLinks.publisher).hash)
    await publisher.press('Sign in')
    await publisher.page.getByRole('link', { name: 'Your account: Pat Lee' }).waitFor()
    await publisher.goTo('/leads', 'Leads')
    await publisher.goTo('/send', 'Send leads')
    await publisher.waitForText('To send a test lead, sign in with the secret key of your source')
    await publisher.goTo('/notifications', 'Notifications')
    await publisher.page.getByLabel('A monthly statement is ready').selectOption('Daily')
    await publisher.press('Save')
    await publisher.waitForText('Saved.')
    await expectAccessible(publisher.page, 'notifications')
  })

  it('refuses a key that is not of a source', async () => {
    await using publisher = await openPublisher(`#key=${host.keys.operator}`)
    await publisher.waitForText('That key isn’t valid.')
  })
})
