import { expect, it } from 'vitest'
import { startProviderSignIn } from '#shared/contract/access/provider-sign-in.ts'
import { providerCookie, sessionCookies } from '#shared/contract/access/session-carriers.ts'
import { problem } from '#shared/contract/problems.ts'
import { createTestSystem } from '#test/functions/create-test-system.ts'
import {
  type Browser,
  createBrowser,
  createPeopleSystem,
  createPerson,
  createSignedInPerson,
} from './create-people-system.ts'

type Api = Awaited<ReturnType<typeof createPeopleSystem>>['api']
const owner = { email: 'owner@people.example', email_verified: true }

/** Goes from the console to the provider, and returns the query with which the provider sends the browser back. */
async function visitProvider(api: Api, browser: Browser, account: object = owner): Promise<string> {
  const { body } = await browser.call('POST', '/v1/provider-sign-ins', { body: {} })
  return api.provider.signIn(startProviderSignIn.responses[201].body.parse(body).url, account).search
}

const complete = async (browser: Browser, parameters: string) => {
  const response = await browser.call('POST', '/v1/provider-sign-ins/completions', { body: { parameters } })
  return { ...response, code: response.status === 201 ? 'signed in' : problem.parse(response.body).code }
}

const createOwner = async () => {
  const { api } = await createPeopleSystem()
  const { person } = await createPerson(api, 'owner')
  return { api, person, browser: createBrowser(api, 'console') }
}

it('signs in a person of staff whose verified email the provider names, and says so in the audit', async () => {
  const { api, person, browser } = await createOwner()
  expect((await complete(browser, await visitProvider(api, browser))).code).toBe('signed in')
  expect((await browser.call('GET', '/v1/ops/leads')).status).toBe(200)
  expect((await api.staff('GET', `/v1/ops/audit?actor=${person.personId}`)).body).toMatchObject({
    entries: [{ action: 'session.started', after: { by: 'provider', secondFactor: false } }],
  })
})

it('asks for a code by PKCE, with state and nonce, at the address that discovery names', async () => {
  const { browser } = await createOwner()
  const { body } = await browser.call('POST', '/v1/provider-sign-ins', { body: {} })
  const { origin, pathname, searchParams } = new URL(startProviderSignIn.responses[201].body.parse(body).url)
  expect(origin + pathname).toBe('https://login.example/authorize')
  expect(Object.fromEntries(searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'prospectus',
    redirect_uri: 'https://leads.example/console',
    scope: 'openid email profile',
    code_challenge_method: 'S256',
  })
  for (const secret of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(secret)).toMatch(/^[\w-]{43}$/)
})

it('takes the email from the userinfo endpoint if the ID token has none', async () => {
  const { api, browser } = await createOwner()
  api.provider.state.hidesEmail = true
  expect((await complete(browser, await visitProvider(api, browser))).code).toBe('signed in')
})

it.each([
  [
    'an email that no one of staff has',
    { email: 'other@people.example', email_verified: true },
    'PROVIDER_EMAIL_UNKNOWN',
  ],
  ['an email that is not verified', { email: owner.email, email_verified: false }, 'PROVIDER_REFUSED'],
  ['an email of which it does not say that it is verified', { email: owner.email }, 'PROVIDER_REFUSED'],
  ['no email', {}, 'PROVIDER_REFUSED'],
])('lets no one in with %s', async (_, account, code) => {
  const { api, browser } = await createOwner()
  expect((await complete(browser, await visitProvider(api, browser, account))).code).toBe(code)
  expect(browser.cookies.has(sessionCookies.console)).toBe(false)
  expect(JSON.stringify(api.logEntries)).not.toContain('people.example')
})

it('lets in no person of a school, and no one who is disabled', async () => {
  const { api, person, browser } = await createOwner()
  await createSignedInPerson(api, 'officer')
  const officer = { email: 'officer@people.example', email_verified: true }
  expect((await complete(browser, await visitProvider(api, browser, officer))).code).toBe('PROVIDER_EMAIL_UNKNOWN')
  await createSignedInPerson(api, 'owner', { email: 'second@people.example' })
  await api.staff('PATCH', `/v1/ops/people/${person.personId}`, { body: { status: 'disabled' } })
  expect((await complete(browser, await visitProvider(api, browser))).code).toBe('PROVIDER_EMAIL_UNKNOWN')
})

it('accepts what the provider sent only once, and only in the browser that began', async () => {
  const { api, browser } = await createOwner()
  const parameters = await visitProvider(api, browser)
  const thief = createBrowser(api, 'console')
  expect((await complete(thief, parameters)).code).toBe('PROVIDER_SIGN_IN_EXPIRED')
  await visitProvider(api, thief)
  expect((await complete(thief, parameters)).code).toBe('PROVIDER_SIGN_IN_EXPIRED')
  const cookie = browser.cookies.get(providerCookie) ?? ''
  expect((await complete(browser, parameters)).code).toBe('signed in')
  expect((await complete(browser, parameters)).code).toBe('PROVIDER_SIGN_IN_EXPIRED')
  browser.cookies.set(providerCookie, cookie)
  expect((await complete(browser, parameters)).code).toBe('PROVIDER_REFUSED')
})

it('accepts it for ten minutes, and no cookie that it did not make', async () => {
  const { api, browser } = await createOwner()
  const parameters = await visitProvider(api, browser)
  api.advanceClock(10 * 60)
  expect((await complete(browser, parameters)).code).toBe('PROVIDER_SIGN_IN_EXPIRED')
  browser.cookies.set(providerCookie, Buffer.from('{"state":"x"}').toString('base64url'))
  expect((await complete(browser, 'code=x&state=x')).code).toBe('PROVIDER_SIGN_IN_EXPIRED')
})

it.each([
  ['of another nonce', { nonce: 'other' }],
  ['of another issuer', { iss: 'https://evil.example' }],
  ['for another client', { aud: 'other' }],
  ['that has expired', { exp: 1 }],
])('refuses an ID token %s', async (_, claims) => {
  const { api, browser } = await createOwner()
  api.provider.state.claims = claims
  expect((await complete(browser, await visitProvider(api, browser))).code).toBe('PROVIDER_REFUSED')
  expect(api.logEntries).toContainEqual({
    event: 'provider_sign_in.failed',
    fields: { fault: 'invalid', reason: expect.stringMatching(/^OAUTH_/) },
  })
})

it('refuses an ID token that another key signed', async () => {
  const { api, browser } = await createOwner()
  api.provider.state.signsWithOtherKey = true
  expect((await complete(browser, await visitProvider(api, browser))).code).toBe('PROVIDER_REFUSED')
})

it('says it if the provider refuses, and if it does not answer', async () => {
  const { api, browser } = await createOwner()
  const state = new URLSearchParams(await visitProvider(api, browser)).get('state') ?? ''
  expect(
    (await complete(browser, `error=access_denied&error_description=owner%40people.example&state=${state}`)).code,
  ).toBe('PROVIDER_REFUSED')
  expect(api.logEntries.at(-2)).toMatchObject({ fields: { fault: 'refused', reason: 'access_denied' } })
  const parameters = await visitProvider(api, browser)
  api.provider.state.isDown = true
  expect((await complete(browser, parameters)).code).toBe('PROVIDER_UNAVAILABLE')
  const unstarted = await createOwner()
  unstarted.api.provider.state.isDown = true
  const { body } = await unstarted.browser.call('POST', '/v1/provider-sign-ins', { body: {} })
  expect(problem.parse(body).code).toBe('PROVIDER_UNAVAILABLE')
})

it('is refused without the header of the console, and ends the session that the browser had', async () => {
  const { api, person, browser } = await createOwner()
  const headers = { 'x-prospectus-app': undefined }
  for (const path of ['/v1/provider-sign-ins', '/v1/provider-sign-ins/completions']) {
    const body = path.endsWith('completions') ? { parameters: 'x' } : {}
    expect(problem.parse((await browser.call('POST', path, { headers, body })).body).code).toBe('APP_HEADER_REQUIRED')
  }
  const { browser: attacker } = await createSignedInPerson(api, 'operations')
  browser.cookies.set(sessionCookies.console, attacker.cookies.get(sessionCookies.console) ?? '')
  await complete(browser, await visitProvider(api, browser))
  expect((await attacker.call('GET', '/v1/ops/leads')).status).toBe(401)
  expect((await browser.call('GET', '/v1/session')).body).toMatchObject({ personId: person.personId })
})

it('is offered only by a host that has a provider and knows its own address', async () => {
  const { api } = await createTestSystem()
  expect((await api.call('GET', '/v1/sign-in-options')).body).toEqual({})
  const response = await createBrowser(api, 'console').call('POST', '/v1/provider-sign-ins', { body: {} })
  expect(response.status).toBe(404)
  const { api: complete } = await createPeopleSystem()
  expect((await complete.call('GET', '/v1/sign-in-options')).body).toEqual({ provider: { name: 'Example Login' } })
})
