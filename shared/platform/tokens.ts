import { errors, jwtVerify, SignJWT } from 'jose'

export type Tokens = ReturnType<typeof tokens>

/** What a token is for. One made for one purpose does not open for another. */
export type Purpose = 'match' | 'cursor' | 'form' | 'portal'

/** Signed, expiring records that a stranger carries for us: whoever holds one can read it, and nobody can alter it. */
export function tokens(key: Uint8Array) {
  return {
    async sign(
      purpose: Purpose,
      content: { [name: string]: unknown },
      { now, seconds }: { now: Date; seconds: number },
    ) {
      const issued = Math.floor(now.getTime() / 1000)
      return new SignJWT(content)
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience(purpose)
        .setIssuedAt(issued)
        .setExpirationTime(issued + seconds)
        .sign(key)
    },

    /** What was signed; `expired`, or `forged` where it is not one of ours. */
    async open(purpose: Purpose, token: string, now: Date): Promise<{ content: unknown } | 'expired' | 'forged'> {
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
