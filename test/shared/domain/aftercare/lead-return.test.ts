import { describe, expect, it } from 'vitest'
import {
  judgeReturn,
  reasonsWithNote,
  returnEnteredFrom,
  returnReason,
  returnReasons,
  returnState,
  returnTerms,
  usualTerms,
} from '#shared/domain/aftercare/lead-return.ts'

const deliveredAt = '2026-11-01T12:00:00.000Z'
const delivered = { state: 'delivered', deliveredAt, test: false } as const
const asked = { reason: 'invalid-contact' } as const
const now = '2026-11-10T12:00:00.000Z'

describe('a return may be asked for', () => {
  it.each([
    ['of a lead that was delivered', delivered, asked],
    ['of one that is sent again just now', { ...delivered, state: 'pending' as const }, asked],
    ['of one whose person was forgotten, without a note', { ...delivered, state: 'erased' as const }, asked],
    ['for fraud that is told', delivered, { reason: 'fraud', note: 'One phone for nine people.' } as const],
    [
      'for fraud without a note where the person was forgotten',
      { ...delivered, state: 'erased' as const },
      { reason: 'fraud' } as const,
    ],
  ])('%s', (_, delivery, input) => {
    expect(judgeReturn(delivery, input, usualTerms, now)).toEqual({ may: true })
  })

  it.each(returnReason.options)('for %s, with a note', (reason) => {
    expect(judgeReturn(delivered, { reason, note: 'So it was.' }, usualTerms, now)).toEqual({ may: true })
  })

  it('to the millisecond in which its days are over', () => {
    const end = Date.parse(deliveredAt) + 14 * 86_400_000
    const at = (ms: number) => judgeReturn(delivered, asked, usualTerms, new Date(ms).toISOString())
    expect(at(end)).toEqual({ may: true })
    expect(at(end + 1)).toMatchObject({ may: false, code: 'too-late' })
  })
})

describe('a return may not be asked for', () => {
  const { deliveredAt: _, ...undelivered } = delivered
  const forgotten = { ...delivered, state: 'erased' as const }
  it.each([
    ['of what was not delivered', undelivered, asked, usualTerms, 'not-delivered'],
    ['of a test', { ...delivered, test: true }, asked, usualTerms, 'not-bought'],
    ['of a notice of erasure', { ...delivered, erases: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' }, asked, usualTerms, 'not-bought'],
    ['after the days of the campaign', delivered, asked, { days: 3 }, 'too-late'],
    ['where the campaign takes none', delivered, asked, { days: 0 }, 'too-late'],
    [
      'for a reason that the campaign does not take',
      delivered,
      asked,
      { days: 14, reasons: ['fraud' as const] },
      'reason',
    ],
    ['for fraud without a word of it', delivered, { reason: 'fraud' } as const, usualTerms, 'note'],
    ['with a note of a person who was forgotten', forgotten, { ...asked, note: 'Ada.' }, usualTerms, 'note'],
  ])('%s', (_, delivery, input, terms, code) => {
    const judged = judgeReturn(delivery, input, terms, now)
    expect(judged).toMatchObject({ may: false, code })
    expect('sentence' in judged && judged.sentence).toMatch(/\w+/)
  })
})

it('a campaign that names no days gives as many as one that says nothing, and every reason', () => {
  expect(returnTerms.parse({})).toEqual(usualTerms)
})

it('what wants a note is a reason', () => {
  for (const reason of reasonsWithNote) expect(Object.keys(returnReasons)).toContain(reason)
})

it('a return begins as requested, and what is decided stays', () => {
  const entered = Object.keys(returnEnteredFrom)
  expect(returnState.options).toEqual(['requested', ...entered])
  for (const from of Object.values(returnEnteredFrom)) expect(from).toEqual(['requested'])
})
