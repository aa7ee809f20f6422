import { describe, expect, it } from 'vitest'
import {
  checkReturn,
  defaultReturnTerms,
  reasonsWithNote,
  returnPriorStates,
  returnReason,
  returnReasons,
  returnState,
  returnTerms,
} from '#shared/domain/aftercare/lead-return.ts'

const deliveredAt = '2026-11-01T12:00:00.000Z'
const delivered = { state: 'delivered', deliveredAt, test: false } as const
const input = { reason: 'invalid-contact' } as const
const now = '2026-11-10T12:00:00.000Z'

describe('a return may be asked for', () => {
  it.each([
    ['of a lead that was delivered', delivered, input],
    ['of one that is sent again just now', { ...delivered, state: 'pending' as const }, input],
    ['of one whose person was forgotten, without a note', { ...delivered, state: 'erased' as const }, input],
    ['for fraud that is told', delivered, { reason: 'fraud', note: 'One phone for nine people.' } as const],
    [
      'for fraud without a note where the person was forgotten',
      { ...delivered, state: 'erased' as const },
      { reason: 'fraud' } as const,
    ],
  ])('%s', (_, delivery, input) => {
    expect(checkReturn(delivery, input, defaultReturnTerms, now)).toEqual({ isAllowed: true })
  })

  it.each(returnReason.options)('for %s, with a note', (reason) => {
    expect(checkReturn(delivered, { reason, note: 'So it was.' }, defaultReturnTerms, now)).toEqual({ isAllowed: true })
  })

  it('to the millisecond in which its days are over', () => {
    const end = Date.parse(deliveredAt) + 14 * 86_400_000
    const at = (ms: number) => checkReturn(delivered, input, defaultReturnTerms, new Date(ms).toISOString())
    expect(at(end)).toEqual({ isAllowed: true })
    expect(at(end + 1)).toMatchObject({ isAllowed: false, code: 'too-late' })
  })
})

describe('a return may not be asked for', () => {
  const { deliveredAt: _, ...undelivered } = delivered
  const forgotten = { ...delivered, state: 'erased' as const }
  it.each([
    ['of what was not delivered', undelivered, input, defaultReturnTerms, 'not-delivered'],
    ['of a test', { ...delivered, test: true }, input, defaultReturnTerms, 'not-bought'],
    [
      'of a notice of erasure',
      { ...delivered, erases: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' },
      input,
      defaultReturnTerms,
      'not-bought',
    ],
    ['after the days of the campaign', delivered, input, { days: 3 }, 'too-late'],
    ['where the campaign takes none', delivered, input, { days: 0 }, 'too-late'],
    [
      'for a reason that the campaign does not take',
      delivered,
      input,
      { days: 14, reasons: ['fraud' as const] },
      'reason',
    ],
    ['for fraud without a word of it', delivered, { reason: 'fraud' } as const, defaultReturnTerms, 'note'],
    ['with a note of a person who was forgotten', forgotten, { ...input, note: 'Ada.' }, defaultReturnTerms, 'note'],
  ])('%s', (_, delivery, input, terms, code) => {
    const eligibility = checkReturn(delivery, input, terms, now)
    expect(eligibility).toMatchObject({ isAllowed: false, code })
    expect('sentence' in eligibility && eligibility.sentence).toMatch(/\w+/)
  })
})

it('a campaign that names no days gives as many as one that says nothing, and every reason', () => {
  expect(returnTerms.parse({})).toEqual(defaultReturnTerms)
})

it('what wants a note is a reason', () => {
  for (const reason of reasonsWithNote) expect(Object.keys(returnReasons)).toContain(reason)
})

it('a return begins as requested, and what is decided stays', () => {
  const entered = Object.keys(returnPriorStates)
  expect(returnState.options).toEqual(['requested', ...entered])
  for (const from of Object.values(returnPriorStates)) expect(from).toEqual(['requested'])
})
