import type { Page } from 'playwright-core'
import { afterAll, expect, inject, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { createApp } from '#test/functions/operator/access/people/create-owner-with-app.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { setUpOwnerApp } from '../set-up-owner-app.ts'
import { startBrowser } from '../start-browser.ts'
import { startFakeProvider } from '../start-fake-provider.ts'
import { createPageActions } from './open-console.ts'

const { browser, missing } = await startBrowser(inject('browserPaths'))
afterAll(() => browser?.close())

/** Opens a page of the console in a browser that has no session. */
async function openPage({ urls }: Host, hash = '') {
  if (!browser) throw new Error('There is no browser.')
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-US', bypassCSP: true })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await page.goto(`${urls.console}${hash}`)
  return { page, ...createPageActions(page), [Symbol.asyncDispose]: () => context.close() }
}

const getHash = (link: string) => new URL(link).hash
const waitForOverview = (page: Page) => page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()

describeUnless(missing, 'signing in to the console', () => {
  it('goes to the sign-in provider and comes back signed in, with no trace of it in the address', async () => {
    await using provider = await startFakeProvider({ email: 'jo@staff.example', email_verified: true })
    const host = await startHost({ port: 0, oidc: provider.oidc })
    try {
      await using staff = await openPage(host)
      await staff.page.getByRole('button', { name: 'Sign in with Example Login' }).waitFor()
      await expectAccessible(staff.page, 'sign-in with a provider')
      await staff.press('Sign in with Example Login')
      await waitForOverview(staff.page)
      await staff.page.getByRole('link', { name: 'Your account: Jo Rivera' }).waitFor()
      expect(staff.page.url()).toBe(`${host.urls.console}#/`)
    } finally {
      await host.close()
    }
  })

  it('says in a sentence that the provider named someone who was not invited, and offers an email', async () => {
    await using provider = await startFakeProvider({ email: 'who@else.example', email_verified: true })
    const host = await startHost({ port: 0, oidc: provider.oidc })
    try {
      await using staff = await openPage(host)
      await staff.press('Sign in with Example Login')
      await staff.waitForText('No one signs in here with the email of that account. Ask an owner to invite you.')
      await expectAccessible(staff.page, 'refused by the provider')
      await staff.page.getByRole('button', { name: 'Email me a sign-in link' }).waitFor()
    } finally {
      await host.close()
    }
  })

  it('sets up an authenticator app that the role needs: QR code, key, code, recovery codes', async () => {
    const host = await startHost({ port: 0, secondFactorPolicy: 'owners' })
    try {
      await using staff = await openPage(host, getHash(host.signInLinks.console))
      await staff.press('Sign in')
      await staff.waitForText('Your role needs an authenticator app.')
      await expectAccessible(staff.page, 'app required')
      await staff.press('Set up authenticator app')
      await staff.page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
      await expectAccessible(staff.page, 'QR code')
      const secret = (await staff.page.locator('code.id').innerText()).replaceAll(' ', '')
      await staff.press('Turn on')
      await staff.waitForText('Enter a code.')
      await staff.page.getByLabel('Code from the app').fill('000000')
      await staff.press('Turn on')
      await staff.waitForText('That code isn’t right')
      await staff.page.getByLabel('Code from the app').fill(createApp(systemDependencies, secret)())
      await staff.press('Turn on')
      await staff.waitForText('Save your recovery codes')
      await expectAccessible(staff.page, 'recovery codes')
      await staff.press('I’ve saved them')
      await waitForOverview(staff.page)
    } finally {
      await host.close()
    }
  })

  it('asks for the code of the app after the link, and lets the owner move the app from the account page', async () => {
    const host = await startHost({ port: 0 })
    try {
      const showCode = await setUpOwnerApp(host)
      await using staff = await openPage(host)
      await staff.page.getByLabel('Email address').fill('jo@staff.example')
      await staff.press('Email me a sign-in link')
      await staff.waitForText('Check your email')
      const inbox = await (await fetch(`${host.urls.api}/inbox.json`)).text()
      const [, token = ''] = /#signin=([\w.-]+)/.exec(inbox) ?? []
      await staff.page.goto(`${host.urls.console}#signin=${token}`)
      await staff.press('Sign in')
      await staff.page.getByLabel('Code').waitFor()
      await expectAccessible(staff.page, 'code')
      // The code of the setup is used, so the next step is the first that counts; clocks may be one step ahead.
      await staff.page.getByLabel('Code').fill(showCode(1))
      await staff.press('Continue')
      await waitForOverview(staff.page)
      await staff.goTo('/account', 'Your account')
      await staff.waitForText('On. You’re asked for a code each time you sign in.')
      await expectAccessible(staff.page, 'account')
      await staff.press('Move to another phone')
      await staff.page.getByLabel('Code').fill('wrong')
      await staff.press('Set up another app')
      await staff.waitForText('That code isn’t right')
    } finally {
      await host.close()
    }
  })
})
