import { describe, expect, it } from 'vitest'
import { createKey, listKeys } from '#shared/contract/access/keys.ts'
import { sha256 } from '#shared/platform/digests.ts'
import { accessKeyKey, accessKeyRecordKey, keyRingKey } from '#shared/store/keys.ts'
import { aSchool, createTestSystem, putRecord, type TestSystem } from '#test/functions/create-test-system.ts'

type Fields = { [field: string]: unknown }
const schoolHolder = { caller: 'school', schoolId: 'tall-grass' }

function post({ api }: TestSystem, fields: Fields = {}) {
  return api.staff('POST', '/v1/ops/keys', { body: { holder: schoolHolder, scope: 'manage', name: 'CRM', ...fields } })
}

/** @throws Error if no key was created */
async function createParsedKey(system: TestSystem, fields: Fields = {}) {
  const answer = await post(system, fields)
  if (answer.status !== 201) throw new Error(answer.text)
  return createKey.responses[201].body.parse(answer.body)
}

async function listParsedKeys({ api }: TestSystem, query = '') {
  const answer = await api.staff('GET', `/v1/ops/keys${query}`)
  return { ...listKeys.responses[200].body.parse(answer.body), text: answer.text }
}

const revoke = ({ api }: TestSystem, keyId: string) => api.staff('DELETE', `/v1/ops/keys/${keyId}`)

async function callWithKey({ api }: TestSystem, key: string, path = '/v1/school/leads') {
  return (await api.call('GET', path, { headers: { authorization: `Bearer ${key}` } })).status
}

describe('an API key', () => {
  it('works at once, is shown once and is stored as a hash', async () => {
    const system = await createTestSystem()
    const { key, keyId, ...keyFields } = await createParsedKey(system)
    expect(key).toMatch(/^sk_[A-Za-z0-9_-]{49}$/)
    expect(keyFields).toEqual({
      holder: schoolHolder,
      scope: 'manage',
      name: 'CRM',
      createdAt: '2026-11-23T15:00:00.000Z',
    })
    expect(await callWithKey(system, key)).toBe(200)
    const rows = await Promise.all(
      [accessKeyKey(sha256(key)), accessKeyRecordKey(keyId), keyRingKey('school#tall-grass')].map((row) =>
        system.api.engine.get({ in: 'catalog', key: row }),
      ),
    )
    expect(rows.every(Boolean)).toBe(true)
    expect(JSON.stringify(rows)).not.toContain(key.slice(3, 40))
    const { text } = await listParsedKeys(system)
    expect(text).not.toContain(key.slice(3, 40))
    expect(text).not.toContain(sha256(key))
  })

  it('is refused at once after revocation and stays in the list', async () => {
    const system = await createTestSystem()
    const { key, keyId } = await createParsedKey(system)
    expect(await callWithKey(system, key)).toBe(200)
    system.api.advanceClock(30)
    expect((await revoke(system, keyId)).status).toBe(204)
    expect(await callWithKey(system, key)).toBe(401)
    system.api.advanceClock(30)
    expect((await revoke(system, keyId)).status).toBe(204)
    const { keys } = await listParsedKeys(system)
    expect(keys.find((one) => one.keyId === keyId)?.revokedAt).toBe('2026-11-23T15:00:30.000Z')
  })

  it('returns 404 when an unknown key is revoked', async () => {
    const system = await createTestSystem()
    expect((await revoke(system, `key_${'9'.repeat(22)}`)).status).toBe(404)
    expect((await revoke(system, 'no-id')).status).toBe(404)
  })

  it('expires at its expiry time and not before', async () => {
    const system = await createTestSystem()
    const { key } = await createParsedKey(system, { expiresAt: '2026-11-23T16:00:00Z' })
    system.api.advanceClock(3599)
    expect(await callWithKey(system, key)).toBe(200)
    system.api.advanceClock(1)
    expect(await callWithKey(system, key)).toBe(401)
  })

  it('can have one successor of the same name, and no third key until one is revoked or expired', async () => {
    const system = await createTestSystem()
    const first = await createParsedKey(system)
    const second = await createParsedKey(system, { expiresAt: '2026-11-23T16:00:00Z' })
    const third = await post(system)
    expect([third.status, third.body]).toMatchObject([409, { code: 'TOO_MANY_KEYS' }])
    expect([await callWithKey(system, first.key), await callWithKey(system, second.key)]).toEqual([200, 200])
    expect((await post(system, { name: 'Reports' })).status).toBe(201)
    expect((await post(system, { holder: { caller: 'school', schoolId: 'bay-shore' } })).status).toBe(201)
    await revoke(system, first.keyId)
    expect((await post(system)).status).toBe(201)
    system.api.advanceClock(3600)
    expect((await post(system)).status).toBe(201)
    expect((await post(system)).status).toBe(409)
  })

  it('has no third key of one name under concurrent creation', async () => {
    const system = await createTestSystem()
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await post(system)).status))
    expect(statuses.filter((status) => status === 201)).toHaveLength(2)
    expect((await listParsedKeys(system)).keys.filter(({ name }) => name === 'CRM')).toHaveLength(2)
  })

  it.each([
    [{ holder: { caller: 'school', schoolId: 'unknown' } }, '/holder/schoolId', 'unknown_record'],
    [{ holder: { caller: 'source', sourceId: 'unknown' }, scope: 'server' }, '/holder/sourceId', 'unknown_record'],
    [{ scope: 'admin' }, '/scope', 'custom'],
    [{ holder: { caller: 'operator' }, scope: 'manage' }, '/scope', 'custom'],
    [{ scope: undefined }, '/scope', 'required'],
    [{ name: '' }, '/name', 'too_small'],
    [{ expiresAt: '2026-11-23T15:00:00.000Z' }, '/expiresAt', 'past'],
    [{ expiresAt: 'tomorrow' }, '/expiresAt', 'invalid_format'],
    [{ key: 'sk_mine' }, '/key', 'unknown_field'],
  ])('is refused for %j', async (fields, pointer, code) => {
    const { status, body } = await post(await createTestSystem(), fields)
    expect([status, body]).toMatchObject([422, { errors: [{ pointer, code }] }])
  })

  it('ends with its school or source and is not inherited by a new one with the same ID', async () => {
    const system = await createTestSystem()
    await putRecord(system.api, 'schools', 'short-lived', aSchool())
    const { key } = await createParsedKey(system, { holder: { caller: 'school', schoolId: 'short-lived' } })
    const server = await createParsedKey(system, { holder: { caller: 'source', sourceId: 'landing' }, scope: 'server' })
    await system.api.staff('DELETE', '/v1/ops/schools/short-lived')
    await system.api.staff('DELETE', '/v1/ops/sources/landing')
    await putRecord(system.api, 'schools', 'short-lived', aSchool())
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing', mode: 'live' })
    expect(await callWithKey(system, key)).toBe(401)
    const headers = { authorization: `Bearer ${server.key}` }
    expect((await system.api.call('POST', '/v1/leads', { headers, body: {} })).status).toBe(401)
  })
})

describe('the last use of a key', () => {
  const findLastUse = async (system: TestSystem, keyId: string) =>
    (await listParsedKeys(system)).keys.find((one) => one.keyId === keyId)?.lastUsedAt

  it('is recorded once an hour', async () => {
    const system = await createTestSystem()
    const { key, keyId } = await createParsedKey(system)
    expect(await findLastUse(system, keyId)).toBeUndefined()
    await callWithKey(system, key)
    expect(await findLastUse(system, keyId)).toBe('2026-11-23T15:00:00.000Z')
    const { transactions } = system.api.watch
    for (let minute = 0; minute < 59; minute++) {
      system.api.advanceClock(60)
      await callWithKey(system, key)
    }
    expect(system.api.watch.transactions).toBe(transactions)
    expect(await findLastUse(system, keyId)).toBe('2026-11-23T15:00:00.000Z')
    system.api.advanceClock(60)
    await callWithKey(system, key)
    expect(await findLastUse(system, keyId)).toBe('2026-11-23T16:00:00.000Z')
  })

  it('is written once an hour across processes', async () => {
    const system = await createTestSystem()
    const { keyId } = await createParsedKey(system)
    const at = system.api.clock.now
    const later = new Date(at.getTime() + 60_000)
    for (const now of [at, later]) await system.api.createDependencies('school').accessKeys.recordUse(keyId, now)
    expect(await findLastUse(system, keyId)).toBe(at.toISOString())
  })

  it('does not fail the request if it cannot be recorded', async () => {
    const system = await createTestSystem()
    const { key } = await createParsedKey(system)
    system.api.watch.beforeCommit = async () => {
      throw new Error('lost')
    }
    expect(await callWithKey(system, key)).toBe(200)
    expect(system.api.logEntries.map(({ event }) => event)).toContain('api_key.last_used_update_failed')
  })
})

describe('the list of keys', () => {
  it('returns each key once across pages', async () => {
    const system = await createTestSystem()
    const createdIds = new Set<string>()
    for (let name = 0; name < 5; name++) createdIds.add((await createParsedKey(system, { name: `Key ${name}` })).keyId)
    const listedIds: string[] = []
    let query: string | undefined = '?limit=2'
    while (query !== undefined) {
      const { keys, page }: Awaited<ReturnType<typeof listParsedKeys>> = await listParsedKeys(system, query)
      listedIds.push(...keys.map(({ keyId }) => keyId))
      query = page.nextCursor === null ? undefined : `?limit=2&cursor=${page.nextCursor}`
    }
    expect(listedIds).toEqual([...new Set(listedIds)].sort())
    expect(listedIds).toEqual(expect.arrayContaining([...createdIds]))
  })
})

describe('a read-only API key', () => {
  it('can read, and its writes are refused with a reason', async () => {
    const system = await createTestSystem()
    const { key } = await createParsedKey(system, { holder: { caller: 'operator' }, scope: 'read', name: 'Dashboard' })
    const headers = { authorization: `Bearer ${key}` }
    expect((await system.api.call('GET', '/v1/ops/keys', { headers })).status).toBe(200)
    const { status, body } = await system.api.call('PUT', '/v1/ops/schools/new', { headers, body: aSchool() })
    expect([status, body]).toMatchObject([403, { code: 'KEY_READ_ONLY' }])
    expect((await system.api.staff('GET', '/v1/ops/schools/new')).status).toBe(404)
  })
})
