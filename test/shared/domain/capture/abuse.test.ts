import { describe, expect, it } from 'vitest'
import { judge, signals, suspiciousFrom, type Trace } from '#shared/domain/capture/abuse.ts'
import { isDisposableEmail } from '#shared/domain/capture/disposable-email.ts'
import { isKeyboardRun, isRepeatedDigits, isSameName } from '#shared/domain/capture/made-up.ts'
import { aToken, aTrace } from '#test/builders/trace.ts'

/** For each signal a trace that it alone holds for. */
const cases: [code: string, trace: Trace][] = [
  ['HONEYPOT', aTrace({ honeypot: 'https://buy.example' })],
  ['FORM_TOKEN_FORGED', aTrace({ token: { is: 'forged' } })],
  ['FORM_TOKEN_REUSED', aTrace({ token: aToken({ is: 'used' }) })],
  ['FORM_TOKEN_MISSING', aTrace({ token: { is: 'missing' } })],
  ['TOO_FAST', aTrace({ token: aToken({ seconds: 1.999 }) })],
  ['TURNSTILE_FAILED', aTrace({ human: 'bot' })],
  ['KEYBOARD_RUN', aTrace({ contact: { lastName: 'Asdf' } })],
  ['DISPOSABLE_EMAIL', aTrace({ disposable: true })],
  ['REPEATED_DIGITS', aTrace({ contact: { phone: '+15125555555' } })],
  ['TOO_OLD', aTrace({ token: { is: 'expired' }, tokenOwed: false })],
  ['SAME_NAME', aTrace({ contact: { lastName: 'ÁDA' } })],
  ['ZIP_STATE', aTrace({ token: aToken({ state: 'OH' }) })],
  ['TURNSTILE_UNREACHED', aTrace({ human: 'unknown' })],
]

describe('a verdict', () => {
  it('finds nothing against an unhurried person', () => {
    expect(judge(aTrace())).toEqual({ verdict: 'clean', score: 0, reasons: [] })
    expect(judge(aTrace({ token: aToken({ seconds: 2 }) })).reasons).toEqual([])
  })

  it.each(cases)('says %s of a trace that shows it, and nothing else', (code, trace) => {
    const weight = signals.find((signal) => signal.code === code)?.weight ?? Number.NaN
    const verdict = weight >= suspiciousFrom ? 'suspicious' : 'clean'
    expect(judge(trace)).toEqual({ verdict, score: weight, reasons: [code] })
  })

  it('has a case above for every signal there is', () => {
    expect(cases.map(([code]) => code)).toEqual(signals.map(({ code }) => code))
  })

  it('does not ask for a token where none is owed', () => {
    expect(judge(aTrace({ token: { is: 'missing' }, tokenOwed: false })).reasons).toEqual([])
  })

  it('takes a token that has expired for none where one is owed', () => {
    expect(judge(aTrace({ token: { is: 'expired' } }))).toMatchObject({
      verdict: 'suspicious',
      reasons: ['FORM_TOKEN_MISSING', 'TOO_OLD'],
    })
  })

  it('adds up what people do one by one and programs all at once', () => {
    const asdf = aTrace({ contact: { firstName: 'asdf', lastName: 'asdf' } })
    expect(judge(asdf)).toEqual({ verdict: 'suspicious', score: 100, reasons: ['KEYBOARD_RUN', 'SAME_NAME'] })
    const moved = aTrace({ disposable: true, contact: { lastName: 'Ada' }, token: aToken({ state: 'OH' }) })
    expect(judge(moved).verdict).toBe('clean')
  })

  it('sees a bot that no table without that very signal would see', () => {
    for (const [code, trace] of cases) {
      const without = signals.filter((signal) => signal.code !== code)
      expect(judge(trace, without)).toEqual({ verdict: 'clean', score: 0, reasons: [] })
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
  ])('of %s is %s', (phone, made) => {
    expect(isRepeatedDigits(phone)).toBe(made)
  })
})

describe('an address to be thrown away', () => {
  it.each(['a@mailinator.com', 'a@sub.mailinator.com', 'a@guerrillamail.com'])('is %s', (email) => {
    expect(isDisposableEmail(email)).toBe(true)
  })

  it.each([
    'a@gmail.com',
    'a@privaterelay.appleid.com',
    'a@duck.com',
    'a@mozmail.com',
    'a@mailinator.com.example',
    'a',
  ])('is not %s', (email) => {
    expect(isDisposableEmail(email)).toBe(false)
  })
})
