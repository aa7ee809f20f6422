import { describe, expect, it } from 'vitest'
import { appHeader, browserCookie, sessionCookies } from '#shared/contract/access/session-carriers.ts'
import { listOwnSessions } from '#shared/contract/access/sign-in.ts'
import { problem } from '#shared/contract/problems.ts'
import { readOwnSchool } from '#shared/contract/routing/school-campaigns.ts'
import { sessionLimits } from '#shared/domain/access/access-person.ts'
import type { TestResponse } from '#test/functions/house/check-response.ts'
import {
  aPersonRequest,
  createBrowser,
  createPeopleSystem,
  createSignedInPerson,
  invite,
  publicUrl,
  readLatestTokens,
  schoolHolder,
} from './create-people-system.ts'

const ownLeads = ['GET', '/v1/school/leads'] as const
const codeOf = ({ body }: TestResponse) => problem.parse(body).code

describe('an invitation', () => {
  it('is an email with a link that signs in once, at the page of the person', async () => {
    const { api } = await createPeopleSystem()
    const { person, invitation, token } = await invite(api)
    const message = api.mailbox.messages.at(-1)
    expect([invitation, message?.to, person.status]).toEqual(['sent', 'officer@people.example', 'invited'])
    expect(message?.text).toContain(`${publicUrl}/portal#signin=${token}`)
    expect(message?.html).toContain(`<a href="${publicUrl}/portal#signin=${token}">`)
    const browser = createBrowser(api, 'portal')
    expect((await browser.open(token)).status).toBe(201)
    expect((await browser.call(...ownLeads)).status).toBe(200)
    const second = await createBrowser(api, 'portal').open(token)
    expect([second.status, codeOf(second)]).toEqual([410, 'LINK_USED'])
  })

  it('is replaced by a newer one', async () => {
    const { api } = await createPeopleSystem()
    const { person, token } = await invite(api)
    await api.staff('POST', `/v1/ops/people/${person.personId}/invitations`)
    const [newer = ''] = readLatestTokens(api)
    expect(codeOf(await createBrowser(api, 'portal').open(token))).toBe('LINK_USED')
    expect((await createBrowser(api, 'portal').open(newer)).status).toBe(201)
  })

  it('expires after seven days', async () => {
    const { api } = await createPeopleSystem()
    const { token } = await invite(api)
    api.advanceClock(7 * 24 * 3600)
    expect(codeOf(await createBrowser(api, 'portal').open(token))).toBe('LINK_EXPIRED')
  })

  it('says that it was not sent if the mail server refuses it, and logs no address', async () => {
    const { api } = await createPeopleSystem()
    api.mailbox.fault = { cause: 'ours', reason: 'SMTP 535', mayHaveArrived: false }
    const { invitation } = await invite(api)
    expect(invitation).toBe('failed')
    expect(JSON.stringify(api.logEntries)).not.toContain('people.example')
    expect(api.logEntries).toContainEqual({
      event: 'access_mail.failed',
      fields: { kind: 'invitation', reason: 'SMTP 535' },
    })
  })

  it('is refused for an email that signs in at the same school, and possible at another', async () => {
    const { api } = await createPeopleSystem()
    await invite(api)
    const again = await api.staff('POST', '/v1/ops/people', {
      body: aPersonRequest('officer', { email: 'Officer@People.example' }),
    })
    expect(codeOf(again)).toBe('EMAIL_TAKEN')
    const elsewhere = { holder: { caller: 'school', schoolId: 'bay-shore' } }
    expect((await invite(api, 'officer', elsewhere)).person.status).toBe('invited')
  })
})

describe('a sign-in link', () => {
  const askAndRead = async () => {
    const { api } = await createPeopleSystem()
    await createSignedInPerson(api)
    const browser = createBrowser(api, 'portal')
    await browser.askForLink('officer@people.example')
    const [token = ''] = readLatestTokens(api)
    return { api, browser, token }
  }

  it('signs in within 15 minutes in the browser that asked for it, and not again', async () => {
    const { browser, token } = await askAndRead()
    expect((await browser.open(token)).status).toBe(201)
    expect((await browser.call(...ownLeads)).status).toBe(200)
    expect(codeOf(await browser.open(token))).toBe('LINK_USED')
  })

  it('is not used up by another browser, which learns to open it where it was asked for', async () => {
    const { api, browser, token } = await askAndRead()
    const thief = createBrowser(api, 'portal')
    expect(codeOf(await thief.open(token))).toBe('LINK_OTHER_BROWSER')
    thief.cookies.set(browserCookie, 'A'.repeat(43))
    expect(codeOf(await thief.open(token))).toBe('LINK_OTHER_BROWSER')
    expect((await browser.open(token)).status).toBe(201)
  })

  it('expires after 15 minutes', async () => {
    const { api, browser, token } = await askAndRead()
    api.advanceClock(15 * 60)
    expect(codeOf(await browser.open(token))).toBe('LINK_EXPIRED')
  })

  it('signs in only one of two browsers that open it at the same time', async () => {
    const { api } = await createPeopleSystem()
    const { token } = await invite(api)
    const opened = await Promise.all([1, 2, 3].map(() => createBrowser(api, 'portal').open(token)))
    expect(opened.map(({ status }) => status).toSorted()).toEqual([201, 410, 410])
  })

  it('is one for each school, in one email, for a person who works for several', async () => {
    const { api } = await createPeopleSystem()
    await invite(api, 'viewer')
    await invite(api, 'viewer', { holder: { caller: 'school', schoolId: 'bay-shore' } })
    const browser = createBrowser(api, 'portal')
    await browser.askForLink('viewer@people.example')
    const names: unknown[] = []
    for (const token of readLatestTokens(api)) {
      await browser.open(token)
      names.push(readOwnSchool.responses[200].body.parse((await browser.call('GET', '/v1/school')).body).name)
    }
    expect(names.toSorted()).toEqual(['Bay Shore Institute', 'Tall Grass College'])
  })

  it('is not sent to a person who is disabled, nor by the page of the others', async () => {
    const { api } = await createPeopleSystem()
    const { person } = await createSignedInPerson(api)
    const before = api.mailbox.messages.length
    await createBrowser(api, 'console').askForLink('officer@people.example')
    await api.staff('PATCH', `/v1/ops/people/${person.personId}`, { body: { status: 'disabled' } })
    await createBrowser(api, 'portal').askForLink('officer@people.example')
    expect(api.mailbox.messages.length).toBe(before)
  })
})

describe('asking for a sign-in link', () => {
  it('answers the same, after the same wait, whether or not someone signs in with the email', async () => {
    const waits: number[] = []
    const answer = async (email: string) => {
      const { api } = await createPeopleSystem()
      await invite(api)
      const start = api.clock.now.getTime()
      const { status, text, headers, cookies = [] } = await createBrowser(api, 'portal').askForLink(email)
      waits.push(api.clock.now.getTime() - start)
      return { status, text, headers, cookies: cookies.map((line) => line.replace(/=[\w-]{43};/, '=;')) }
    }
    expect(await answer('officer@people.example')).toEqual(await answer('nobody@people.example'))
    expect(waits).toEqual([1000, 1000])
  })

  it('answers the same if the mail server fails', async () => {
    const { api } = await createPeopleSystem()
    await invite(api)
    api.mailbox.fault = new Error('officer@people.example was refused')
    expect((await createBrowser(api, 'portal').askForLink('officer@people.example')).status).toBe(202)
    expect(JSON.stringify(api.logEntries)).not.toContain('people.example')
  })

  it('is limited by email, known or not, and by address', async () => {
    const { api } = await createPeopleSystem()
    await invite(api)
    const askFour = async (email: string) => {
      const statuses: number[] = []
      for (let count = 0; count < 4; count++)
        statuses.push((await createBrowser(api, 'portal').askForLink(email, `203.0.113.${count}`)).status)
      return statuses
    }
    // Each answer takes a second, so the fourth comes within the minute.
    expect(await askFour('officer@people.example')).toEqual([202, 202, 202, 429])
    expect(await askFour('nobody@people.example')).toEqual([202, 202, 202, 429])
    const fromOne: number[] = []
    for (let count = 0; count < 25; count++)
      fromOne.push((await createBrowser(api, 'portal').open(`psn_${'9'.repeat(22)}.guess`, '192.0.2.1')).status)
    expect(fromOne.at(0)).toBe(410)
    expect(fromOne.at(-1)).toBe(429)
  })
})

describe('guessing a link', () => {
  it('tells nothing of who exists, and is refused for every part that is wrong', async () => {
    const { api } = await createPeopleSystem()
    const { token } = await invite(api)
    const [personId = '', secret = ''] = token.split('.')
    const guesses = [
      `${personId}.${secret.slice(0, -1)}`,
      `${personId}.${'A'.repeat(43)}`,
      `${personId}.`,
      `psn_${'9'.repeat(22)}.${secret}`,
      secret,
      `${personId}`,
      `${personId}.${secret}.${secret}x`,
      '../../x',
    ]
    const texts = new Set<string>()
    for (const guess of guesses.filter((one) => !one.startsWith(`${token}.`))) {
      const { status, text } = await createBrowser(api, 'portal').open(guess)
      expect([guess, status]).toEqual([guess, 410])
      texts.add(text)
    }
    expect(texts.size).toBe(1)
    expect((await createBrowser(api, 'portal').open(token)).status).toBe(201)
  })
})

describe('a session', () => {
  it('is a cookie that scripts cannot read, of this host and HTTPS only', async () => {
    const { api } = await createPeopleSystem()
    const { token } = await invite(api)
    const { cookies: [line = ''] = [] } = await createBrowser(api, 'portal').open(token)
    expect(line).toMatch(
      /^__Host-portal=psn_[\w-]{22}\.ses_[\w-]{22}\.[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('does not count without the header that only console and portal can send', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api)
    const forged = await browser.call(...ownLeads, { headers: { [appHeader]: undefined } })
    expect([forged.status, codeOf(forged)]).toEqual([401, 'KEY_REQUIRED'])
    expect((await browser.call(...ownLeads)).status).toBe(200)
    for (const target of ['/v1/sign-in-requests', '/v1/sign-ins']) {
      const body = target.endsWith('requests') ? { app: 'portal', email: 'a@people.example' } : { token: 'x' }
      const response = await browser.call('POST', target, { body, headers: { [appHeader]: undefined } })
      expect([target, codeOf(response)]).toEqual([target, 'APP_HEADER_REQUIRED'])
    }
  })

  it('is refused if any part of its cookie is another, or if it is the cookie of the other app', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api)
    const { browser: colleague } = await createSignedInPerson(api, 'viewer')
    const own = browser.cookies.get(sessionCookies.portal) ?? ''
    const [personId = '', sessionId = '', secret = ''] = own.split('.')
    const [otherPerson = '', otherSession = '', otherSecret = ''] = (
      colleague.cookies.get(sessionCookies.portal) ?? ''
    ).split('.')
    const forged = [
      `${personId}.${sessionId}.${otherSecret}`,
      `${personId}.${otherSession}.${otherSecret}`,
      `${otherPerson}.${sessionId}.${secret}`,
      `${personId}.${sessionId}.`,
      `${personId}.${sessionId}`,
      '',
      'PERSON.PERSON.x',
    ]
    for (const cookie of forged) {
      browser.cookies.set(sessionCookies.portal, cookie)
      expect([cookie, codeOf(await browser.call(...ownLeads))]).toEqual([cookie, 'SESSION_INVALID'])
    }
    browser.cookies.set(sessionCookies.console, own)
    expect(codeOf(await browser.call('GET', '/v1/ops/leads', { headers: { [appHeader]: 'console' } }))).toBe(
      'SESSION_INVALID',
    )
    browser.cookies.set(sessionCookies.portal, own)
    expect(codeOf(await browser.call('GET', '/v1/ops/leads'))).toBe('SESSION_INVALID')
    expect((await browser.call(...ownLeads)).status).toBe(200)
  })

  it('is new at each sign-in, whatever cookie the browser had, and ends the one before', async () => {
    const { api } = await createPeopleSystem()
    const attacker = await createSignedInPerson(api, 'viewer')
    const fixed = attacker.browser.cookies.get(sessionCookies.portal) ?? ''
    const { token } = await invite(api)
    const victim = createBrowser(api, 'portal')
    victim.cookies.set(sessionCookies.portal, fixed)
    await victim.open(token)
    expect(victim.cookies.get(sessionCookies.portal)).not.toBe(fixed)
    expect(codeOf(await attacker.browser.call(...ownLeads))).toBe('SESSION_INVALID')
  })

  it.each(['portal', 'console'] as const)(
    'of the %s ends when it is not used, and in the end even if it is',
    async (app) => {
      const { idleHours, totalHours } = sessionLimits[app === 'portal' ? 'school' : 'operator']
      const target = app === 'portal' ? '/v1/school/leads' : '/v1/ops/leads'
      const role = app === 'portal' ? 'officer' : 'operations'
      const { api } = await createPeopleSystem()
      const idle = await createSignedInPerson(api, role)
      const busy = await createSignedInPerson(api, role, { email: 'busy@people.example' })
      const status = async ({ browser }: typeof idle) => (await browser.call('GET', target)).status
      const statuses: number[] = []
      for (let hours = 0; hours < totalHours - idleHours / 2; hours += idleHours / 2) {
        statuses.push(await status(busy))
        api.advanceClock((idleHours / 2) * 3600)
      }
      expect(new Set(statuses)).toEqual(new Set([200]))
      expect(await status(idle)).toBe(401)
      api.advanceClock((idleHours / 2) * 3600)
      expect(await status(busy)).toBe(401)
    },
  )

  it('is listed for its person, who can end each, this one, or all', async () => {
    const { api } = await createPeopleSystem()
    const first = await createSignedInPerson(api)
    const second = createBrowser(api, 'portal')
    const third = createBrowser(api, 'portal')
    for (const browser of [second, third]) {
      await browser.askForLink('officer@people.example')
      await browser.open(readLatestTokens(api)[0] ?? '')
    }
    const list = async () => {
      const { body } = await second.call('GET', '/v1/sessions')
      return listBody(body)
    }
    const [latest, , oldest] = await list()
    expect([await list()].flat().map(({ isCurrent }) => isCurrent)).toEqual([false, true, false])
    await second.call('DELETE', `/v1/sessions/${oldest?.sessionId}`)
    expect((await first.browser.call(...ownLeads)).status).toBe(401)
    expect((await third.call(...ownLeads)).status).toBe(200)
    expect((await second.call('DELETE', `/v1/sessions/${oldest?.sessionId}`)).status).toBe(404)
    expect(latest?.isCurrent).toBe(false)
    await second.call('DELETE', '/v1/session')
    expect([second.cookies.has(sessionCookies.portal), (await second.call(...ownLeads)).status]).toEqual([false, 401])
    await third.call('DELETE', '/v1/sessions')
    expect((await third.call(...ownLeads)).status).toBe(401)
  })

  it('cannot be ended by another person', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api)
    const { browser: other } = await createSignedInPerson(api, 'admin')
    const [own] = listBody((await browser.call('GET', '/v1/sessions')).body)
    expect((await other.call('DELETE', `/v1/sessions/${own?.sessionId}`)).status).toBe(404)
    expect((await browser.call(...ownLeads)).status).toBe(200)
  })

  it.each([
    ['a role', { role: 'viewer' }],
    ['an email', { email: 'new@people.example' }],
    ['a status', { status: 'disabled' }],
  ])('ends at once with a change of %s', async (_, body) => {
    const { api } = await createPeopleSystem()
    const { person, browser } = await createSignedInPerson(api)
    expect((await browser.call(...ownLeads)).status).toBe(200)
    await api.staff('PATCH', `/v1/ops/people/${person.personId}`, { body })
    expect(codeOf(await browser.call(...ownLeads))).toBe('SESSION_INVALID')
  })

  it('goes on after a change of the name alone', async () => {
    const { api } = await createPeopleSystem()
    const { person, browser } = await createSignedInPerson(api)
    await api.staff('PATCH', `/v1/ops/people/${person.personId}`, { body: { name: 'Robin Other' } })
    expect((await browser.call('GET', '/v1/session')).body).toMatchObject({ name: 'Robin Other' })
  })

  it('ends with its person, and with its school, also if a new school gets the same ID', async () => {
    const { api } = await createPeopleSystem()
    const { person, browser } = await createSignedInPerson(api)
    await api.staff('DELETE', `/v1/ops/people/${person.personId}`)
    expect((await browser.call(...ownLeads)).status).toBe(401)
    const other = await createSignedInPerson(api, 'viewer')
    const remove = { headers: { 'if-match': '*' } }
    await api.staff('DELETE', '/v1/ops/campaigns/tall-grass-tx', remove)
    await api.staff('DELETE', '/v1/ops/programs/tall-grass-hit', remove)
    await api.staff('DELETE', '/v1/ops/schools/tall-grass', remove)
    expect((await other.browser.call(...ownLeads)).status).toBe(401)
    await api.staff('PUT', '/v1/ops/schools/tall-grass', { body: { name: 'Another', timeZone: 'America/Chicago' } })
    expect((await other.browser.call(...ownLeads)).status).toBe(401)
    expect(codeOf(await createBrowser(api, 'portal').open('psn_x'))).toBe('LINK_USED')
  })

  it('is recorded as used at most once in five minutes', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api)
    const readLastUse = async () => listBody((await browser.call('GET', '/v1/sessions')).body)[0]?.lastUsedAt
    await browser.call(...ownLeads)
    const first = await readLastUse()
    api.advanceClock(60)
    await browser.call(...ownLeads)
    expect(await readLastUse()).toBe(first)
    api.advanceClock(5 * 60)
    await browser.call(...ownLeads)
    expect(await readLastUse()).toBe(api.clock.now.toISOString())
  })

  it('yields to an API key that is sent with it', async () => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api)
    const authorization = `Bearer ${await api.schoolKey('bay-shore')}`
    expect((await browser.call('GET', '/v1/school', { headers: { authorization } })).body).toMatchObject({
      name: 'Bay Shore Institute',
    })
  })
})

describe('what a person does', () => {
  it('carries their name and ID in records and in the audit', async () => {
    const { api } = await createPeopleSystem()
    const { person, browser } = await createSignedInPerson(api, 'admin')
    await browser.call('PATCH', '/v1/school/campaigns/tall-grass-tx', { body: { status: 'paused' } })
    const { body } = await api.staff('GET', `/v1/ops/audit?actor=${person.personId}`)
    expect(body).toMatchObject({
      entries: [
        {
          action: 'campaign.changed-by-school',
          actor: {
            kind: 'school',
            personId: person.personId,
            name: 'Pat admin',
            schoolId: schoolHolder.caller === 'school' ? schoolHolder.schoolId : '',
          },
        },
        { action: 'session.started', actor: { personId: person.personId } },
      ],
    })
    expect(JSON.stringify(body)).not.toContain('people.example')
  })
})

function listBody(body: unknown) {
  return listOwnSessions.responses[200].body.parse(body).sessions
}
