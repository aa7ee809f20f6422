import { describe, expect, it } from 'vitest'
import { readClientAddress } from '#local/http/read-client-address.ts'

describe('the address of a client', () => {
  it.each([
    ['203.0.113.5', '203.0.113.5'],
    ['198.51.100.1, 203.0.113.5', '203.0.113.5'],
    ['198.51.100.1,203.0.113.5:50123', '203.0.113.5'],
    ['198.51.100.1, [2001:db8::7]:443', '2001:db8::7'],
    ['"[2001:db8::7]:443"', '2001:db8::7'],
    ['203.0.113.5 ,', '203.0.113.5'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['203.0.113.5, unknown', undefined],
    ['', undefined],
  ])('is the last entry of X-Forwarded-For: %j', (value, address) => {
    expect(readLastAddress([value], 1)).toBe(address)
  })

  it.each([
    [2, ['192.0.2.1, 203.0.113.5, 198.51.100.1'], '203.0.113.5'],
    [3, ['192.0.2.1, 203.0.113.5, 198.51.100.1'], '192.0.2.1'],
    [2, ['192.0.2.1, 203.0.113.5:80', '198.51.100.1'], '203.0.113.5'],
    [2, ['198.51.100.1'], '198.51.100.1'],
    [2, ['192.0.2.1, unknown, 198.51.100.1'], '198.51.100.1'],
    [1, ['"', '203.0.113.5'], '203.0.113.5'],
    [0, ['203.0.113.5'], undefined],
  ])('is counted from the right over all lines, with %i trusted proxies: %j', (trustedHops, values, address) => {
    expect(readLastAddress(values, trustedHops)).toBe(address)
  })

  it.each([
    ['for=203.0.113.5', '203.0.113.5'],
    ['for=192.0.2.1;by=10.0.0.1, For="[2001:db8:cafe::17]:4711"; proto=https', '2001:db8:cafe::17'],
    ['for="203.0.113.5:80";host="a,b;for=192.0.2.1"', '203.0.113.5'],
    ['proto=https;for=203.0.113.5', '203.0.113.5'],
    ['for=192.0.2.1;host="a, for="[2001:db8::7]:4711"', '2001:db8::7'],
    ['for="192.0.2.1, for=203.0.113.5', '203.0.113.5'],
    ['for=unknown', undefined],
    ['for="_gazonk"', undefined],
    ['by=203.0.113.43', undefined],
  ])('is that of Forwarded if the proxy writes it: %s', (value, address) => {
    const headers = [
      ['X-Forwarded-For', '192.0.2.99'],
      ['Forwarded', value],
    ] as const
    expect(readClientAddress({ headers }, { addressHeader: 'forwarded', trustedHops: 1 })).toBe(address)
  })
})

function readLastAddress(values: readonly string[], trustedHops: number): string | undefined {
  const headers = values.map((value) => ['X-Forwarded-For', value] as const)
  return readClientAddress({ headers }, { addressHeader: 'x-forwarded-for', trustedHops })
}
