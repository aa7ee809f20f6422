import * as z from 'zod'
import { isKeyboardRun, isRepeatedDigits, isSameName } from './fake-contact.ts'
import { minFormSeconds } from './form-token.ts'

/** How a lead came in, as far as that tells people from programs. */
export type SubmissionSignals = {
  contact: { firstName: string; lastName: string; phone: string; state: string }
  /** Whether the e-mail address is one of those that are thrown away after use. */
  hasDisposableEmail: boolean
  /** What stood in the field that no visitor sees. */
  honeypot: string
  formToken: FormTokenStatus
  /** Whether the source requires a form token. */
  isTokenRequired: boolean
  /** What Turnstile says; `unknown` where it could not be asked. */
  turnstile: TurnstileResult | 'not-required'
}
export type TurnstileResult = 'human' | 'bot' | 'unavailable'
/** `state`: where the visitor said to live when the form was asked for. */
export type FormTokenStatus =
  | { status: 'missing' | 'forged' | 'expired' }
  | { status: 'live' | 'used'; id: string; seconds: number; state: string }

/** From this score on a lead is suspicious. */
export const suspiciousScore = 100

export type SpamRule = {
  code: string
  weight: number
  description: string
  matches: (signals: SubmissionSignals) => boolean
}

/** What no person does weighs enough alone; what some people do counts only together with more of the kind. */
export const spamRules: readonly SpamRule[] = [
  {
    code: 'HONEYPOT',
    weight: 100,
    description: 'A field was filled in that no visitor sees.',
    matches: ({ honeypot }) => honeypot.trim() !== '',
  },
  {
    code: 'FORM_TOKEN_FORGED',
    weight: 100,
    description: 'The form token is not one of ours, or was made for another source.',
    matches: ({ formToken }) => formToken.status === 'forged',
  },
  {
    code: 'FORM_TOKEN_REUSED',
    weight: 100,
    description: 'Another lead came with the same form token.',
    matches: ({ formToken }) => formToken.status === 'used',
  },
  {
    code: 'FORM_TOKEN_MISSING',
    weight: 100,
    description: 'The source requires a form token, and none came that is still good.',
    matches: ({ formToken, isTokenRequired }) =>
      isTokenRequired && (formToken.status === 'missing' || formToken.status === 'expired'),
  },
  {
    code: 'TOO_FAST',
    weight: 100,
    description: `The form came back within ${minFormSeconds} seconds.`,
    matches: ({ formToken }) => 'seconds' in formToken && formToken.seconds < minFormSeconds,
  },
  {
    code: 'TURNSTILE_FAILED',
    weight: 100,
    description: 'Turnstile does not hold the visitor for a person, or was not passed.',
    matches: ({ turnstile }) => turnstile === 'bot',
  },
  {
    code: 'KEYBOARD_RUN',
    weight: 70,
    description: 'A name is a row of keys, or one letter over and over.',
    matches: ({ contact }) => isKeyboardRun(contact.firstName) || isKeyboardRun(contact.lastName),
  },
  {
    code: 'DISPOSABLE_EMAIL',
    weight: 50,
    description: 'The e-mail address is one that is thrown away after use.',
    matches: ({ hasDisposableEmail }) => hasDisposableEmail,
  },
  {
    code: 'REPEATED_DIGITS',
    weight: 50,
    description: 'The phone number is one digit over and over, or digits in a row.',
    matches: ({ contact }) => isRepeatedDigits(contact.phone),
  },
  {
    code: 'FORM_TOKEN_EXPIRED',
    weight: 40,
    description: 'The form token has expired.',
    matches: ({ formToken }) => formToken.status === 'expired',
  },
  {
    code: 'SAME_NAME',
    weight: 30,
    description: 'First and last name are the same.',
    matches: ({ contact }) => isSameName(contact.firstName, contact.lastName),
  },
  {
    code: 'ZIP_STATE_MISMATCH',
    weight: 5,
    description: 'The ZIP code is in another state than the one that the form was asked for.',
    matches: ({ formToken, contact }) => 'state' in formToken && formToken.state !== contact.state,
  },
  {
    code: 'TURNSTILE_UNAVAILABLE',
    weight: 0,
    description: 'Turnstile could not be asked, which counts against nobody.',
    matches: ({ turnstile }) => turnstile === 'unavailable',
  },
]

export const abuseVerdict = z
  .strictObject({
    verdict: z.enum(['clean', 'suspicious']),
    score: z
      .int()
      .min(0)
      .meta({ description: `Suspicious from ${suspiciousScore} on.` }),
    reasons: z
      .array(z.string())
      .meta({ description: spamRules.map(({ code, description }) => `\`${code}\`: ${description}`).join(' ') }),
  })
  .meta({ id: 'AbuseVerdict' })
export type AbuseVerdict = z.output<typeof abuseVerdict>

/** The same trace gives the same verdict, with the code of every signal that holds. */
export function scoreSubmission(signals: SubmissionSignals, rules: readonly SpamRule[] = spamRules): AbuseVerdict {
  const matchingRules = rules.filter(({ matches }) => matches(signals))
  const score = matchingRules.reduce((sum, { weight }) => sum + weight, 0)
  return {
    verdict: score >= suspiciousScore ? 'suspicious' : 'clean',
    score,
    reasons: matchingRules.map(({ code }) => code),
  }
}
