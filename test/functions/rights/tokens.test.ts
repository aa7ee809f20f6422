import { expect, it } from 'vitest'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import { aVisitor, createTestSystem } from '#test/functions/create-test-system.ts'

const credentialRoutes = [
  ['GET', '/v1/school/leads', 'authorization'],
  ['GET', '/v1/ops/leads', 'authorization'],
  ['POST', '/v1/ops/keys', 'authorization'],
  ['POST', '/v1/leads', 'authorization'],
  ['POST', '/v1/leads', 'x-source-key'],
  ['POST', '/v1/matches', 'authorization'],
  ['POST', '/v1/matches', 'x-source-key'],
  ['POST', '/v1/consents/withdrawals', 'x-source-key'],
] as const

it('refuses every malformed key, at every operation and in either header', async () => {
  const { api, sourceKey } = await createTestSystem()
  const staff = (await api.createApiKey({ caller: 'operator' }, 'admin')).key
  const school = (await api.createApiKey({ caller: 'school', schoolId: 'tall-grass' }, 'manage')).key
  const server = (await api.createApiKey({ caller: 'source', sourceId: 'landing' }, 'server')).key
  const validKeys = { staff, school, server, page: sourceKey }
  const unknownKeys = (['pk', 'sk', 'ok'] as const).map((prefix) =>
    newAccessKey(prefix, (size) => new Uint8Array(size)),
  )
  const malformedKeys = Object.values(validKeys).flatMap((key) => [
    key.slice(0, -1),
    key.slice(1),
    `${key.slice(0, -6)}000000`,
    `${key.startsWith('pk') ? 'sk' : 'pk'}${key.slice(2)}`,
    key.toLowerCase() === key ? `${key}x` : key.toLowerCase(),
    key.toUpperCase(),
    ` ${key} ${key}`,
    `${key} `.repeat(2),
    `${key},${key}`,
    `${key}${'A'.repeat(8192)}`,
    `${key}=`,
    `"${key}"`,
  ])
  const invalidTokens = [
    '',
    ' ',
    'null',
    'undefined',
    '*',
    '%',
    '{}',
    'A'.repeat(8192),
    `sk_${'A'.repeat(49)}`,
    ...unknownKeys,
  ]
  const schemes = (token: string) => [`Bearer ${token}`, token, `Basic ${token}`, `Bearer ${token},Bearer ${token}`]

  let attemptCount = 0
  const admittedRequests: string[] = []
  for (const [method, path, header] of credentialRoutes)
    for (const token of [...malformedKeys, ...invalidTokens])
      for (const value of header === 'authorization' ? schemes(token) : [token]) {
        // No key at all is a visitor's right at the match.
        if (path === '/v1/matches' && value === '') continue
        const body = path === '/v1/matches' ? aVisitor() : {}
        const options = method === 'POST' ? { body } : {}
        const headers = { 'idempotency-key': 'corpus', [header]: value }
        const { status } = await api.call(method, path, { headers, ...options })
        attemptCount += 1
        if (status !== 401) admittedRequests.push(`${method} ${path} ${header}: ${value.slice(0, 80)} -> ${status}`)
      }
  expect(admittedRequests).toEqual([])
  expect(attemptCount).toBeGreaterThan(1000)
})

it('accepts a valid key that was copied together with marks that nobody sees', async () => {
  const { api, sourceKey } = await createTestSystem()
  const staff = (await api.createApiKey({ caller: 'operator' }, 'admin')).key
  for (const mark of ['\u0000', '\u200b', '\u202a', '\ufeff']) {
    const authorization = `Bearer ${mark}${staff}${mark}`
    expect((await api.call('GET', '/v1/ops/leads', { headers: { authorization } })).status).toBe(200)
    const headers = { 'x-source-key': `${mark}${sourceKey}${mark}` }
    expect((await api.call('POST', '/v1/matches', { headers, body: aVisitor() })).status).toBe(200)
  }
})

it('accepts a valid key for its own caller and for no other', async () => {
  const { api, sourceKey } = await createTestSystem()
  const validHeaders = {
    staff: { authorization: `Bearer ${(await api.createApiKey({ caller: 'operator' }, 'admin')).key}` },
    school: { authorization: `Bearer ${await api.schoolKey('tall-grass')}` },
    server: {
      authorization: `Bearer ${(await api.createApiKey({ caller: 'source', sourceId: 'landing' }, 'server')).key}`,
    },
    page: { 'x-source-key': sourceKey },
  }
  const statuses = async (method: string, path: string) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(validHeaders).map(async ([whose, headers]) => {
          const options = { headers: { ...headers, 'idempotency-key': whose }, ...(method === 'POST' && { body: {} }) }
          return [whose, (await api.call(method, path, options)).status]
        }),
      ),
    )
  const unauthorized = { staff: 401, school: 401, server: 401, page: 401 }
  expect(await statuses('GET', '/v1/ops/leads')).toEqual({ ...unauthorized, staff: 200 })
  expect(await statuses('GET', '/v1/school/leads')).toEqual({ ...unauthorized, school: 200 })
  expect(await statuses('POST', '/v1/leads')).toEqual({ ...unauthorized, server: 422, page: 422 })
})
