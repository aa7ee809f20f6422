import { describe, expect, it } from 'vitest'
import { isDisposableEmail } from '#shared/domain/capture/disposable-email.ts'
import { isKeyboardRun, isRepeatedDigits, isRoleMailbox, isSameName } from '#shared/domain/capture/fake-contact.ts'
import {
  type SubmissionSignals,
  scoreSubmission,
  spamRules,
  suspiciousScore,
} from '#shared/domain/capture/spam-rules.ts'
import { aFormTokenStatus, someSignals } from '#test/builders/signals.ts'

/** For each signal a trace that it alone holds for. */
const cases: [code: string, trace: SubmissionSignals][] = [
  ['HONEYPOT', someSignals({ honeypot: 'https://buy.example' })],
  ['FORM_TOKEN_FORGED', someSignals({ formToken: { status: 'forged' } })],
  ['FORM_TOKEN_REUSED', someSignals({ formToken: aFormTokenStatus({ status: 'used' }) })],
  ['FORM_TOKEN_MISSING', someSignals({ formToken: { status: 'missing' } })],
  ['TOO_FAST', someSignals({ formToken: aFormTokenStatus({ seconds: 1.999 }) })],
  ['TURNSTILE_FAILED', someSignals({ turnstile: 'bot' })],
  ['KEYBOARD_RUN', someSignals({ contact: { lastName: 'Asdf' } })],
  ['DISPOSABLE_EMAIL', someSignals({ hasDisposableEmail: true })],
  ['REPEATED_DIGITS', someSignals({ contact: { phone: '+15125555555' } })],
  ['PHONE_UNKNOWN', someSignals({ isPhoneKnown: false })],
  ['FORM_TOKEN_EXPIRED', someSignals({ formToken: { status: 'expired' }, isTokenRequired: false })],
  ['SAME_NAME', someSignals({ contact: { lastName: 'ÁDA' } })],
  ['ROLE_MAILBOX', someSignals({ hasRoleMailbox: true })],
  ['ZIP_STATE_MISMATCH', someSignals({ formToken: aFormTokenStatus({ state: 'OH' }) })],
  ['TURNSTILE_UNAVAILABLE', someSignals({ turnstile: 'unavailable' })],
]

describe('a verdict', () => {
  it('finds nothing against an unhurried person', () => {
    expect(scoreSubmission(someSignals())).toEqual({ verdict: 'clean', score: 0, reasons: [] })
    expect(scoreSubmission(someSignals({ formToken: aFormTokenStatus({ seconds: 2 }) })).reasons).toEqual([])
    // Our clock was set back while the form was open.
    expect(scoreSubmission(someSignals({ formToken: aFormTokenStatus({ seconds: -3590 }) })).reasons).toEqual([])
  })

  it.each(cases)('says %s of a trace that shows it, and nothing else', (code, submissionSignals) => {
    const weight = spamRules.find((rule) => rule.code === code)?.weight ?? Number.NaN
    const verdict = weight >= suspiciousScore ? 'suspicious' : 'clean'
    expect(scoreSubmission(submissionSignals)).toEqual({ verdict, score: weight, reasons: [code] })
  })

  it('has a case above for every signal there is', () => {
    expect(cases.map(([code]) => code)).toEqual(spamRules.map(({ code }) => code))
  })

  it('does not ask for a token where none is owed', () => {
    expect(scoreSubmission(someSignals({ formToken: { status: 'missing' }, isTokenRequired: false })).reasons).toEqual(
      [],
    )
  })

  it('takes a token that has expired for none where one is owed', () => {
    expect(scoreSubmission(someSignals({ formToken: { status: 'expired' } }))).toMatchObject({
      verdict: 'suspicious',
      reasons: ['FORM_TOKEN_MISSING', 'FORM_TOKEN_EXPIRED'],
    })
  })

  it('adds up what people do one by one and programs all at once', () => {
    const asdf = someSignals({ contact: { firstName: 'asdf', lastName: 'asdf' } })
    expect(scoreSubmission(asdf)).toEqual({ verdict: 'suspicious', score: 100, reasons: ['KEYBOARD_RUN', 'SAME_NAME'] })
    const moved = someSignals({
      hasDisposableEmail: true,
      contact: { lastName: 'Ada' },
      formToken: aFormTokenStatus({ state: 'OH' }),
    })
    expect(scoreSubmission(moved).verdict).toBe('clean')
  })

  it('sees a bot that no table without that very signal would see', () => {
    for (const [code, submissionSignals] of cases) {
      const otherRules = spamRules.filter((rule) => rule.code !== code)
      expect(scoreSubmission(submissionSignals, otherRules)).toEqual({ verdict: 'clean', score: 0, reasons: [] })
    }
  })
})

describe('what is made up', () => {
  it.each(['asdf', 'Qwerty', 'zxcvbn', 'ASDFGH', 'dfghj', 'aaa', 'Xxxx', 'É éé'])('is a name such as %s', (name) => {
    expect(isKeyboardRun(name)).toBe(true)
  })

  it.each(['Ada', 'Wert', 'Trew', 'Poe', 'As', 'Oo', 'Aaron', 'Ng', 'Østergård', 'Nguyễn', '李', 'O’Neil', '', '-'])(
    'is not a name such as %s',
    (name) => {
      expect(isKeyboardRun(name)).toBe(false)
    },
  )

  it('is one name twice, however it is written, and not two that are empty', () => {
    expect(isSameName('José', 'jose ')).toBe(true)
    expect(isSameName('李', '李')).toBe(true)
    expect(isSameName('José', 'Josefa')).toBe(false)
    expect(isSameName('-', '-')).toBe(false)
  })

  it.each([
    ['+15125555555', true],
    ['+15121234567', true],
    ['+15129876543', true],
    ['+12222222223', false],
    ['+15127891111', false],
    ['+15122223333', false],
  ])('of %s is %s', (phone, isFake) => {
    expect(isRepeatedDigits(phone)).toBe(isFake)
  })
})

describe('an address to be thrown away', () => {
  it.each(['a@mailinator.com', 'a@sub.mailinator.com', 'a@guerrillamail.com'])('is %s', async (email) => {
    expect(await isDisposableEmail(email)).toBe(true)
  })

  it.each([
    'a@gmail.com',
    'a@privaterelay.appleid.com',
    'a@duck.com',
    'a@mozmail.com',
    'a@mailinator.com.example',
    'a',
  ])('is not %s', async (email) => {
    expect(await isDisposableEmail(email)).toBe(false)
  })
})

describe('the mailbox of an office', () => {
  it.each(['info@mail.example', 'Sales@mail.example', 'no-reply@mail.example', 'admin+x@mail.example'])(
    'is %s',
    (email) => {
      expect(isRoleMailbox(email)).toBe(true)
    },
  )

  it.each(['ada@info.example', 'ada.sales@mail.example', 'infante@mail.example', 'hrothgar@mail.example', 'info'])(
    'is not %s',
    (email) => {
      expect(isRoleMailbox(email)).toBe(false)
    },
  )
})
