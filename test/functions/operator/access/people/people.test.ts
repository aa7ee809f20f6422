import { describe, expect, it } from 'vitest'
import { problem } from '#shared/contract/problems.ts'
import type { TestResponse } from '#test/functions/house/check-response.ts'
import {
  createBrowser,
  createPeopleSystem,
  createPerson,
  createSignedInPerson,
  invite,
  readLatestTokens,
} from './create-people-system.ts'

const codeOf = ({ status, body }: TestResponse) => (status < 300 ? status : problem.parse(body).code)
const personPath = ({ personId }: { personId: string }) => `/v1/ops/people/${personId}`

describe('the last active owner', () => {
  it.each([
    ['get another role', 'PATCH', { role: 'viewer' }],
    ['be disabled', 'PATCH', { status: 'disabled' }],
    ['be deleted', 'DELETE', undefined],
  ] as const)('cannot %s, and can once there is another', async (_, method, body) => {
    const { api } = await createPeopleSystem()
    const { person, browser } = await createSignedInPerson(api, 'owner')
    const change = () => api.staff(method, personPath(person), body && { body })
    expect(codeOf(await change())).toBe('LAST_OWNER')
    // One who was invited and has never signed in is no active owner.
    const { person: second, token } = await createPerson(api, 'owner', { email: 'second@people.example' })
    expect(codeOf(await change())).toBe('LAST_OWNER')
    expect((await browser.call('GET', '/v1/ops/people')).status).toBe(200)
    await createBrowser(api, 'console').open(token)
    expect((await change()).status).toBeLessThan(300)
    expect(codeOf(await api.staff('DELETE', personPath(second)))).toBe('LAST_OWNER')
  })

  it('stays if two owners delete each other at the same time', async () => {
    const { api } = await createPeopleSystem()
    const one = await createSignedInPerson(api, 'owner')
    const two = await createSignedInPerson(api, 'owner', { email: 'second@people.example' })
    const responses = await Promise.all([
      one.browser.call('DELETE', personPath(two.person)),
      two.browser.call('DELETE', personPath(one.person)),
    ])
    expect(responses.map(codeOf).toSorted()).toEqual([204, 'LAST_OWNER'])
  })

  it('stays if two owners take the role from each other at the same time', async () => {
    const { api } = await createPeopleSystem()
    const one = await createSignedInPerson(api, 'owner')
    const two = await createSignedInPerson(api, 'owner', { email: 'second@people.example' })
    const body = { role: 'viewer' }
    const responses = await Promise.all([
      one.browser.call('PATCH', personPath(two.person), { body }),
      two.browser.call('PATCH', personPath(one.person), { body }),
    ])
    expect(responses.map(codeOf).toSorted()).toEqual([200, 'LAST_OWNER'])
  })
})

describe('a person who is deleted', () => {
  it('is signed out, their links open nothing, and their email can be invited again', async () => {
    const { api } = await createPeopleSystem()
    const { person, browser } = await createSignedInPerson(api)
    await browser.askForLink('officer@people.example')
    const [link = ''] = readLatestTokens(api)
    expect((await api.staff('DELETE', personPath(person))).status).toBe(204)
    expect((await browser.call('GET', '/v1/school/leads')).status).toBe(401)
    expect(codeOf(await browser.open(link))).toBe('LINK_USED')
    expect(codeOf(await api.staff('GET', personPath(person)))).toBe('NOT_FOUND')
    expect((await invite(api)).person.personId).not.toBe(person.personId)
  })
})

describe('a change of role while a session is open', () => {
  it('ends it, and the next session has the rights of the new role', async () => {
    const { api } = await createPeopleSystem()
    const { person, browser } = await createSignedInPerson(api, 'admin')
    const rotate = { body: { campaignId: 'tall-grass-tx' } }
    expect((await browser.call('POST', '/v1/school/secret-rotations', rotate)).status).toBe(201)
    await api.staff('PATCH', personPath(person), { body: { role: 'officer' } })
    expect(codeOf(await browser.call('POST', '/v1/school/secret-rotations', rotate))).toBe('SESSION_INVALID')
    await browser.askForLink('admin@people.example')
    await browser.open(readLatestTokens(api)[0] ?? '')
    expect(codeOf(await browser.call('POST', '/v1/school/secret-rotations', rotate))).toBe('ROLE_NOT_ALLOWED')
  })
})

describe('a page of another origin', () => {
  it.each([
    ['POST', '/v1/second-factor/setups', {}],
    ['DELETE', '/v1/sessions', undefined],
    ['POST', '/v1/session/second-factor', { code: '000000' }],
  ] as const)('cannot use a session for %s %s: it cannot send the header of the app', async (method, path, body) => {
    const { api } = await createPeopleSystem()
    const { browser } = await createSignedInPerson(api, 'owner')
    const forged = await browser.call(method, path, {
      headers: { 'x-prospectus-app': undefined },
      ...(body && { body }),
    })
    expect(codeOf(forged)).toBe('SESSION_INVALID')
    expect((await browser.call('GET', '/v1/ops/leads')).status).toBe(200)
  })
})
