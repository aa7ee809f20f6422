import { describe, expect, it } from 'vitest'
import { createSealer } from '#shared/platform/sealer.ts'

const { seal, open } = createSealer(new Uint8Array(32).fill(1))

describe('sealer', () => {
  it('opens a secret under its name, and seals it differently each time', () => {
    const [one, other] = [seal('campaign', 'whsec_ü'), seal('campaign', 'whsec_ü')]
    expect([open('campaign', one), open('campaign', other)]).toEqual(['whsec_ü', 'whsec_ü'])
    expect(one).not.toBe(other)
    expect(Buffer.from(one, 'base64').toString()).not.toContain('whsec')
  })

  it('compresses a long secret, and opens it and one that was sealed without compression', () => {
    const long = JSON.stringify(Array.from({ length: 100 }, (_, number) => ({ name: 'Ada Example', number })))
    const sealed = seal('lead', long)
    expect(open('lead', sealed)).toBe(long)
    expect(sealed.length).toBeLessThan(long.length / 2)
    expect(open('lead', seal('lead', long.slice(0, 511)))).toBe(long.slice(0, 511))
  })

  it('throws for another name or another key', () => {
    const sealed = seal('campaign', 'secret')
    expect(() => open('other', sealed)).toThrow()
    expect(() => createSealer(new Uint8Array(32).fill(2)).open('campaign', sealed)).toThrow()
  })

  it('throws if a byte is altered or missing', () => {
    const bytes = Buffer.from(seal('campaign', 'secret'), 'base64')
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes)
      altered[at] = (altered[at] ?? 0) ^ 1
      expect(() => open('campaign', altered.toString('base64'))).toThrow()
    }
    for (const length of [0, 11, 12, 20, 27, bytes.length - 1])
      expect(() => open('campaign', bytes.subarray(0, length).toString('base64'))).toThrow()
  })
})
