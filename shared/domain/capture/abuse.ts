import * as z from 'zod'
import { leastFormSeconds } from './form-token.ts'
import { isKeyboardRun, isRepeatedDigits, isSameName } from './made-up.ts'

/** How a lead came in, as far as that tells people from programs. */
export type Trace = {
  contact: { firstName: string; lastName: string; phone: string; state: string }
  /** Whether the e-mail address is one of those that are thrown away after use. */
  disposable: boolean
  /** What stood in the field that no visitor sees. */
  honeypot: string
  token: TokenSeen
  /** Whether the source requires a form token. */
  tokenOwed: boolean
  /** What Turnstile says; `unknown` where it could not be asked. */
  human: Human | 'unasked'
}
export type Human = 'human' | 'bot' | 'unknown'
/** `state`: where the visitor said to live when the form was asked for. */
export type TokenSeen =
  | { is: 'missing' | 'forged' | 'expired' }
  | { is: 'live' | 'used'; id: string; seconds: number; state: string }

/** From this score on a lead is suspicious. */
export const suspiciousFrom = 100

export type Signal = { code: string; weight: number; says: string; holds: (trace: Trace) => boolean }

/** What no person does weighs enough alone; what some people do counts only together with more of the kind. */
export const signals: readonly Signal[] = [
  {
    code: 'HONEYPOT',
    weight: 100,
    says: 'A field was filled in that no visitor sees.',
    holds: ({ honeypot }) => honeypot.trim() !== '',
  },
  {
    code: 'FORM_TOKEN_FORGED',
    weight: 100,
    says: 'The form token is not one of ours, or was made for another source.',
    holds: ({ token }) => token.is === 'forged',
  },
  {
    code: 'FORM_TOKEN_REUSED',
    weight: 100,
    says: 'Another lead came with the same form token.',
    holds: ({ token }) => token.is === 'used',
  },
  {
    code: 'FORM_TOKEN_MISSING',
    weight: 100,
    says: 'The source requires a form token, and none came that is still good.',
    holds: ({ token, tokenOwed }) => tokenOwed && (token.is === 'missing' || token.is === 'expired'),
  },
  {
    code: 'TOO_FAST',
    weight: 100,
    says: `The form came back within ${leastFormSeconds} seconds.`,
    holds: ({ token }) => 'seconds' in token && token.seconds < leastFormSeconds,
  },
  {
    code: 'TURNSTILE_FAILED',
    weight: 100,
    says: 'Turnstile does not hold the visitor for a person, or was not passed.',
    holds: ({ human }) => human === 'bot',
  },
  {
    code: 'KEYBOARD_RUN',
    weight: 70,
    says: 'A name is a row of keys, or one letter over and over.',
    holds: ({ contact }) => isKeyboardRun(contact.firstName) || isKeyboardRun(contact.lastName),
  },
  {
    code: 'DISPOSABLE_EMAIL',
    weight: 50,
    says: 'The e-mail address is one that is thrown away after use.',
    holds: ({ disposable }) => disposable,
  },
  {
    code: 'REPEATED_DIGITS',
    weight: 50,
    says: 'The phone number is one digit over and over, or digits in a row.',
    holds: ({ contact }) => isRepeatedDigits(contact.phone),
  },
  {
    code: 'TOO_OLD',
    weight: 40,
    says: 'The form token has expired.',
    holds: ({ token }) => token.is === 'expired',
  },
  {
    code: 'SAME_NAME',
    weight: 30,
    says: 'First and last name are the same.',
    holds: ({ contact }) => isSameName(contact.firstName, contact.lastName),
  },
  {
    code: 'ZIP_STATE',
    weight: 5,
    says: 'The ZIP code is in another state than the one that the form was asked for.',
    holds: ({ token, contact }) => 'state' in token && token.state !== contact.state,
  },
  {
    code: 'TURNSTILE_UNREACHED',
    weight: 0,
    says: 'Turnstile could not be asked, which counts against nobody.',
    holds: ({ human }) => human === 'unknown',
  },
]

export const abuse = z
  .strictObject({
    verdict: z.enum(['clean', 'suspicious']),
    score: z
      .int()
      .min(0)
      .meta({ description: `Suspicious from ${suspiciousFrom} on.` }),
    reasons: z
      .array(z.string())
      .meta({ description: signals.map(({ code, says }) => `\`${code}\`: ${says}`).join(' ') }),
  })
  .meta({ id: 'AbuseVerdict' })
export type Abuse = z.output<typeof abuse>

/** The same trace gives the same verdict, with the code of every signal that holds. */
export function judge(trace: Trace, table: readonly Signal[] = signals): Abuse {
  const held = table.filter(({ holds }) => holds(trace))
  const score = held.reduce((sum, { weight }) => sum + weight, 0)
  return { verdict: score >= suspiciousFrom ? 'suspicious' : 'clean', score, reasons: held.map(({ code }) => code) }
}
