import * as z from 'zod'
import { isKeyboardRun, isRepeatedDigits, isSameName } from './fake-contact.ts'
import { minFormSeconds } from './form-token.ts'

/** Signals of a submission by which people are told apart from bots. */
export type SubmissionSignals = {
  contact: { firstName: string; lastName: string; phone: string; state: string }
  hasDisposableEmail: boolean
  /** Whether the address is one of an office, such as info@. */
  hasRoleMailbox: boolean
  /** Whether the bundled metadata knows the phone number. New area codes are added every year. */
  isPhoneKnown: boolean
  /** The content of the field that no visitor sees. */
  honeypot: string
  formToken: FormTokenStatus
  isTokenRequired: boolean
  /** The result of Turnstile; `unavailable` if it could not be reached. */
  turnstile: TurnstileResult | 'not-required'
}
export type TurnstileResult = 'human' | 'bot' | 'unavailable'
/** `seconds`: the age of the form. `state`: that of the ZIP code for which the form was requested. */
export type FormTokenStatus =
  | { status: 'missing' | 'forged' | 'expired' }
  | { status: 'live' | 'used'; id: string; seconds: number; state: string }

/** A lead with this score or more is suspicious. */
export const suspiciousScore = 100

export type SpamRule = {
  code: string
  weight: number
  description: string
  matches: (signals: SubmissionSignals) => boolean
}

/** What no person does is enough alone. What some people do counts only together with other signals. */
export const spamRules: readonly SpamRule[] = [
  {
    code: 'HONEYPOT',
    weight: 100,
    description: 'A hidden field was filled in.',
    matches: ({ honeypot }) => honeypot.trim() !== '',
  },
  {
    code: 'FORM_TOKEN_FORGED',
    weight: 100,
    description: 'The form token is not valid, or belongs to another source.',
    matches: ({ formToken }) => formToken.status === 'forged',
  },
  {
    code: 'FORM_TOKEN_REUSED',
    weight: 100,
    description: 'Another lead was sent with the same form token.',
    matches: ({ formToken }) => formToken.status === 'used',
  },
  {
    code: 'FORM_TOKEN_MISSING',
    weight: 100,
    description: 'The source requires a form token, and none was sent that is still valid.',
    matches: ({ formToken, isTokenRequired }) =>
      isTokenRequired && (formToken.status === 'missing' || formToken.status === 'expired'),
  },
  {
    code: 'TOO_FAST',
    weight: 100,
    description: `The form was sent within ${minFormSeconds} seconds.`,
    // Below 0, our clock was set back while the form was open: tokens are signed, so no one else can make one of later.
    matches: ({ formToken }) => 'seconds' in formToken && formToken.seconds >= 0 && formToken.seconds < minFormSeconds,
  },
  {
    code: 'TURNSTILE_FAILED',
    weight: 100,
    description: 'Turnstile was not passed.',
    matches: ({ turnstile }) => turnstile === 'bot',
  },
  {
    code: 'KEYBOARD_RUN',
    weight: 70,
    description: 'A name is a keyboard row, or one letter repeated.',
    matches: ({ contact }) => isKeyboardRun(contact.firstName) || isKeyboardRun(contact.lastName),
  },
  {
    code: 'DISPOSABLE_EMAIL',
    weight: 50,
    description: 'The email address is disposable.',
    matches: ({ hasDisposableEmail }) => hasDisposableEmail,
  },
  {
    code: 'REPEATED_DIGITS',
    weight: 50,
    description: 'The phone number is one digit repeated, or a sequence of digits.',
    matches: ({ contact }) => isRepeatedDigits(contact.phone),
  },
  {
    code: 'PHONE_UNKNOWN',
    weight: 30,
    description: 'The phone number has the right form, and no area code that is known.',
    matches: ({ isPhoneKnown }) => !isPhoneKnown,
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
    code: 'ROLE_MAILBOX',
    weight: 20,
    description: 'The email address is that of an office, such as info@, and not of a person.',
    matches: ({ hasRoleMailbox }) => hasRoleMailbox,
  },
  {
    code: 'ZIP_STATE_MISMATCH',
    weight: 5,
    description: 'The ZIP code is in another state than the one for which the form was requested.',
    matches: ({ formToken, contact }) => 'state' in formToken && formToken.state !== contact.state,
  },
  {
    code: 'TURNSTILE_UNAVAILABLE',
    weight: 0,
    description: 'Turnstile could not be reached. This adds nothing to the score.',
    matches: ({ turnstile }) => turnstile === 'unavailable',
  },
]

export const abuseVerdict = z
  .strictObject({
    verdict: z.enum(['clean', 'suspicious']),
    score: z
      .int()
      .min(0)
      .meta({ description: `A lead with ${suspiciousScore} or more is suspicious.` }),
    reasons: z
      .array(z.string())
      .meta({ description: spamRules.map(({ code, description }) => `\`${code}\`: ${description}`).join(' ') }),
  })
  .meta({ id: 'AbuseVerdict' })
export type AbuseVerdict = z.output<typeof abuseVerdict>

/** Adds up the weights of the rules that match, and returns their codes as reasons. */
export function scoreSubmission(signals: SubmissionSignals, rules: readonly SpamRule[] = spamRules): AbuseVerdict {
  const matchingRules = rules.filter(({ matches }) => matches(signals))
  const score = matchingRules.reduce((sum, { weight }) => sum + weight, 0)
  return {
    verdict: score >= suspiciousScore ? 'suspicious' : 'clean',
    score,
    reasons: matchingRules.map(({ code }) => code),
  }
}
