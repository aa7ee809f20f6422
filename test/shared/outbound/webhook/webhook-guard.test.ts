import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { webhook } from '#shared/outbound/webhook/webhook.ts'
import { loopbackSpellings, notUrlsForAWebhook } from './addresses.ts'
import { counting, hasIPv6, otherLoopback, schoolServer } from './school-server.ts'

const lead = { headers: {}, body: '{}' }

describe('a webhook behind the guard', () => {
  it('opens no connection for sixteen spellings of loopback, though a server listens and its port is allowed', async () => {
    await using school = await schoolServer()
    await using neighbour = await counting(createServer(), hasIPv6 ? '::1' : otherLoopback, school.port)
    const post = webhook({ settings: { loopback: 'refused', ports: [school.port] } })

    for (const scheme of ['https', 'http'])
      for (const host of loopbackSpellings)
        expect(await post({ ...lead, url: `${scheme}://${host}:${school.port}/` })).toMatchObject({ stage: 'refused' })
    expect(loopbackSpellings).toHaveLength(16)
    expect(school.connections() + neighbour.connections()).toBe(0)
  })

  it.each(notUrlsForAWebhook)('refuses at delivery what it refuses at saving: %s', async (url) => {
    const post = webhook({ settings: { loopback: 'refused' }, deadlineMs: 1000 })
    expect(await post({ ...lead, url })).toMatchObject({ stage: 'refused', reason: expect.stringMatching(/\.$/) })
  })

  it('opens no connection for a name that leads to loopback, alone or among public addresses', async () => {
    await using school = await schoolServer()
    const url = `https://school.com:${school.port}/`
    for (const addresses of [
      ['127.0.0.1'],
      ['8.8.8.8', '127.0.0.1'],
      ['::ffff:127.0.0.1'],
      ['2600::1', '::1'],
      ['0.0.0.0'],
    ]) {
      const resolve = async () => addresses.map((address) => ({ address }))
      const post = webhook({ settings: { loopback: 'refused', ports: [school.port] }, resolve })
      expect(await post({ ...lead, url })).toMatchObject({ stage: 'refused' })
    }
    expect(school.connections()).toBe(0)
  })

  it('asks for the addresses once, so that 300 answers that change in between reach no loopback', async () => {
    await using school = await schoolServer()
    const round = async () => {
      // No network has been given this address, so that nobody is knocked at.
      const { resolve, asked } = rebinding(['2f00::1'], ['127.0.0.1'])
      const post = webhook({ settings: { loopback: 'refused', ports: [school.port] }, resolve, deadlineMs: 500 })
      const { stage } = await post({ ...lead, url: `https://school.com:${school.port}/` })
      return `${stage} after ${asked()}`
    }
    const ends = await Promise.all(Array.from({ length: 300 }, round))
    expect(ends.filter((end) => !/^(connect|deadline) after 1$/.test(end))).toEqual([])
    expect(school.connections()).toBe(0)
  })

  it('dials the very address that was checked, also when the next answer would be another', async () => {
    await using checked = await schoolServer(undefined, otherLoopback)
    await using other = await counting(createServer(), '127.0.0.1', checked.port)
    for (let round = 0; round < 300; round++) {
      const { resolve } = rebinding([otherLoopback], ['127.0.0.1'])
      const post = webhook({ settings: { loopback: 'allowed' }, resolve })
      expect(await post({ ...lead, url: `http://localhost:${checked.port}/` })).toMatchObject({ status: 200 })
    }
    expect(checked.connections()).toBe(300)
    expect(other.connections()).toBe(0)
    expect(checked.requests[0]?.headers.host).toBe(`localhost:${checked.port}`)
  })

  it('goes on to the next checked address where the first does not answer', async () => {
    await using school = await schoolServer(undefined, otherLoopback)
    const resolve = async () => [{ address: '127.0.0.1' }, { address: otherLoopback }]
    const post = webhook({ settings: { loopback: 'allowed' }, resolve })
    expect(await post({ ...lead, url: `http://localhost:${school.port}/` })).toMatchObject({ status: 200 })
  })

  it.each(['localhost', '127.0.0.1'])('reaches %s on one’s own machine', async (host) => {
    await using school = await schoolServer()
    const post = webhook({ settings: { loopback: 'allowed' } })
    expect(await post({ ...lead, url: `http://${host}:${school.port}/` })).toMatchObject({ status: 200 })
  })

  it.runIf(hasIPv6)('reaches IPv6 on one’s own machine', async () => {
    await using school = await schoolServer(undefined, '::1')
    const post = webhook({ settings: { loopback: 'allowed' } })
    expect(await post({ ...lead, url: `http://[::1]:${school.port}/` })).toMatchObject({ status: 200 })
  })
})

/** A resolver as an attacker runs it: good addresses when it is first asked, others from then on. */
function rebinding(first: string[], later: string[]) {
  let times = 0
  const resolve = async () => (times++ === 0 ? first : later).map((address) => ({ address }))
  return { resolve, asked: () => times }
}
