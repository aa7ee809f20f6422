import { beforeEach, describe, expect, it } from 'vitest'
import { maxKeysPerHolder } from '#shared/domain/access/access-key.ts'
import { maxUnopenedLinks } from '#shared/domain/access/portal-access.ts'
import { listStoredEntries } from '#test/functions/audit/list-stored-entries.ts'
import { alphaSchool, deleteSchool, recreateSchool } from '#test/functions/binding/record-edits.ts'
import { aSchool, createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'
import { createTestMarket } from '#test/functions/routing/create-test-market.ts'
import { createPortal, readCode } from './portal-fixture.ts'

let system: TestSystem
let portal: ReturnType<typeof createPortal>
beforeEach(async () => {
  system = await createTestSystem()
  portal = createPortal(system)
})

describe('the staff key that created a portal link', () => {
  it('ends the link and its session when it is revoked, at the next request', async () => {
    const { key, keyId } = await system.api.createApiKey({ caller: 'operator' }, 'admin')
    const [opened, unopened] = [await portal.createLink({}, key), await portal.createLink({}, key)]
    const [session, other] = [await portal.signIn(opened), await portal.signIn()]
    expect(await portal.isAccepted(session)).toBe(true)
    await system.api.staff('DELETE', `/v1/ops/keys/${keyId}`)
    expect(await portal.isAccepted(session)).toBe(false)
    expect(await portal.isAccepted(other)).toBe(true)
    expect(readCode(await portal.open(unopened))).toBe('LINK_REVOKED')
    expect((await portal.listSessions()).map(({ state }) => state).toSorted()).toEqual(['active', 'issuer-revoked'])
    expect((await portal.listLinks('?state=issuer-revoked')).map(({ linkId }) => linkId)).toEqual([unopened.linkId])
  })

  it('ends both when it expires', async () => {
    const soon = new Date(system.api.clock.now.getTime() + 3_600_000).toISOString()
    const { key } = await system.api.createApiKey({ caller: 'operator' }, 'admin', soon)
    const [opened, unopened] = [await portal.createLink({}, key), await portal.createLink({}, key)]
    expect([opened.expiresAt, unopened.expiresAt]).toEqual([soon, soon])
    const session = await portal.signIn(opened)
    system.api.advanceClock(3600)
    expect(await portal.isAccepted(session)).toBe(false)
    expect(readCode(await portal.open(unopened))).toBe('LINK_EXPIRED')
    expect((await portal.listSessions())[0]).toMatchObject({ state: 'expired', expiresAt: soon })
  })
})

describe('the school of a portal session', () => {
  it('signs nobody out when it is paused', async () => {
    const session = await portal.signIn()
    await system.api.staff('PUT', '/v1/ops/schools/tall-grass', { body: aSchool({ status: 'paused' }) })
    expect(await portal.isAccepted(session)).toBe(true)
  })

  it('ends links and sessions when it is deleted, and a later school with its ID inherits none', async () => {
    const market = await createTestMarket({ alpha: { school: alphaSchool } })
    const alpha = createPortal(market)
    const [opened, unopened] = [
      await alpha.createLink({ schoolId: 'alpha' }),
      await alpha.createLink({ schoolId: 'alpha' }),
    ]
    const session = await alpha.signIn(opened)
    await deleteSchool(market)
    expect(await alpha.isAccepted(session)).toBe(false)
    expect(readCode(await alpha.open(unopened))).toBe('LINK_REVOKED')
    await recreateSchool(market, alphaSchool)
    expect(await alpha.isAccepted(session)).toBe(false)
    expect(readCode(await alpha.open(unopened))).toBe('LINK_REVOKED')
    expect((await alpha.listLinks()).map(({ state }) => state).toSorted()).toEqual(['school-deleted', 'used'])
    expect((await alpha.listSessions()).map(({ state }) => state)).toEqual(['school-deleted'])
    expect(await alpha.isAccepted(await alpha.signIn(await alpha.createLink({ schoolId: 'alpha' })))).toBe(true)
  })
})

describe('taking a portal link back', () => {
  it('closes an unopened link, once, and says who did it', async () => {
    const link = await portal.createLink()
    const responses = [await portal.revokeLink(link), await portal.revokeLink(link)]
    expect(responses.map(({ status }) => status)).toEqual([204, 204])
    expect(readCode(await portal.open(link))).toBe('LINK_REVOKED')
    expect(await portal.listLinks()).toMatchObject([
      { linkId: link.linkId, state: 'revoked', revokedBy: { kind: 'staff', name: 'key 1' } },
    ])
    const entries = await listStoredEntries(system.api)
    expect(entries.filter(({ action }) => action === 'portal-link.revoked')).toHaveLength(1)
  })

  it('ends the session of an opened link', async () => {
    const link = await portal.createLink()
    const session = await portal.signIn(link)
    await portal.revokeLink(link)
    expect(await portal.isAccepted(session)).toBe(false)
    expect((await portal.listSessions())[0]).toMatchObject({ state: 'ended', endedBy: { name: 'key 1' } })
  })

  it('leaves a link as it is that has expired or whose session has ended', async () => {
    const [old, over] = [await portal.createLink({ expiresInHours: 1 }), await portal.createLink()]
    await portal.call(await portal.signIn(over))('DELETE', '/v1/school/session')
    system.api.advanceClock(3600)
    for (const link of [old, over]) expect((await portal.revokeLink(link)).status).toBe(204)
    expect((await portal.listLinks()).map(({ state }) => state).toSorted()).toEqual(['expired', 'used'])
  })
})

describe('ending a portal session', () => {
  it('signs out on the server, also a read-only session, and leaves other sessions and API keys', async () => {
    const viewer = await portal.signIn(await portal.createLink({ scope: 'read' }))
    const [other, apiKey] = [await portal.signIn(), await system.api.schoolKey('tall-grass')]
    expect((await portal.call(viewer)('DELETE', '/v1/school/session')).status).toBe(204)
    expect(await Promise.all([viewer, other, apiKey].map(portal.isAccepted))).toEqual([false, true, true])
    expect(readCode(await portal.call(viewer)('DELETE', '/v1/school/session'))).toBe('KEY_INVALID')
    expect((await portal.listSessions('?state=signed-out'))[0]).toMatchObject({ endedBy: { kind: 'school' } })
  })

  it('is refused for an API key, which stays valid', async () => {
    const apiKey = await system.api.schoolKey('tall-grass')
    expect(readCode(await portal.call(apiKey)('DELETE', '/v1/school/session'))).toBe('NOT_A_SESSION')
    const { keyId } = await system.api.createApiKey({ caller: 'school', schoolId: 'tall-grass' }, 'manage')
    expect(readCode(await system.api.staff('DELETE', `/v1/ops/sessions/${keyId}`))).toBe('NOT_FOUND')
    expect(await portal.isAccepted(apiKey)).toBe(true)
  })

  it('by staff is refused at the next request, and has one entry however often it is repeated', async () => {
    const session = await portal.signIn()
    const { sessionId } = (await portal.listSessions())[0] ?? {}
    for (const _ of [1, 2]) {
      expect((await system.api.staff('DELETE', `/v1/ops/sessions/${sessionId}`)).status).toBe(204)
      expect(await portal.isAccepted(session)).toBe(false)
    }
    const entries = await listStoredEntries(system.api)
    expect(entries.filter(({ action }) => action === 'session.ended')).toHaveLength(1)
  })

  it('everywhere ends the sessions of the own school only, and no API key and no unopened link', async () => {
    const [one, two, unopened] = [await portal.signIn(), await portal.signIn(), await portal.createLink()]
    const elsewhere = await portal.signIn(await portal.createLink({ schoolId: 'bay-shore' }))
    const apiKey = await system.api.schoolKey('tall-grass')
    const viewer = await portal.signIn(await portal.createLink({ scope: 'read' }))
    expect(readCode(await portal.call(viewer)('DELETE', '/v1/school/sessions'))).toBe('KEY_READ_ONLY')
    expect((await portal.call(one)('DELETE', '/v1/school/sessions')).body).toEqual({ sessions: 3 })
    const keys = [one, two, viewer, elsewhere, apiKey]
    expect(await Promise.all(keys.map(portal.isAccepted))).toEqual([false, false, false, true, true])
    expect((await portal.open(unopened)).status).toBe(201)
  })

  it('by staff for a whole school takes unopened links back, and a new link works at once', async () => {
    const [session, unopened] = [await portal.signIn(), await portal.createLink()]
    expect((await portal.endAll()).body).toEqual({ sessions: 1, links: 1 })
    expect((await portal.endAll()).body).toEqual({ sessions: 0, links: 0 })
    expect(await portal.isAccepted(session)).toBe(false)
    expect(readCode(await portal.open(unopened))).toBe('LINK_REVOKED')
    expect(await portal.isAccepted(await portal.signIn())).toBe(true)
    expect((await portal.listSessions()).map(({ state }) => state).toSorted()).toEqual(['active', 'ended'])
    expect(readCode(await portal.endAll('no-such-school'))).toBe('NOT_FOUND')
  })
})

describe('a school with as many sessions and keys as it may have', () => {
  it('is told so by a link, which opens once there is room', async () => {
    for (let number = 0; number < maxKeysPerHolder - 1; number++) await system.api.schoolKey('tall-grass')
    const session = await portal.signIn()
    const link = await portal.createLink()
    expect(readCode(await portal.open(link))).toBe('TOO_MANY_SESSIONS')
    await portal.call(session)('DELETE', '/v1/school/session')
    expect((await portal.open(link)).status).toBe(201)
  })

  it('does not count sessions whose staff key was revoked', async () => {
    const { key, keyId } = await system.api.createApiKey({ caller: 'operator' }, 'admin')
    for (let number = 0; number < maxKeysPerHolder; number++) await portal.signIn(await portal.createLink({}, key))
    const link = await portal.createLink()
    expect(readCode(await portal.open(link))).toBe('TOO_MANY_SESSIONS')
    await system.api.staff('DELETE', `/v1/ops/keys/${keyId}`)
    expect((await portal.open(link)).status).toBe(201)
  })

  it('gets no further link while it has too many unopened ones', async () => {
    const links = []
    for (let number = 0; number < maxUnopenedLinks; number++) links.push(await portal.createLink())
    const createOne = () => system.api.staff('POST', '/v1/ops/portal-links', { body: { schoolId: 'tall-grass' } })
    expect(readCode(await createOne())).toBe('TOO_MANY_LINKS')
    await portal.endAll()
    expect((await createOne()).status).toBe(201)
  })
})

describe('the lists of portal links and sessions', () => {
  it('show latest first who created a link for which school, and when it was opened', async () => {
    const first = await portal.createLink({ scope: 'read' })
    system.api.advanceClock(60)
    const second = await portal.createLink({ schoolId: 'bay-shore' })
    await portal.isAccepted(await portal.signIn(second))
    expect(await portal.listLinks()).toMatchObject([
      { linkId: second.linkId, schoolId: 'bay-shore', state: 'used', openedAt: system.api.clock.now.toISOString() },
      { linkId: first.linkId, scope: 'read', state: 'unopened', createdBy: { kind: 'staff', name: 'key 1' } },
    ])
    expect(await portal.listSessions()).toMatchObject([
      { linkId: second.linkId, state: 'active', lastUsedAt: system.api.clock.now.toISOString() },
    ])
    expect((await portal.listLinks('?schoolId=tall-grass')).map(({ linkId }) => linkId)).toEqual([first.linkId])
    expect(await portal.listSessions('?schoolId=tall-grass')).toEqual([])
  })

  it('are read page by page', async () => {
    for (let number = 0; number < 3; number++) {
      await portal.createLink()
      system.api.advanceClock(1)
    }
    const response = await system.api.staff('GET', '/v1/ops/portal-links?limit=2')
    const next = /<([^>]+)>/.exec(response.headers.link ?? '')?.[1] ?? ''
    const rest = await system.api.staff('GET', next)
    expect([response, rest].map(({ body }) => Object(body).links.length)).toEqual([2, 1])
  })

  it('show no token and no key', async () => {
    const link = await portal.createLink()
    const key = await portal.signIn(link)
    const text = JSON.stringify([await portal.listLinks(), await portal.listSessions()])
    expect(text).not.toContain(link.token)
    expect(text).not.toContain(key)
  })
})
