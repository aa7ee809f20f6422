import { errors, jwtVerify, SignJWT } from 'jose'

export type Tokens = ReturnType<typeof createTokens>

/** The purpose of a token. A token is valid only for its purpose. */
export type TokenPurpose = 'match' | 'cursor' | 'form' | 'portal'

/** Signed, expiring tokens (JWT). Their holder can read them but not alter them. */
export function createTokens(key: Uint8Array) {
  return {
    async sign(
      purpose: TokenPurpose,
      content: { [name: string]: unknown },
      { now, seconds }: { now: Date; seconds: number },
    ) {
      const issuedAt = Math.floor(now.getTime() / 1000)
      return new SignJWT(content)
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(purpose)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + seconds)
        .sign(key)
    },

    /** Returns the signed content, `expired`, or `forged` for any other invalid token. */
    async open(purpose: TokenPurpose, token: string, now: Date): Promise<{ content: unknown } | 'expired' | 'forged'> {
      try {
        const options = { audience: purpose, algorithms: ['HS256'], currentDate: now, requiredClaims: ['exp'] }
        return { content: (await jwtVerify(token, key, options)).payload }
      } catch (error) {
        if (error instanceof errors.JWTExpired) return 'expired'
        if (error instanceof errors.JOSEError || error instanceof TypeError) return 'forged'
        throw error
      }
    },
  }
}
