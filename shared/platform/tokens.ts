import { errors, jwtVerify, SignJWT } from 'jose'

export type Tokens = ReturnType<typeof createTokens>

/** What a token is for. One made for one purpose does not open for another. */
export type TokenPurpose = 'match' | 'cursor' | 'form' | 'portal'

/** Signed, expiring records that a stranger carries for us: whoever holds one can read it, and nobody can alter it. */
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

    /** What was signed; `expired`, or `forged` where it is not one of ours. */
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
