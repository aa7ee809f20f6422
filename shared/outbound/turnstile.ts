import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Human } from '../domain/capture/abuse.ts'

/** `form`: what this very form is known by, on every retry. `secret`: that of the source, where it has one of its own. */
type Asked = { token: string; ip: string; form: string; secret?: string }
/** Asks whether a token of Turnstile came from a person. */
export type AskTurnstile = (asked: Asked) => Promise<Human>
type Setup = { secret: string | undefined; url?: string; deadlineMs?: number }

/**
 * Cloudflare's siteverify. A token is good once; a retry of the same form asks with the same `idempotency_key` and hears
 * the same. What keeps Cloudflare from answering within `deadlineMs` (2 s), body and all, counts against no visitor.
 */
export function turnstile({ secret: ofHouse, url = siteverify, deadlineMs = 2000 }: Setup): AskTurnstile {
  return async ({ token, ip, form, secret = ofHouse }) => {
    if (secret === undefined) return 'unknown'
    const body = { secret, response: token, remoteip: ip, idempotency_key: uuidOf(`${form} ${token}`) }
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(deadlineMs),
      })
      const { success, 'error-codes': codes } = answered.parse(await response.json())
      if (success) return 'human'
      // Any other code says that we asked wrongly, or that Cloudflare is not well.
      return codes.length > 0 && codes.every((code) => faultsOfToken.includes(code)) ? 'bot' : 'unknown'
    } catch {
      return 'unknown'
    }
  }
}

const siteverify = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'
const faultsOfToken = ['missing-input-response', 'invalid-input-response', 'timeout-or-duplicate']
const answered = z.object({ success: z.boolean(), 'error-codes': z.array(z.string()).default([]) })

/** RFC 9562, version 8: made of a hash. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
