import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIpAddress } from '#shared/domain/fields/ip-address.ts'

describe('an IP address', () => {
  it.each([
    ['203.0.113.5', '203.0.113.5'],
    [' 203.0.113.5 ', '203.0.113.5'],
    ['203.0.113.5:443', '203.0.113.5'],
    ['"203.0.113.5:443"', '203.0.113.5'],
    ['[203.0.113.5]:443', '203.0.113.5'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:65535', '2001:db8::1'],
    ['"[2001:DB8:0:0::1]:4711"', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['[::FFFF:203.0.113.5]:80', '203.0.113.5'],
    ['::ffff:cb00:7105', '203.0.113.5'],
    ['0:0:0:0:0:ffff:203.0.113.5', '203.0.113.5'],
    ['::1', '::1'],
  ])('is read from %j as %s', (text, address) => {
    expect(parseIpAddress(text)).toBe(address)
  })

  it.each([
    '',
    'unknown',
    '_hidden',
    '_SEVKISEK:80',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.5:x',
    '[::1',
    'a.example',
  ])('is not read from %j', (text) => {
    expect(parseIpAddress(text)).toBeUndefined()
  })

  it('is read the same in every spelling, and again from the result', () => {
    const spellings = [
      (ip: string) => ip,
      (ip: string) => ` ${ip.toUpperCase()}`,
      (ip: string) => `[${ip}]`,
      (ip: string) => `"[${ip}]:443"`,
      (ip: string) => (ip.includes(':') ? `${ip}%en0` : `${ip}:8080`),
    ]
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.constantFrom(...spellings), (ip, spell) => {
        const address = parseIpAddress(ip)
        expect(address).toBeDefined()
        expect(parseIpAddress(spell(ip))).toBe(address)
        expect(parseIpAddress(address ?? '')).toBe(address)
      }),
    )
  })
})
