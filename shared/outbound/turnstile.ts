import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { TurnstileResult } from '../domain/capture/spam-rules.ts'

/** `form`: what this very form is known by, on every retry. `secret`: that of the source, where it has one of its own. */
type TurnstileRequest = { token: string; ip: string; form: string; secret?: string }
/** Asks whether a token of Turnstile came from a person. */
export type VerifyTurnstile = (request: TurnstileRequest) => Promise<TurnstileResult>
type TurnstileOptions = { secret: string | undefined; url?: string; deadlineMs?: number }

/**
 * Cloudflare's siteverify. A token is good once; a retry of the same form asks with the same `idempotency_key` and hears
 * the same. What keeps Cloudflare from answering within `deadlineMs` (2 s), body and all, counts against no visitor.
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
      // Any other code says that we asked wrongly, or that Cloudflare is not well.
      return codes.length > 0 && codes.every((code) => tokenErrorCodes.includes(code)) ? 'bot' : 'unavailable'
    } catch {
      return 'unavailable'
    }
  }
}

const siteverify = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'
const tokenErrorCodes = ['missing-input-response', 'invalid-input-response', 'timeout-or-duplicate']
const siteverifyResponse = z.object({ success: z.boolean(), 'error-codes': z.array(z.string()).default([]) })

/** RFC 9562, version 8: made of a hash. */
function createUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
