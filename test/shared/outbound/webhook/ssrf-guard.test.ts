import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyAddress } from '#shared/outbound/webhook/classify-address.ts'
import { findUrlFault, type SsrfGuardSettings, ssrfGuard } from '#shared/outbound/webhook/ssrf-guard.ts'
import { invalidWebhookUrls, loopbackSpellings, publicAddresses, specialAddresses } from './addresses.ts'

const publicOnly: SsrfGuardSettings = { loopback: 'refused' }
const loopbackAllowed: SsrfGuardSettings = { loopback: 'allowed' }
const createResolver =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address }))
const failToResolve = async () => {
  throw new Error('The name was resolved')
}

describe('classifyAddress', () => {
  it.each(specialAddresses)('classifies a special-purpose address as not public: %s', (address) => {
    expect(classifyAddress(address)).not.toBe('public')
  })

  it.each(publicAddresses)('classifies an ordinary address as public: %s', (address) => {
    expect(classifyAddress(address)).toBe('public')
  })

  it('classifies an IPv4 address the same when it is written as IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(classifyAddress(`::ffff:${address}`)).toBe(classifyAddress(address))
      }),
    )
  })

  it('classifies no IPv6 address outside 2000::/3 as public', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = Number.parseInt(new URL(`http://[${address}]`).hostname.slice(1).split(':')[0] || '0', 16)
        fc.pre(first >> 13 !== 1 && !/^::ffff:/i.test(new URL(`http://[${address}]`).hostname.slice(1)))
        expect(classifyAddress(address)).not.toBe('public')
      }),
    )
  })
})

describe('a URL that is saved', () => {
  it.each(['https://school.com/leads', 'https://crm.school.com:8443/x?y=1', 'https://8.8.8.8/', 'https://[2600::1]/'])(
    'accepts an https URL of a public host: %s',
    (url) => {
      expect(findUrlFault(url, publicOnly)).toBeUndefined()
    },
  )

  it.each(loopbackSpellings)('refuses loopback spelled as %s', (host) => {
    expect(findUrlFault(`https://${host}/`, publicOnly)).toMatch(/^Its host must/)
  })

  it.each(invalidWebhookUrls)('refuses with a sentence: %s', (url) => {
    expect(findUrlFault(url, publicOnly)).toMatch(/^It.+\.$/)
  })

  it.each(['http://localhost:3000/x', 'http://127.0.0.1:8080/', 'https://[::1]:9/', 'http://school.localhost/'])(
    'accepts loopback without https and on any port if loopback is allowed: %s',
    (url) => {
      expect(findUrlFault(url, loopbackAllowed)).toBeUndefined()
    },
  )

  it.each([
    'http://school.com/',
    'https://school.com:3000/',
    'https://10.0.0.1/',
    'http://0.0.0.0/',
    'ftp://localhost/',
  ])('refuses other hosts as usual if loopback is allowed: %s', (url) => {
    expect(findUrlFault(url, loopbackAllowed)).toBeDefined()
  })
})

describe('a URL at delivery', () => {
  it('returns the checked addresses', async () => {
    expect(await ssrfGuard('https://school.com/', publicOnly, createResolver('8.8.8.8', '2600::1'))).toMatchObject({
      addresses: ['8.8.8.8', '2600::1'],
    })
  })

  it('refuses if only the last of many addresses is not public', async () => {
    const mixed = createResolver('8.8.8.8', '1.1.1.1', '169.254.169.254')
    expect(await ssrfGuard('https://school.com/', publicOnly, mixed)).toMatchObject({ refused: expect.any(String) })
  })

  it.each(specialAddresses)('refuses a host name that resolves to %s', async (address) => {
    expect(await ssrfGuard('https://school.com/', publicOnly, createResolver(address))).toMatchObject({
      refused: expect.any(String),
    })
  })

  it('does not resolve a literal address or a URL that is refused anyway', async () => {
    expect(await ssrfGuard('https://8.8.8.8/', publicOnly, failToResolve)).toMatchObject({ addresses: ['8.8.8.8'] })
    expect(await ssrfGuard('http://school.com/', publicOnly, failToResolve)).toHaveProperty('refused')
  })

  it('refuses localhost that resolves to a public address, even if loopback is allowed', async () => {
    expect(await ssrfGuard('http://localhost/', loopbackAllowed, createResolver('8.8.8.8'))).toHaveProperty('refused')
    expect(await ssrfGuard('http://localhost/', loopbackAllowed, createResolver('10.0.0.1'))).toHaveProperty('refused')
    expect(await ssrfGuard('http://localhost/', loopbackAllowed, createResolver('::1'))).toMatchObject({
      addresses: ['::1'],
    })
  })
})
