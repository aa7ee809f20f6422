import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isAccessKey, newAccessKey } from '#shared/platform/access-keys.ts'

describe('access keys', () => {
  it.each(['pk', 'sk', 'ok'] as const)('start with %s and are recognized by their form', (prefix) => {
    const key = newAccessKey(prefix, randomBytes)
    expect(key).toMatch(new RegExp(`^${prefix}_[A-Za-z0-9_-]{49}$`))
    expect(isAccessKey(key)).toBe(true)
  })

  it('have 256 random bits', () => {
    const byteCounts: number[] = []
    newAccessKey('pk', (count) => {
      byteCounts.push(count)
      return new Uint8Array(count)
    })
    expect(byteCounts).toEqual([32])
    expect(new Set(Array.from({ length: 100 }, () => newAccessKey('pk', randomBytes))).size).toBe(100)
  })

  it('detect a typo by their checksum, without a look-up', () => {
    const key = newAccessKey('sk', () => new Uint8Array(32).fill(7))
    for (let at = 0; at < key.length; at++) {
      const letter = key[at] === 'x' ? 'y' : 'x'
      expect(isAccessKey(key.slice(0, at) + letter + key.slice(at + 1))).toBe(false)
    }
    expect(isAccessKey(`ok${key.slice(2)}`)).toBe(false)
  })

  it.each(['', 'pk_', 'pk_short', `xx_${'A'.repeat(49)}`, `pk_${'A'.repeat(49)}\n`, `pk_${'é'.repeat(49)}`])(
    'reject %j',
    (text) => {
      expect(isAccessKey(text)).toBe(false)
    },
  )
})
