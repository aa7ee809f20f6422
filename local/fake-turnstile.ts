import type { VerifyTurnstile } from '#shared/outbound/turnstile.ts'

/** The token of Cloudflare's test site keys. */
export const dummyToken = 'XXXX.DUMMY.TOKEN.XXXX'

/** Turnstile without Cloudflare: accepts the token of its test keys and refuses every other. */
export const fakeTurnstile: VerifyTurnstile = async ({ token }) => (token === dummyToken ? 'human' : 'bot')
