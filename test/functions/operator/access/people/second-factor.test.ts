import { describe, expect, it } from 'vitest'
import { problem } from '#shared/contract/problems.ts'
import { lockHours, maxWrongCodes } from '#shared/domain/access/second-factor.ts'
import { totpStepSeconds } from '#shared/platform/totp.ts'
import type { TestApi, TestApiOptions } from '#test/create-test-api.ts'
import type { TestResponse } from '#test/functions/house/check-response.ts'
import { createOwnerWithApp, startSetup } from './create-owner-with-app.ts'
import {
  type Browser,
  createBrowser,
  createPeopleSystem,
  createSignedInPerson,
  readLatestTokens,
} from './create-people-system.ts'

const codeOf = ({ status, body }: TestResponse) => (status < 300 ? status : problem.parse(body).code)
const leads = ['GET', '/v1/ops/leads'] as const
const prove = (browser: Browser, code: string, ip?: string) =>
  browser.call('POST', '/v1/session/second-factor', { body: { code }, ...(ip !== undefined && { ip }) })

async function createSystemWithApp(options: TestApiOptions = {}) {
  const { api } = await createPeopleSystem(options)
  return { api, ...(await createOwnerWithApp(api)) }
}

async function signInByEmail(api: TestApi, email = 'owner@people.example') {
  const browser = createBrowser(api, 'console')
  await browser.askForLink(email)
  const response = await browser.open(readLatestTokens(api)[0] ?? '')
  return { browser, response }
}

describe('an authenticator app', () => {
  it('is set up with a code that it shows, and is asked for at the next sign-in', async () => {
    const { api, browser: first, showCode, recoveryCodes } = await createSystemWithApp()
    expect(recoveryCodes).toHaveLength(10)
    expect((await first.call(...leads)).status).toBe(200)
    const { browser, response } = await signInByEmail(api)
    expect(response.body).toMatchObject({ secondFactor: 'code-required' })
    expect(codeOf(await browser.call(...leads))).toBe('SECOND_FACTOR_REQUIRED')
    expect((await prove(browser, showCode())).body).toMatchObject({ secondFactor: 'on' })
    expect((await browser.call(...leads)).status).toBe(200)
  })

  it('is not set up with a wrong code, or without a setup that was begun', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api, 'owner')
    expect(codeOf(await browser.call('POST', '/v1/second-factor', { body: { code: '000000' } }))).toBe('NOT_FOUND')
    const { showCode } = await startSetup(api, browser)
    const wrong = String((Number(showCode()) + 1) % 1_000_000).padStart(6, '0')
    expect(codeOf(await browser.call('POST', '/v1/second-factor', { body: { code: wrong } }))).toBe('CODE_WRONG')
    expect((await browser.call('GET', '/v1/session')).body).toMatchObject({ secondFactor: 'off' })
  })

  it('is named for the person and the host, so that the app can tell accounts apart', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api, 'owner')
    const { uri } = await startSetup(api, browser)
    expect(uri).toMatch(
      /^otpauth:\/\/totp\/Prospectus%20\(leads\.example\):owner%40people\.example\?secret=[A-Z2-7]{32}&/,
    )
  })

  it('is only for staff', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api, 'admin')
    expect(codeOf(await browser.call('POST', '/v1/second-factor/setups', { body: {} }))).toBe('ROLE_NOT_ALLOWED')
  })

  it('is replaced only with a code of the one before', async () => {
    const { api, browser, showCode } = await createSystemWithApp()
    expect(codeOf(await browser.call('POST', '/v1/second-factor/setups', { body: {} }))).toBe('CODE_WRONG')
    const next = await startSetup(api, browser, { code: showCode() })
    await browser.call('POST', '/v1/second-factor', { body: { code: next.showCode() } })
    api.advanceClock(totpStepSeconds)
    const { browser: other } = await signInByEmail(api)
    expect(codeOf(await prove(other, showCode()))).toBe('CODE_WRONG')
    expect((await prove(other, next.showCode())).status).toBe(201)
  })

  it('ends the sessions that began without it, except the one that set it up', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api, 'owner')
    const { browser: elsewhere } = await signInByEmail(api)
    const { showCode } = await startSetup(api, browser)
    await browser.call('POST', '/v1/second-factor', { body: { code: showCode() } })
    expect([(await browser.call(...leads)).status, (await elsewhere.call(...leads)).status]).toEqual([200, 401])
  })
})

describe('a session that waits for a code', () => {
  it('may do nothing but enter it, say who it is, and sign out', async () => {
    const { api } = await createSystemWithApp()
    const { browser } = await signInByEmail(api)
    const calls = [
      ['GET', '/v1/sessions'],
      ['DELETE', '/v1/sessions'],
      ['POST', '/v1/second-factor/setups', {}],
      ['POST', '/v1/second-factor', { code: '000000' }],
      ['GET', '/v1/ops/me'],
    ] as const
    for (const [method, path, body] of calls)
      expect([path, codeOf(await browser.call(method, path, body && { body }))]).toEqual([
        path,
        'SECOND_FACTOR_REQUIRED',
      ])
    expect((await browser.call('GET', '/v1/session')).body).toMatchObject({ secondFactor: 'code-required' })
    expect((await browser.call('DELETE', '/v1/session')).status).toBe(204)
  })

  it('ends after ten minutes, is in no list, and is replaced by a new one', async () => {
    const { api, browser: first, showCode } = await createSystemWithApp()
    const { browser: late } = await signInByEmail(api)
    expect((await first.call('GET', '/v1/sessions')).body).toMatchObject({ sessions: [{ isCurrent: true }] })
    api.advanceClock(10 * 60)
    expect(codeOf(await prove(late, showCode()))).toBe('SESSION_INVALID')
    const { browser } = await signInByEmail(api)
    const stolen = createBrowser(api, 'console')
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value)
    expect((await prove(browser, showCode())).status).toBe(201)
    expect(codeOf(await stolen.call('GET', '/v1/session'))).toBe('SESSION_INVALID')
  })

  it('ends with a change of the role, before and while the code is entered', async () => {
    const { api, person, showCode } = await createSystemWithApp()
    await createSignedInPerson(api, 'owner', { email: 'second@people.example' })
    const { browser } = await signInByEmail(api)
    await api.staff('PATCH', `/v1/ops/people/${person.personId}`, { body: { role: 'viewer' } })
    expect(codeOf(await prove(browser, showCode()))).toBe('SESSION_INVALID')
  })

  it('is what a sign-in provider begins, too', async () => {
    const { api, showCode } = await createSystemWithApp()
    const browser = createBrowser(api, 'console')
    const { body } = await browser.call('POST', '/v1/provider-sign-ins', { body: {} })
    const url = String(Object(body).url)
    const { search } = api.provider.signIn(url, { email: 'owner@people.example', email_verified: true })
    const parameters = { body: { parameters: search } }
    expect((await browser.call('POST', '/v1/provider-sign-ins/completions', parameters)).body).toMatchObject({
      secondFactor: 'code-required',
    })
    expect(codeOf(await browser.call(...leads))).toBe('SECOND_FACTOR_REQUIRED')
    expect((await prove(browser, showCode())).status).toBe(201)
  })
})

describe('a code', () => {
  it('is accepted once, and none before it after it', async () => {
    const { api, showCode } = await createSystemWithApp()
    const { browser } = await signInByEmail(api)
    const code = showCode()
    const before = showCode(-1)
    expect((await prove(browser, code)).status).toBe(201)
    const { browser: other } = await signInByEmail(api)
    expect(codeOf(await prove(other, code))).toBe('CODE_WRONG')
    expect(codeOf(await prove(other, before))).toBe('CODE_WRONG')
  })

  it('signs in only one of two browsers that send it at the same time', async () => {
    const { api, showCode } = await createSystemWithApp()
    const browsers = [(await signInByEmail(api)).browser, (await signInByEmail(api)).browser]
    const code = showCode()
    const statuses = (await Promise.all(browsers.map((browser) => prove(browser, code)))).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([201, 422])
  })

  it('may be half a minute early or late, with spaces in it, and no more', async () => {
    const { api, showCode } = await createSystemWithApp()
    const { browser } = await signInByEmail(api)
    expect(codeOf(await prove(browser, showCode(2)))).toBe('CODE_WRONG')
    const code = showCode(1)
    expect((await prove(browser, `${code.slice(0, 3)} ${code.slice(3)}`)).status).toBe(201)
  })

  it('cannot be guessed: after ten wrong ones in a row none is accepted for an hour, from any address', async () => {
    const { api, person, showCode } = await createSystemWithApp()
    const { browser } = await signInByEmail(api)
    const outcomes: unknown[] = []
    for (let count = 0; count < maxWrongCodes; count++)
      outcomes.push(codeOf(await prove(browser, 'ZZZZZZ', `198.51.100.${count}`)))
    expect(outcomes).toEqual([...Array.from({ length: maxWrongCodes - 1 }, () => 'CODE_WRONG'), 'CODES_LOCKED'])
    expect(codeOf(await prove(browser, showCode()))).toBe('CODES_LOCKED')
    const { body } = await api.staff('GET', `/v1/ops/audit?actor=${person.personId}&action=second-factor.locked`)
    expect(body).toMatchObject({ entries: [{ action: 'second-factor.locked' }] })
    api.advanceClock(lockHours * 3600)
    const { browser: later } = await signInByEmail(api)
    expect((await prove(later, showCode())).status).toBe(201)
  })
})

describe('a recovery code', () => {
  it('is accepted in place of a code, once, and leaves an entry in the audit', async () => {
    const { api, person, recoveryCodes } = await createSystemWithApp()
    const [code = ''] = recoveryCodes
    expect(code).toMatch(/^(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}$/)
    const { browser } = await signInByEmail(api)
    expect((await prove(browser, code.toLowerCase())).status).toBe(201)
    const { browser: other } = await signInByEmail(api)
    expect(codeOf(await prove(other, code))).toBe('CODE_WRONG')
    const { body } = await api.staff('GET', `/v1/ops/audit?actor=${person.personId}&action=second-factor.recovered`)
    expect(body).toMatchObject({ entries: [{ action: 'second-factor.recovered' }] })
    expect(JSON.stringify(await api.staff('GET', `/v1/ops/people/${person.personId}`))).not.toContain(code)
  })
})

describe('the setting that requires an app', () => {
  it('lets an owner do nothing before the setup, and leaves other roles alone', async () => {
    const { api } = await createPeopleSystem({ secondFactorPolicy: 'owners' })
    const { browser } = await createSignedInPerson(api, 'owner')
    expect(codeOf(await browser.call(...leads))).toBe('SECOND_FACTOR_SETUP_REQUIRED')
    expect((await browser.call('GET', '/v1/session')).body).toMatchObject({ secondFactor: 'setup-required' })
    const { showCode } = await startSetup(api, browser)
    await browser.call('POST', '/v1/second-factor', { body: { code: showCode() } })
    expect((await browser.call(...leads)).status).toBe(200)
    const { browser: operations } = await createSignedInPerson(api, 'operations')
    expect((await operations.call(...leads)).status).toBe(200)
    const { browser: admin } = await createSignedInPerson(api, 'admin')
    expect((await admin.call('GET', '/v1/school/leads')).status).toBe(200)
  })

  it('can be for all staff', async () => {
    const { api } = await createPeopleSystem({ secondFactorPolicy: 'staff' })
    const { browser } = await createSignedInPerson(api, 'operations')
    expect(codeOf(await browser.call(...leads))).toBe('SECOND_FACTOR_SETUP_REQUIRED')
  })
})

describe('a reset', () => {
  it('by another owner ends all sessions, is in the audit, and lets the person set up another app', async () => {
    const { api, person, browser } = await createSystemWithApp()
    const { browser: other } = await createSignedInPerson(api, 'owner', { email: 'second@people.example' })
    const path = `/v1/ops/people/${person.personId}/second-factor`
    expect(codeOf(await browser.call('DELETE', path))).toBe('OWN_SECOND_FACTOR')
    expect((await other.call('DELETE', path)).status).toBe(204)
    expect((await browser.call(...leads)).status).toBe(401)
    const { browser: again } = await signInByEmail(api)
    expect((await again.call('GET', '/v1/session')).body).toMatchObject({ secondFactor: 'off' })
    const { body } = await api.staff('GET', `/v1/ops/audit?record=people/${person.personId}&action=second-factor`)
    expect(body).toMatchObject({ entries: [{ action: 'second-factor.reset' }, { action: 'second-factor.added' }] })
    expect((await api.staff('GET', `/v1/ops/people/${person.personId}`)).body).not.toHaveProperty(
      'person.secondFactorSince',
    )
  })
})
