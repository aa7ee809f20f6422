import { lookup } from 'node:dns/promises'
import { describe, expect, it } from 'vitest'
import { createHostResolver } from '#shared/outbound/webhook/create-host-resolver.ts'
import { startNameServer } from './start-name-server.ts'

const lookupInSystem = () => Promise.reject(new Error('The system does not know this name.'))
const ipv6 = '2600:0:0:0:0:0:0:1'

describe('a host name', () => {
  it('resolves to its addresses of both families', async () => {
    using server = await startNameServer(() => ({ A: ['8.8.8.8', '8.8.4.4'], AAAA: [ipv6] }))
    const resolve = createHostResolver(server)
    expect(await resolve('school.com')).toEqual(['8.8.8.8', '8.8.4.4', '2600::1'].map((address) => ({ address })))
  })

  it('resolves to the addresses of one family if the other has none or fails', async () => {
    for (const other of [{}, 'SERVFAIL', 'silence'] as const) {
      using server = await startNameServer(({ type }) => (type === 'A' ? { A: ['8.8.8.8'] } : other))
      expect(await createHostResolver(server)('school.com')).toEqual([{ address: '8.8.8.8' }])
    }
    using server = await startNameServer(({ type }) => (type === 'AAAA' ? { AAAA: [ipv6] } : {}))
    expect(await createHostResolver(server)('school.com')).toEqual([{ address: '2600::1' }])
  })

  it.each([
    ['NXDOMAIN', 'ENOTFOUND'],
    [{}, 'ENODATA'],
    [{ alias: 'school.com' }, 'ENODATA'],
    [{ alias: 'gone.example' }, 'ENODATA'],
    ['SERVFAIL', 'ESERVFAIL'],
    ['REFUSED', 'EREFUSED'],
    ['silence', 'ETIMEOUT'],
  ] as const)('fails with its own code when the name server answers %j: %s', async (answer, code) => {
    using server = await startNameServer(() => answer)
    const resolve = createHostResolver({ ...server, lookupInSystem, deadlineMs: 100 })
    await expect(resolve('school.com')).rejects.toMatchObject({ code })
  })

  it('is looked for in the other family if an alias has no address in one', async () => {
    using server = await startNameServer(({ type }) => (type === 'A' ? { alias: 'host.school.com' } : 'SERVFAIL'))
    await expect(createHostResolver(server)('school.com')).rejects.toMatchObject({ code: 'ESERVFAIL' })
    using other = await startNameServer(({ type }) => ({
      alias: 'host.school.com',
      ...(type === 'AAAA' && { AAAA: [ipv6] }),
    }))
    expect(await createHostResolver(other)('school.com')).toEqual([{ address: '2600::1' }])
  })

  it('is not called missing if only one family is known to have no address', async () => {
    using server = await startNameServer(({ type }) => (type === 'A' ? {} : 'SERVFAIL'))
    await expect(createHostResolver(server)('school.com')).rejects.toMatchObject({ code: 'ESERVFAIL' })
  })

  it('fails with a code when no name server listens', async () => {
    const server = await startNameServer(() => 'silence')
    server[Symbol.dispose]()
    const resolve = createHostResolver({ servers: server.servers, deadlineMs: 100 })
    await expect(resolve('school.com')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})

describe('a name server that does not answer', () => {
  it('holds up no other name and none of the threads of the process', async () => {
    using server = await startNameServer(({ name }) => (name.endsWith('.dead.com') ? 'silence' : { A: ['8.8.8.8'] }))
    const resolve = createHostResolver({ ...server, deadlineMs: 400 })
    const finished: string[] = []
    const deadLookups = Array.from({ length: 40 }, (_, index) =>
      resolve(`school-${index}.dead.com`).catch(() => finished.push('dead')),
    )
    await resolve('school.com').then(() => finished.push('other'))
    await lookup('127.0.0.1').then(() => finished.push('thread'))
    expect(finished).toEqual(['other', 'thread'])
    await Promise.all(deadLookups)
    expect(finished).toHaveLength(42)
  })

  it('is asked once for all requests to the same name that wait at a time', async () => {
    const { promise: isReleased, resolve: release } = Promise.withResolvers<void>()
    using server = await startNameServer(async () => {
      await isReleased
      return { A: ['8.8.8.8'] }
    })
    const resolve = createHostResolver(server)
    const lookups = Array.from({ length: 50 }, () => resolve('School.com'))
    release()
    expect(await Promise.all(lookups)).toEqual(Array.from({ length: 50 }, () => [{ address: '8.8.8.8' }]))
    expect(server.questions.filter(({ type }) => type === 'A')).toHaveLength(1)
    await resolve('school.com')
    expect(server.questions.filter(({ type }) => type === 'A')).toHaveLength(2)
  })
})

describe('a name that the name servers do not know', () => {
  it.each(['NXDOMAIN', {}] as const)('is asked for in the system when they answer %j', async (answer) => {
    using server = await startNameServer(() => answer)
    const resolve = createHostResolver({ ...server, lookupInSystem: async () => [{ address: '8.8.8.8' }] })
    expect(await resolve('CRM.school.com')).toEqual([{ address: '8.8.8.8' }])
  })

  it('keeps the code of the name servers if the system does not know it either', async () => {
    using server = await startNameServer(() => 'NXDOMAIN')
    const resolve = createHostResolver({ ...server, lookupInSystem })
    await expect(resolve('school.com')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  it('occupies one thread of the system, whatever the number of names, and no longer than its deadline', async () => {
    using server = await startNameServer(() => 'NXDOMAIN')
    const askedNames: string[] = []
    const resolve = createHostResolver({
      ...server,
      deadlineMs: 100,
      lookupInSystem: (hostname) => {
        askedNames.push(hostname)
        return new Promise(() => {})
      },
    })
    const lookups = ['first.com', 'second.com', 'third.com'].map((name) => resolve(name))
    for (const result of await Promise.allSettled(lookups))
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ENOTFOUND' } })
    expect(askedNames).toHaveLength(1)
  })

  it('is not asked for in the system if no name server answers', async () => {
    using server = await startNameServer(() => 'silence')
    const resolve = createHostResolver({
      ...server,
      deadlineMs: 100,
      lookupInSystem: () => Promise.resolve([{ address: '8.8.8.8' }]),
    })
    await expect(resolve('school.com')).rejects.toMatchObject({ code: 'ETIMEOUT' })
  })
})

describe('names that are not asked for', () => {
  it('are those that are listed, in any case, and localhost', async () => {
    using server = await startNameServer(() => 'NXDOMAIN')
    const hosts = new Map([['crm.school.com', ['8.8.8.8']]])
    const resolve = createHostResolver({ ...server, getHosts: () => hosts })
    expect(await resolve('CRM.school.com')).toEqual([{ address: '8.8.8.8' }])
    for (const name of ['localhost', 'school.localhost'])
      expect(await resolve(name)).toEqual([{ address: '127.0.0.1' }, { address: '::1' }])
    expect(server.questions).toEqual([])
  })
})
