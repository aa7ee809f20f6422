import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'

export type Tokens = ReturnType<typeof createTokens>

const claims = z.looseObject({ aud: z.enum(['match', 'cursor', 'form', 'portal']), exp: z.int() })
/** The purpose of a token. A token is valid only for its purpose. */
export type TokenPurpose = z.output<typeof claims>['aud']

/**
 * Signed, expiring tokens (JWT with HS256, RFC 7519). Their holder can read them but not alter them. A match signs two, so
 * they are made with Node's HMAC: libraries go through WebCrypto, which costs a fifth of a match.
 */
export function createTokens(keyBytes: Uint8Array) {
  const key = createSecretKey(keyBytes)
  const computeSignature = (signedPart: string) => createHmac('sha256', key).update(signedPart).digest()

  return {
    sign(
      purpose: TokenPurpose,
      content: { [name: string]: unknown },
      { now, seconds }: { now: Date; seconds: number },
    ): string {
      const issuedAt = toSeconds(now)
      const signedPart = `${header}.${encode({ ...content, aud: purpose, iat: issuedAt, exp: issuedAt + seconds })}`
      return `${signedPart}.${computeSignature(signedPart).toString('base64url')}`
    },

    /** Returns the signed content, `expired`, or `forged` for any other invalid token. */
    open(purpose: TokenPurpose, token: string, now: Date): { content: unknown } | 'expired' | 'forged' {
      const [tokenHeader, payload = '', signature = '', ...others] = token.split('.')
      // Only this header is ever signed, so no token can choose another algorithm.
      if (tokenHeader !== header || others.length > 0) return 'forged'
      const expected = computeSignature(`${header}.${payload}`)
      const actual = Buffer.from(signature, 'base64url')
      if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return 'forged'
      const { data: content } = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
      if (content?.aud !== purpose) return 'forged'
      return content.exp <= toSeconds(now) ? 'expired' : { content }
    },
  }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const header = encode({ alg: 'HS256' })

const toSeconds = (date: Date) => Math.floor(date.getTime() / 1000)
