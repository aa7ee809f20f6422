import { describe, expect, it } from 'vitest'
import { createKey, listKeys } from '#shared/contract/access/keys.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { keyKey, keyRingKey, keyStoryKey } from '#shared/store/keys.ts'
import { aSchool, aTown, type Town, write } from '#test/functions/town.ts'

type Fields = { [field: string]: unknown }
const ofSchool = { caller: 'school', schoolId: 'tall-grass' }

function post({ house }: Town, fields: Fields = {}) {
  return house.staff('POST', '/v1/ops/keys', { body: { holder: ofSchool, scope: 'manage', name: 'CRM', ...fields } })
}

/** @throws where none is made. */
async function make(town: Town, fields: Fields = {}) {
  const answer = await post(town, fields)
  if (answer.status !== 201) throw new Error(answer.text)
  return createKey.responses[201].body.parse(answer.body)
}

async function listed({ house }: Town, query = '') {
  const answer = await house.staff('GET', `/v1/ops/keys${query}`)
  return { ...listKeys.responses[200].body.parse(answer.body), text: answer.text }
}

const revoke = ({ house }: Town, keyId: string) => house.staff('DELETE', `/v1/ops/keys/${keyId}`)

async function use({ house }: Town, key: string, path = '/v1/school/leads') {
  return (await house.call('GET', path, { headers: { authorization: `Bearer ${key}` } })).status
}

describe('a key', () => {
  it('opens its doors as soon as it is made, is shown once, and is kept as a hash', async () => {
    const town = await aTown()
    const { key, keyId, ...told } = await make(town)
    expect(key).toMatch(/^sk_[A-Za-z0-9_-]{49}$/)
    expect(told).toEqual({ holder: ofSchool, scope: 'manage', name: 'CRM', createdAt: '2026-11-23T15:00:00.000Z' })
    expect(await use(town, key)).toBe(200)
    const rows = await Promise.all(
      [keyKey(sha256(key)), keyStoryKey(keyId), keyRingKey('school#tall-grass')].map((row) =>
        town.house.engine.get({ in: 'catalog', key: row }),
      ),
    )
    expect(rows.every(Boolean)).toBe(true)
    expect(JSON.stringify(rows)).not.toContain(key.slice(3, 40))
    const { text } = await listed(town)
    expect(text).not.toContain(key.slice(3, 40))
    expect(text).not.toContain(sha256(key))
  })

  it('that is revoked is refused at once, and stays in the list', async () => {
    const town = await aTown()
    const { key, keyId } = await make(town)
    expect(await use(town, key)).toBe(200)
    town.house.pass(30)
    expect((await revoke(town, keyId)).status).toBe(204)
    expect(await use(town, key)).toBe(401)
    town.house.pass(30)
    expect((await revoke(town, keyId)).status).toBe(204)
    const { keys } = await listed(town)
    expect(keys.find((one) => one.keyId === keyId)?.revokedAt).toBe('2026-11-23T15:00:30.000Z')
  })

  it('that never was cannot be revoked', async () => {
    const town = await aTown()
    expect((await revoke(town, `key_${'9'.repeat(22)}`)).status).toBe(404)
    expect((await revoke(town, 'no-id')).status).toBe(404)
  })

  it('ends when it was to end, and not before', async () => {
    const town = await aTown()
    const { key } = await make(town, { expiresAt: '2026-11-23T16:00:00Z' })
    town.house.pass(3599)
    expect(await use(town, key)).toBe(200)
    town.house.pass(1)
    expect(await use(town, key)).toBe(401)
  })

  it('has one that may take over, and no third until one is revoked or has ended', async () => {
    const town = await aTown()
    const first = await make(town)
    const second = await make(town, { expiresAt: '2026-11-23T16:00:00Z' })
    const third = await post(town)
    expect([third.status, third.body]).toMatchObject([409, { code: 'TOO_MANY_KEYS' }])
    expect([await use(town, first.key), await use(town, second.key)]).toEqual([200, 200])
    expect((await post(town, { name: 'Reports' })).status).toBe(201)
    expect((await post(town, { holder: { caller: 'school', schoolId: 'bay-shore' } })).status).toBe(201)
    await revoke(town, first.keyId)
    expect((await post(town)).status).toBe(201)
    town.house.pass(3600)
    expect((await post(town)).status).toBe(201)
    expect((await post(town)).status).toBe(409)
  })

  it('has no third either, however many are made at once', async () => {
    const town = await aTown()
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await post(town)).status))
    expect(statuses.filter((status) => status === 201)).toHaveLength(2)
    expect((await listed(town)).keys.filter(({ name }) => name === 'CRM')).toHaveLength(2)
  })

  it.each([
    [{ holder: { caller: 'school', schoolId: 'nobody' } }, '/holder/schoolId', 'unknown_record'],
    [{ holder: { caller: 'source', sourceId: 'nobody' }, scope: 'server' }, '/holder/sourceId', 'unknown_record'],
    [{ scope: 'admin' }, '/scope', 'custom'],
    [{ holder: { caller: 'operator' }, scope: 'manage' }, '/scope', 'custom'],
    [{ scope: undefined }, '/scope', 'invalid_value'],
    [{ name: '' }, '/name', 'too_small'],
    [{ expiresAt: '2026-11-23T15:00:00.000Z' }, '/expiresAt', 'past'],
    [{ expiresAt: 'tomorrow' }, '/expiresAt', 'invalid_format'],
    [{ key: 'sk_mine' }, '/key', 'unknown_field'],
  ])('is not made of %j', async (fields, pointer, code) => {
    const { status, body } = await post(await aTown(), fields)
    expect([status, body]).toMatchObject([422, { errors: [{ pointer, code }] }])
  })

  it('of a school or source that is removed ends, and its successor of the same id inherits none', async () => {
    const town = await aTown()
    await write(town.house, 'schools', 'short-lived', aSchool())
    const { key } = await make(town, { holder: { caller: 'school', schoolId: 'short-lived' } })
    const server = await make(town, { holder: { caller: 'source', sourceId: 'landing' }, scope: 'server' })
    await town.house.staff('DELETE', '/v1/ops/schools/short-lived')
    await town.house.staff('DELETE', '/v1/ops/sources/landing')
    await write(town.house, 'schools', 'short-lived', aSchool())
    await write(town.house, 'sources', 'landing', { name: 'Landing', mode: 'live' })
    expect(await use(town, key)).toBe(401)
    const headers = { authorization: `Bearer ${server.key}` }
    expect((await town.house.call('POST', '/v1/leads', { headers, body: {} })).status).toBe(401)
  })
})

describe('the last use of a key', () => {
  const lastUse = async (town: Town, keyId: string) =>
    (await listed(town)).keys.find((one) => one.keyId === keyId)?.lastUsedAt

  it('is noted, once an hour', async () => {
    const town = await aTown()
    const { key, keyId } = await make(town)
    expect(await lastUse(town, keyId)).toBeUndefined()
    await use(town, key)
    expect(await lastUse(town, keyId)).toBe('2026-11-23T15:00:00.000Z')
    const { transactions } = town.house.watch
    for (let minute = 0; minute < 59; minute++) {
      town.house.pass(60)
      await use(town, key)
    }
    expect(town.house.watch.transactions).toBe(transactions)
    expect(await lastUse(town, keyId)).toBe('2026-11-23T15:00:00.000Z')
    town.house.pass(60)
    await use(town, key)
    expect(await lastUse(town, keyId)).toBe('2026-11-23T16:00:00.000Z')
  })

  it('is written once an hour, also by processes that do not know of each other', async () => {
    const town = await aTown()
    const { keyId } = await make(town)
    const at = town.house.clock.now
    const later = new Date(at.getTime() + 60_000)
    for (const now of [at, later]) await town.house.needsOf('school').accessKeys.noteUse(keyId, now)
    expect(await lastUse(town, keyId)).toBe(at.toISOString())
  })

  it('that cannot be noted turns nobody away', async () => {
    const town = await aTown()
    const { key } = await make(town)
    town.house.watch.beforeCommit = async () => {
      throw new Error('lost')
    }
    expect(await use(town, key)).toBe(200)
    expect(town.house.logged.map(({ event }) => event)).toContain('key.unnoted')
  })
})

describe('the list of keys', () => {
  it('comes a page at a time, each key once', async () => {
    const town = await aTown()
    const made = new Set<string>()
    for (let name = 0; name < 5; name++) made.add((await make(town, { name: `Key ${name}` })).keyId)
    const seen: string[] = []
    let query: string | undefined = '?limit=2'
    while (query !== undefined) {
      const { keys, page }: Awaited<ReturnType<typeof listed>> = await listed(town, query)
      seen.push(...keys.map(({ keyId }) => keyId))
      query = page.nextCursor === null ? undefined : `?limit=2&cursor=${page.nextCursor}`
    }
    expect(seen).toEqual([...new Set(seen)].sort())
    expect(seen).toEqual(expect.arrayContaining([...made]))
  })
})

describe('a key that may only read', () => {
  it('reads, and is told why it may not write', async () => {
    const town = await aTown()
    const { key } = await make(town, { holder: { caller: 'operator' }, scope: 'read', name: 'Dashboard' })
    const headers = { authorization: `Bearer ${key}` }
    expect((await town.house.call('GET', '/v1/ops/keys', { headers })).status).toBe(200)
    const { status, body } = await town.house.call('PUT', '/v1/ops/schools/new', { headers, body: aSchool() })
    expect([status, body]).toMatchObject([403, { code: 'KEY_READ_ONLY' }])
    expect((await town.house.staff('GET', '/v1/ops/schools/new')).status).toBe(404)
  })
})
