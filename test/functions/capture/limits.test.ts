import { describe, expect, it } from 'vitest'
import {
  aLead,
  aVisitor,
  createTestSystem,
  parseKey,
  postLead,
  putRecord,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

const address = '203.0.113.9'

/** So many visitors send their forms, one after the other over so many seconds. */
async function flood(
  system: TestSystem,
  posts: number,
  seconds: number,
  getOrigin: (post: number) => PostOrigin = () => ({}),
) {
  const match = await requestMatch(system)
  const statuses: number[] = []
  for (let post = 0; post < posts; post++) {
    const { ip = address, headers } = getOrigin(post)
    const response = await system.api.call('POST', '/v1/leads', {
      headers: { 'x-source-key': system.sourceKey, 'idempotency-key': `post-${post}`, ...headers },
      body: aLead(match, 1 + (post % 8000)),
      ip,
    })
    statuses.push(response.status)
    system.api.advanceClock(seconds / posts)
  }
  return statuses
}
type PostOrigin = { ip?: string; headers?: { [name: string]: string } }
const accepted = (statuses: readonly number[]) => statuses.filter((status) => status === 201).length

describe('1,000 posts in 10 seconds from one address', () => {
  const limit = 100

  it('accepts requests up to the limit of an address', async () => {
    const statuses = await flood(await createTestSystem({ rates: { address: limit } }), 1000, 10)
    expect(accepted(statuses)).toBe(limit)
    expect(new Set(statuses)).toEqual(new Set([201, 429]))
  })

  it('accepts requests up to the limit of their source', async () => {
    const system = await createTestSystem()
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing', mode: 'live', rateLimitPerMinute: limit })
    expect(accepted(await flood(system, 1000, 10)) + 1).toBe(limit)
  })

  it('ignores forged headers about the address', async () => {
    const forged = (post: number) => ({
      headers: {
        'x-forwarded-for': `10.0.${post % 250}.1`,
        'x-real-ip': `10.1.${post % 250}.1`,
        forwarded: `for=10.2.${post % 250}.1`,
        'cloudfront-viewer-address': `10.3.${post % 250}.1:80`,
        'true-client-ip': `10.4.${post % 250}.1`,
      },
    })
    expect(accepted(await flood(await createTestSystem({ rates: { address: limit } }), 1000, 10, forged))).toBe(limit)
  })

  it('counts all addresses of one /64 together', async () => {
    const statuses = await flood(await createTestSystem({ rates: { address: 20 } }), 100, 10, (post) => ({
      ip: `2001:db8:1:2::${post.toString(16)}`,
    }))
    expect(accepted(statuses)).toBe(20)
  })

  it('allows all /64s of one /48 four times the limit of an address', async () => {
    const flooded = flood(await createTestSystem({ rates: { address: 5 } }), 100, 10, (post) => ({
      ip: `2001:db8:1:${post.toString(16)}::1`,
    }))
    expect(accepted(await flooded)).toBe(20)
  })

  it('accepts all requests if neither source nor stage has a limit', async () => {
    const statuses = await flood(await createTestSystem(), 200, 10)
    expect(accepted(statuses)).toBe(200)
  })
})

describe('a rate limit', () => {
  it('counts each address separately', async () => {
    const statuses = await flood(await createTestSystem({ rates: { address: 3 } }), 40, 10, (post) => ({
      ip: `203.0.113.${post % 10}`,
    }))
    expect(accepted(statuses)).toBe(30)
  })

  it('reports the limit in each response, and how long to wait when it is reached', async () => {
    const system = await createTestSystem({ rates: { address: 2 } })
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing', mode: 'live', rateLimitPerMinute: 60 })
    const match = () =>
      system.api.call('POST', '/v1/matches', { headers: { 'x-source-key': system.sourceKey }, body: aVisitor() })
    const first = await match()
    expect([first.status, first.headers]).toMatchObject([
      200,
      {
        'ratelimit-policy': '"address";q=2;w=60, "source";q=60;w=60',
        ratelimit: '"address";r=1;t=65, "source";r=59;t=65',
      },
    ])
    await match()
    const third = await match()
    expect([third.status, third.headers, third.body]).toMatchObject([
      429,
      { 'ratelimit-policy': '"address";q=2;w=60', ratelimit: '"address";r=0;t=65', 'retry-after': '65' },
      { code: 'TOO_MANY_REQUESTS' },
    ])
    system.api.advanceClock(65)
    expect((await match()).status).toBe(200)
  })

  it('reports the limit in refusals too, and reports nothing if there is none', async () => {
    const limited = await createTestSystem({ rates: { address: 5 } })
    expect((await postLead(limited, {})).headers.ratelimit).toBe('"address";r=4;t=65')
    const { headers } = await postLead(await createTestSystem(), {})
    expect([headers.ratelimit, headers['ratelimit-policy']]).toEqual([undefined, undefined])
  })

  it('stores no address', async () => {
    const system = await createTestSystem({ rates: { address: 5 } })
    const rows: string[] = []
    const { transact } = system.api.engine
    system.api.engine.transact = async (writes) => {
      rows.push(JSON.stringify(writes))
      return transact(writes)
    }
    await system.api.call('POST', '/v1/matches', { body: aVisitor(), ip: address })
    expect(rows.join()).toContain('BUCKET#address#')
    expect(rows.join()).not.toContain(address)
  })

  it('limits a publisher’s server by its key and not by its address', async () => {
    const system = await createTestSystem({ rates: { address: 1, key: 30 } })
    const { key } = await system.api.createApiKey({ caller: 'source', sourceId: 'landing' }, 'server')
    const statuses: number[] = []
    for (let visit = 0; visit < 32; visit++) {
      const headers = { authorization: `Bearer ${key}` }
      statuses.push((await system.api.call('POST', '/v1/matches', { headers, body: aVisitor() })).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 200), 429, 429])
  })

  it('limits each key of schools and staff separately', async () => {
    const { api } = await createTestSystem({ rates: { key: 30 } })
    const ask = async (key: string, path: string) =>
      (await api.call('GET', path, { headers: { authorization: `Bearer ${key}` } })).status
    const [one, two] = [await api.schoolKey('tall-grass'), await api.schoolKey('tall-grass')]
    const statuses: number[] = []
    for (let call = 0; call < 32; call++) statuses.push(await ask(one, '/v1/school/leads'))
    expect(statuses.filter((status) => status === 200)).toHaveLength(30)
    expect(await ask(two, '/v1/school/leads')).toBe(200)
  })

  it('repeats a lost response even if the limit of the source is reached', async () => {
    const system = await createTestSystem()
    await putRecord(system.api, 'sources', 'landing', { name: 'Landing', mode: 'live', rateLimitPerMinute: 2 })
    const body = aLead(await requestMatch(system))
    const again = () => postLead(system, body, { 'idempotency-key': 'lost' })
    expect([(await again()).status, (await again()).status, (await again()).status]).toEqual([201, 201, 201])
    expect((await postLead(system, body, { 'idempotency-key': 'another' })).status).toBe(429)
  })

  it('counts each source separately', async () => {
    const system = await createTestSystem()
    const limited = { name: 'Narrow', mode: 'live', rateLimitPerMinute: 1 }
    const narrow = { ...system, sourceKey: parseKey((await putRecord(system.api, 'sources', 'narrow', limited)).body) }
    await requestMatch(narrow)
    await expect(requestMatch(narrow)).rejects.toThrow('TOO_MANY_REQUESTS')
    expect((await requestMatch(system)).schools).toHaveLength(2)
  })
})
