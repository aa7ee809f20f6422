import type { VerifyTurnstile } from '#shared/outbound/turnstile.ts'

/** What Cloudflare's site keys for tests put into a form. */
export const dummyToken = 'XXXX.DUMMY.TOKEN.XXXX'

/** Turnstile without Cloudflare: the token of its test keys is a person's, and every other is a bot's. */
export const fakeTurnstile: VerifyTurnstile = async ({ token }) => (token === dummyToken ? 'human' : 'bot')
