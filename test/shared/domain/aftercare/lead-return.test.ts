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
import { addDays } from '#shared/domain/time.ts'

const deliveredAt = '2026-11-01T12:00:00.000Z'
const delivered = { state: 'delivered', deliveredAt, test: false } as const
const input = { reason: 'invalid-contact' } as const
const now = '2026-11-10T12:00:00.000Z'

describe('allowed returns', () => {
  it.each([
    ['a delivered lead', delivered, input],
    ['a lead that is being sent again', { ...delivered, state: 'pending' as const }, input],
    ['an erased lead without a note', { ...delivered, state: 'erased' as const }, input],
    ['fraud with a note', delivered, { reason: 'fraud', note: 'One phone for nine people.' } as const],
    [
      'fraud without a note for an erased lead',
      { ...delivered, state: 'erased' as const },
      { reason: 'fraud' } as const,
    ],
  ])('allows a return of %s', (_, delivery, input) => {
    expect(checkReturn(delivery, input, defaultReturnTerms, now)).toEqual({ isAllowed: true })
  })

  it.each(returnReason.options)('allows a return for %s with a note', (reason) => {
    expect(checkReturn(delivered, { reason, note: 'So it was.' }, defaultReturnTerms, now)).toEqual({ isAllowed: true })
  })

  it('allows a return until the last millisecond of its deadline', () => {
    const end = Date.parse(addDays(deliveredAt, 14))
    const at = (ms: number) => checkReturn(delivered, input, defaultReturnTerms, new Date(ms).toISOString())
    expect(at(end)).toEqual({ isAllowed: true })
    expect(at(end + 1)).toMatchObject({ isAllowed: false, code: 'too-late' })
  })
})

describe('refused returns', () => {
  const { deliveredAt: _, ...undelivered } = delivered
  const erased = { ...delivered, state: 'erased' as const }
  it.each([
    ['an undelivered lead', undelivered, input, defaultReturnTerms, 'not-delivered'],
    ['a test lead', { ...delivered, test: true }, input, defaultReturnTerms, 'not-bought'],
    [
      'an erasure notice',
      { ...delivered, erases: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' },
      input,
      defaultReturnTerms,
      'not-bought',
    ],
    ['a lead after the deadline of its campaign', delivered, input, { days: 3 }, 'too-late'],
    ['a lead of a campaign without returns', delivered, input, { days: 0 }, 'too-late'],
    [
      'a reason that the campaign does not accept',
      delivered,
      input,
      { days: 14, reasons: ['fraud' as const] },
      'reason',
    ],
    ['fraud without a note', delivered, { reason: 'fraud' } as const, defaultReturnTerms, 'note'],
    ['a note about an erased person', erased, { ...input, note: 'Ada.' }, defaultReturnTerms, 'note'],
  ])('refuses a return of %s', (_, delivery, input, terms, code) => {
    const eligibility = checkReturn(delivery, input, terms, now)
    expect(eligibility).toMatchObject({ isAllowed: false, code })
    expect('sentence' in eligibility && eligibility.sentence).toMatch(/\w+/)
  })
})

it('uses the default terms for a campaign with empty return terms', () => {
  expect(returnTerms.parse({})).toEqual(defaultReturnTerms)
})

it('lists only known reasons as reasons that need a note', () => {
  for (const reason of reasonsWithNote) expect(Object.keys(returnReasons)).toContain(reason)
})

it('starts as requested and never leaves a decided state', () => {
  const entered = Object.keys(returnPriorStates)
  expect(returnState.options).toEqual(['requested', ...entered])
  for (const from of Object.values(returnPriorStates)) expect(from).toEqual(['requested'])
})
