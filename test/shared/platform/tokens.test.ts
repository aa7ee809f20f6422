import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { tokens } from '#shared/platform/tokens.ts'

const key = new Uint8Array(32).fill(1)
const house = tokens(key)
const now = new Date('2026-11-23T15:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const made = () => house.sign('match', { schools: ['a'] }, { now, seconds: 60 })

describe('a token', () => {
  it('opens as it was signed, until its time is up', async () => {
    const token = await made()
    expect(await house.open('match', token, later(59))).toMatchObject({ content: { schools: ['a'] } })
    expect(await house.open('match', token, later(60))).toBe('expired')
  })

  it('does not open for another purpose, nor for another house', async () => {
    const token = await made()
    expect(await house.open('cursor', token, now)).toBe('forged')
    expect(await tokens(new Uint8Array(32).fill(2)).open('match', token, now)).toBe('forged')
  })

  it('that was altered is forged, also where it has expired', async () => {
    const [head = '', , tail = ''] = (await made()).split('.')
    const body = Buffer.from(JSON.stringify({ schools: ['b'], aud: 'match', exp: 9_999_999_999 })).toString('base64url')
    expect(await house.open('match', `${head}.${body}.${tail}`, later(3600))).toBe('forged')
  })

  it('without a signature, or signed by another rule, is forged', async () => {
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { aud: 'match', exp: 9_999_999_999 }
    expect(await house.open('match', `${encoded({ alg: 'none' })}.${encoded(claims)}.`, now)).toBe('forged')
    const strong = await new SignJWT(claims).setProtectedHeader({ alg: 'HS512' }).sign(new Uint8Array(64).fill(1))
    expect(await house.open('match', strong, now)).toBe('forged')
  })

  it('that never expires is forged', async () => {
    const endless = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setAudience('match').sign(key)
    expect(await house.open('match', endless, now)).toBe('forged')
  })

  it.each(['', '.', '..', 'a.b.c', 'é', '{}', 'null', 'x'.repeat(8000)])('is not %.10j', async (text) => {
    expect(await house.open('match', text, now)).toBe('forged')
  })
})
