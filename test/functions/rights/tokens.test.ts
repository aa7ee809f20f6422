import { expect, it } from 'vitest'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import { aTown, aVisitor } from '#test/functions/town.ts'

const doors = [
  ['GET', '/v1/school/leads', 'authorization'],
  ['GET', '/v1/ops/leads', 'authorization'],
  ['POST', '/v1/ops/keys', 'authorization'],
  ['POST', '/v1/leads', 'authorization'],
  ['POST', '/v1/leads', 'x-source-key'],
  ['POST', '/v1/matches', 'authorization'],
  ['POST', '/v1/matches', 'x-source-key'],
  ['POST', '/v1/consents/withdrawals', 'x-source-key'],
] as const

it('lets in 0 of the tokens that are none, at any door and under either header', async () => {
  const { house, sourceKey } = await aTown()
  const staff = (await house.keyFor({ caller: 'operator' }, 'admin')).key
  const school = (await house.keyFor({ caller: 'school', schoolId: 'tall-grass' }, 'manage')).key
  const server = (await house.keyFor({ caller: 'source', sourceId: 'landing' }, 'server')).key
  const right = { staff, school, server, page: sourceKey }
  const strange = (['pk', 'sk', 'ok'] as const).map((prefix) => newAccessKey(prefix, (size) => new Uint8Array(size)))
  const spoilt = Object.values(right).flatMap((key) => [
    key.slice(0, -1),
    key.slice(1),
    `${key.slice(0, -6)}000000`,
    `${key.startsWith('pk') ? 'sk' : 'pk'}${key.slice(2)}`,
    key.toLowerCase() === key ? `${key}x` : key.toLowerCase(),
    key.toUpperCase(),
    ` ${key} ${key}`,
    `${key} `.repeat(2),
    `${key},${key}`,
    `${key}\u0000`,
    `${key}${'A'.repeat(8192)}`,
    `${key}=`,
    `"${key}"`,
  ])
  const never = ['', ' ', 'null', 'undefined', '*', '%', '{}', 'A'.repeat(8192), `sk_${'A'.repeat(49)}`, ...strange]
  const schemes = (token: string) => [`Bearer ${token}`, token, `Basic ${token}`, `Bearer ${token},Bearer ${token}`]

  let tried = 0
  const letIn: string[] = []
  for (const [method, path, header] of doors)
    for (const token of [...spoilt, ...never])
      for (const value of header === 'authorization' ? schemes(token) : [token]) {
        // No key at all is a visitor's right at the match.
        if (path === '/v1/matches' && value === '') continue
        const body = path === '/v1/matches' ? aVisitor() : {}
        const given = method === 'POST' ? { body } : {}
        const headers = { 'idempotency-key': 'corpus', [header]: value }
        const { status } = await house.call(method, path, { headers, ...given })
        tried += 1
        if (status !== 401) letIn.push(`${method} ${path} ${header}: ${value.slice(0, 80)} -> ${status}`)
      }
  expect(letIn).toEqual([])
  expect(tried).toBeGreaterThan(1000)
})

it('lets in the key that is right, at its door and at no other', async () => {
  const { house, sourceKey } = await aTown()
  const headersOf = {
    staff: { authorization: `Bearer ${(await house.keyFor({ caller: 'operator' }, 'admin')).key}` },
    school: { authorization: `Bearer ${await house.schoolKey('tall-grass')}` },
    server: {
      authorization: `Bearer ${(await house.keyFor({ caller: 'source', sourceId: 'landing' }, 'server')).key}`,
    },
    page: { 'x-source-key': sourceKey },
  }
  const statuses = async (method: string, path: string) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(headersOf).map(async ([whose, headers]) => {
          const given = { headers: { ...headers, 'idempotency-key': whose }, ...(method === 'POST' && { body: {} }) }
          return [whose, (await house.call(method, path, given)).status]
        }),
      ),
    )
  const out = { staff: 401, school: 401, server: 401, page: 401 }
  expect(await statuses('GET', '/v1/ops/leads')).toEqual({ ...out, staff: 200 })
  expect(await statuses('GET', '/v1/school/leads')).toEqual({ ...out, school: 200 })
  expect(await statuses('POST', '/v1/leads')).toEqual({ ...out, server: 422, page: 422 })
})
