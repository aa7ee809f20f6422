import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { TurnstileResult } from '../domain/capture/spam-rules.ts'

/** `form`: identifies a form through all its retries. `secret`: of the source, if it has one. */
type TurnstileRequest = { token: string; ip: string; form: string; secret?: string }
/** Asks Turnstile whether a token came from a person. */
export type VerifyTurnstile = (request: TurnstileRequest) => Promise<TurnstileResult>
type TurnstileOptions = { secret: string | undefined; url?: string; deadlineMs?: number }

/**
 * Cloudflare's siteverify. A token is valid once; a retry of the same form sends the same `idempotency_key` and gets the
 * same result. A failure to answer completely within `deadlineMs` (2 s) counts against no visitor.
 */
export function createTurnstileVerifier({
  secret: defaultSecret,
  url = siteverify,
  deadlineMs = 2000,
}: TurnstileOptions): VerifyTurnstile {
  return async ({ token, ip, form, secret = defaultSecret }) => {
    if (secret === undefined) return 'unavailable'
    const body = { secret, response: token, remoteip: ip, idempotency_key: createUuid(`${form} ${token}`) }
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(deadlineMs),
      })
      const { success, 'error-codes': codes } = siteverifyResponse.parse(await response.json())
      if (success) return 'human'
      // Any other code means a bad request or a fault at Cloudflare.
      return codes.length > 0 && codes.every((code) => tokenErrorCodes.includes(code)) ? 'bot' : 'unavailable'
    } catch {
      return 'unavailable'
    }
  }
}

const siteverify = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'
const tokenErrorCodes = ['missing-input-response', 'invalid-input-response', 'timeout-or-duplicate']
const siteverifyResponse = z.object({ success: z.boolean(), 'error-codes': z.array(z.string()).default([]) })

/** A UUID of version 8 (RFC 9562) from a hash. */
function createUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
