import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { invalidWebhookUrls, loopbackSpellings } from './addresses.ts'
import { hasIPv6, otherLoopback, startCountingServer, startSchoolServer } from './start-school-server.ts'

const lead = { headers: {}, body: '{}' }

describe('a webhook behind the SSRF guard', () => {
  it('opens no connection for sixteen spellings of loopback, although a server listens on an allowed port', async () => {
    await using school = await startSchoolServer()
    await using neighbour = await startCountingServer(createServer(), hasIPv6 ? '::1' : otherLoopback, school.port)
    const post = createPostWebhook({ settings: { loopback: 'refused', ports: [school.port] } })

    for (const scheme of ['https', 'http'])
      for (const host of loopbackSpellings)
        expect(await post({ ...lead, url: `${scheme}://${host}:${school.port}/` })).toMatchObject({ stage: 'refused' })
    expect(loopbackSpellings).toHaveLength(16)
    expect(school.connections() + neighbour.connections()).toBe(0)
  })

  it.each(invalidWebhookUrls)('refuses at delivery what is refused at saving: %s', async (url) => {
    const post = createPostWebhook({ settings: { loopback: 'refused' }, deadlineMs: 1000 })
    expect(await post({ ...lead, url })).toMatchObject({ stage: 'refused', reason: expect.stringMatching(/\.$/) })
  })

  it('opens no connection for a name that resolves to loopback, alone or among public addresses', async () => {
    await using school = await startSchoolServer()
    const url = `https://school.com:${school.port}/`
    for (const addresses of [
      ['127.0.0.1'],
      ['8.8.8.8', '127.0.0.1'],
      ['::ffff:127.0.0.1'],
      ['2600::1', '::1'],
      ['0.0.0.0'],
    ]) {
      const resolve = async () => addresses.map((address) => ({ address }))
      const post = createPostWebhook({ settings: { loopback: 'refused', ports: [school.port] }, resolve })
      expect(await post({ ...lead, url })).toMatchObject({ stage: 'refused' })
    }
    expect(school.connections()).toBe(0)
  })

  it('resolves once per request, so that 300 changing DNS answers never reach loopback', async () => {
    await using school = await startSchoolServer()
    const attackOnce = async () => {
      // This address is not assigned to any network, so the test contacts no real host.
      const { resolve, countLookups } = createRebindingResolver(['2f00::1'], ['127.0.0.1'])
      const post = createPostWebhook({
        settings: { loopback: 'refused', ports: [school.port] },
        resolve,
        deadlineMs: 500,
      })
      const { stage } = await post({ ...lead, url: `https://school.com:${school.port}/` })
      return `${stage} after ${countLookups()}`
    }
    const outcomes = await Promise.all(Array.from({ length: 300 }, attackOnce))
    expect(outcomes.filter((outcome) => !/^(connect|deadline) after 1$/.test(outcome))).toEqual([])
    expect(school.connections()).toBe(0)
  })

  it('connects to the checked address, even if the next DNS answer differs', async () => {
    await using checkedServer = await startSchoolServer(undefined, otherLoopback)
    await using otherServer = await startCountingServer(createServer(), '127.0.0.1', checkedServer.port)
    for (let round = 0; round < 300; round++) {
      const { resolve } = createRebindingResolver([otherLoopback], ['127.0.0.1'])
      const post = createPostWebhook({ settings: { loopback: 'allowed' }, resolve })
      expect(await post({ ...lead, url: `http://localhost:${checkedServer.port}/` })).toMatchObject({ status: 200 })
    }
    expect(checkedServer.connections()).toBe(300)
    expect(otherServer.connections()).toBe(0)
    expect(checkedServer.requests[0]?.headers.host).toBe(`localhost:${checkedServer.port}`)
  })

  it('tries the next checked address if the first does not answer', async () => {
    await using school = await startSchoolServer(undefined, otherLoopback)
    const resolve = async () => [{ address: '127.0.0.1' }, { address: otherLoopback }]
    const post = createPostWebhook({ settings: { loopback: 'allowed' }, resolve })
    expect(await post({ ...lead, url: `http://localhost:${school.port}/` })).toMatchObject({ status: 200 })
  })

  it.each(['localhost', '127.0.0.1'])('reaches %s if loopback is allowed', async (host) => {
    await using school = await startSchoolServer()
    const post = createPostWebhook({ settings: { loopback: 'allowed' } })
    expect(await post({ ...lead, url: `http://${host}:${school.port}/` })).toMatchObject({ status: 200 })
  })

  it.runIf(hasIPv6)('reaches IPv6 on one’s own machine', async () => {
    await using school = await startSchoolServer(undefined, '::1')
    const post = createPostWebhook({ settings: { loopback: 'allowed' } })
    expect(await post({ ...lead, url: `http://[::1]:${school.port}/` })).toMatchObject({ status: 200 })
  })
})

/** An attacker's resolver: public addresses for the first query, others afterwards. */
function createRebindingResolver(first: string[], later: string[]) {
  let lookups = 0
  const resolve = async () => (lookups++ === 0 ? first : later).map((address) => ({ address }))
  return { resolve, countLookups: () => lookups }
}
