import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createTokens } from '#shared/platform/tokens.ts'

const key = new Uint8Array(32).fill(1)
const signer = createTokens(key)
const now = new Date('2026-11-23T15:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const signToken = () => signer.sign('match', { schools: ['a'] }, { now, seconds: 60 })

describe('tokens', () => {
  it('returns the signed content until the token expires', async () => {
    const token = await signToken()
    expect(await signer.open('match', token, later(59))).toMatchObject({ content: { schools: ['a'] } })
    expect(await signer.open('match', token, later(60))).toBe('expired')
  })

  it('rejects a token of another purpose or another key', async () => {
    const token = await signToken()
    expect(await signer.open('cursor', token, now)).toBe('forged')
    expect(await createTokens(new Uint8Array(32).fill(2)).open('match', token, now)).toBe('forged')
  })

  it('rejects an altered token as forged, even if it has expired', async () => {
    const [head = '', , tail = ''] = (await signToken()).split('.')
    const body = Buffer.from(JSON.stringify({ schools: ['b'], aud: 'match', exp: 9_999_999_999 })).toString('base64url')
    expect(await signer.open('match', `${head}.${body}.${tail}`, later(3600))).toBe('forged')
  })

  it('rejects a token without a signature or with another algorithm', async () => {
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { aud: 'match', exp: 9_999_999_999 }
    expect(await signer.open('match', `${encoded({ alg: 'none' })}.${encoded(claims)}.`, now)).toBe('forged')
    const strong = await new SignJWT(claims).setProtectedHeader({ alg: 'HS512' }).sign(new Uint8Array(64).fill(1))
    expect(await signer.open('match', strong, now)).toBe('forged')
  })

  it('rejects a token without exp', async () => {
    const endless = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setAudience('match').sign(key)
    expect(await signer.open('match', endless, now)).toBe('forged')
  })

  it.each(['', '.', '..', 'a.b.c', 'é', '{}', 'null', 'x'.repeat(8000)])('rejects %.10j as forged', async (text) => {
    expect(await signer.open('match', text, now)).toBe('forged')
  })
})
