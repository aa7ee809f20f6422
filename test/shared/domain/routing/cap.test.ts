import { expect, it } from 'vitest'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { caps } from '#shared/domain/routing/cap.ts'

const daily = { period: 'day', limit: 1 } as const

it('rejects two caps with the same unit and period unless they have different ids', () => {
  expect(campaign.shape.caps.safeParse([daily, { ...daily, limit: 2 }]).error?.issues).toMatchObject([
    { path: [1, 'id'] },
  ])
  expect(caps.safeParse([daily, { ...daily, unit: 'cents' }]).success).toBe(true)
  expect(caps.safeParse([daily, { ...daily, id: 'veterans' }]).success).toBe(true)
  expect(
    caps.safeParse([
      { ...daily, id: 'a' },
      { ...daily, period: 'week', id: 'a' },
    ]).success,
  ).toBe(false)
  expect(caps.safeParse([daily, { ...daily, period: 'week', id: 'leads-day' }]).success).toBe(false)
})

it('counts leads and skips a full campaign by default', () => {
  expect(caps.parse([daily])).toEqual([{ ...daily, unit: 'leads', onReached: 'skip' }])
  expect(caps.parse(undefined)).toEqual([])
})

it.each([
  ['a period that calendars do not have', { ...daily, period: 'fortnight' }],
  ['a negative limit', { ...daily, limit: -1 }],
  ['a fractional limit', { ...daily, limit: 0.5 }],
  ['a fallback without an id', { ...daily, onReached: {} }],
  ['an unknown action', { ...daily, onReached: 'panic' }],
  ['a rule over an unknown field', { ...daily, rules: { field: 'shoe-size', op: 'equals', value: 44 } }],
])('rejects a cap with %s', (_, wrong) => {
  expect(caps.safeParse([wrong]).success).toBe(false)
})

it('accepts 10 caps, one for each period and unit, and no more', () => {
  const many = (length: number) => Array.from({ length }, (_, at) => ({ ...daily, id: `cap-${at}` }))
  expect(caps.safeParse(many(10)).success).toBe(true)
  expect(caps.safeParse(many(11)).success).toBe(false)
})
