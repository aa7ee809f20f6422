import { expect, it } from 'vitest'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { caps } from '#shared/domain/routing/cap.ts'

const daily = { period: 'day', limit: 1 } as const

it('a campaign may not hold two caps on the same thing, unless ids tell them apart', () => {
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

it('says plainly what it leaves open: leads are counted, and a full campaign is passed over', () => {
  expect(caps.parse([daily])).toEqual([{ ...daily, unit: 'leads', onReached: 'skip' }])
  expect(caps.parse(undefined)).toEqual([])
})

it.each([
  ['a period that calendars do not have', { ...daily, period: 'fortnight' }],
  ['less than nothing', { ...daily, limit: -1 }],
  ['half a lead', { ...daily, limit: 0.5 }],
  ['a stand-in without a name', { ...daily, onReached: {} }],
  ['something else to do', { ...daily, onReached: 'panic' }],
  ['a rule over an unknown field', { ...daily, rules: { field: 'shoe-size', op: 'equals', value: 44 } }],
])('is refused with %s', (_, wrong) => {
  expect(caps.safeParse([wrong]).success).toBe(false)
})

it('an owner has room for every period and unit, and for no more than that', () => {
  const many = (length: number) => Array.from({ length }, (_, at) => ({ ...daily, id: `cap-${at}` }))
  expect(caps.safeParse(many(10)).success).toBe(true)
  expect(caps.safeParse(many(11)).success).toBe(false)
})
