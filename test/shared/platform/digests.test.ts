import { describe, expect, it } from 'vitest'
import { digests, sha256 } from '#shared/platform/digests.ts'
import { houseKeys } from '#shared/platform/house-keys.ts'

const pepper = new Uint8Array(32).fill(1)
const person = { email: 'ada@mail.example', phone: '+15127891111' }

describe('the digests', () => {
  it('know a person again by either, and keep the two apart', () => {
    const { email, phone, both } = digests(pepper).ofPerson(person)
    const other = digests(pepper).ofPerson({ ...person, phone: '+15127892222' })
    expect([other.email, other.phone === phone, other.both === both]).toEqual([email, false, false])
    const alike = Object.values(digests(pepper).ofPerson({ email: 'same', phone: 'same' }))
    expect(new Set(alike).size).toBe(3)
  })

  it('cannot be guessed without the pepper', () => {
    const { email } = digests(pepper).ofPerson(person)
    expect(digests(new Uint8Array(32).fill(2)).ofPerson(person).email).not.toBe(email)
    expect(sha256(person.email)).not.toBe(email)
  })

  it('tell bodies apart that differ anywhere', () => {
    const { ofBody } = digests(pepper)
    expect(ofBody({ a: 1 })).toBe(ofBody({ a: 1 }))
    expect(ofBody({ a: 1 })).not.toBe(ofBody({ a: '1' }))
    expect(digests(pepper).ofIdempotencyKey('{"a":1}')).not.toBe(ofBody({ a: 1 }))
  })

  it('come from a key of their own: no two uses of the one secret share one', () => {
    const one = houseKeys('a'.repeat(64))
    expect(one.digests.ofPerson(person)).toEqual(houseKeys('a'.repeat(64)).digests.ofPerson(person))
    expect(one.digests.ofPerson(person)).not.toEqual(houseKeys('b'.repeat(64)).digests.ofPerson(person))
    expect(() => houseKeys('b'.repeat(64)).sealer.open('n', one.sealer.seal('n', 'secret'))).toThrow()
  })

  it('hash as everyone does', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})
