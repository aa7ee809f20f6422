import { describe, expect, it } from 'vitest'
import { deriveKeys } from '#shared/platform/derive-keys.ts'
import { createDigests, sha256 } from '#shared/platform/digests.ts'

const pepper = new Uint8Array(32).fill(1)
const person = { email: 'ada@mail.example', phone: '+15127891111' }

describe('digests', () => {
  it('recognize a person by email or phone, and keep the two apart', () => {
    const { email, phone, both } = createDigests(pepper).hashPerson(person)
    const other = createDigests(pepper).hashPerson({ ...person, phone: '+15127892222' })
    expect([other.email, other.phone === phone, other.both === both]).toEqual([email, false, false])
    const alike = Object.values(createDigests(pepper).hashPerson({ email: 'same', phone: 'same' }))
    expect(new Set(alike).size).toBe(3)
  })

  it('of a person are the same whether the email is known in plain or only its SHA-256', () => {
    const { listPersonDigests, listStoredDigests, hashSha256, hashPerson } = createDigests(pepper)
    expect(listPersonDigests(person)).toEqual([hashSha256(sha256(person.email)), hashSha256(sha256(person.phone))])
    const { email, phone } = hashPerson(person)
    expect(listStoredDigests(person)).toEqual([...listPersonDigests(person), email, phone])
    expect(listStoredDigests({ phone: person.phone })).toEqual([hashSha256(sha256(person.phone)), phone])
    expect(listStoredDigests({})).toEqual([])
  })

  it('differ for another pepper', () => {
    const { email } = createDigests(pepper).hashPerson(person)
    expect(createDigests(new Uint8Array(32).fill(2)).hashPerson(person).email).not.toBe(email)
    expect(sha256(person.email)).not.toBe(email)
  })

  it('differ for bodies that differ anywhere', () => {
    const { hashBody: ofBody } = createDigests(pepper)
    expect(ofBody({ a: 1 })).toBe(ofBody({ a: 1 }))
    expect(ofBody({ a: 1 })).not.toBe(ofBody({ a: '1' }))
    expect(createDigests(pepper).hashIdempotencyKey('{"a":1}')).not.toBe(ofBody({ a: 1 }))
  })

  it('are the same for bodies that mean the same, and keep the order of lists', () => {
    const { hashBody } = createDigests(pepper)
    expect(hashBody({ a: { b: 1, c: [1, 2] }, d: 2 })).toBe(hashBody({ d: 2, a: { c: [1, 2], b: 1 } }))
    expect(hashBody({ a: [1, 2] })).not.toBe(hashBody({ a: [2, 1] }))
    expect(hashBody({ a: undefined })).toBe(hashBody({}))
  })

  it('have their own key: no two uses of the root secret share a key', () => {
    const one = deriveKeys('a'.repeat(64))
    expect(one.digests.hashPerson(person)).toEqual(deriveKeys('a'.repeat(64)).digests.hashPerson(person))
    expect(one.digests.hashPerson(person)).not.toEqual(deriveKeys('b'.repeat(64)).digests.hashPerson(person))
    expect(() => deriveKeys('b'.repeat(64)).sealer.open('n', one.sealer.seal('n', 'secret'))).toThrow()
  })

  it('compute standard SHA-256', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})
