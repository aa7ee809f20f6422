import { expect, it } from 'vitest'
import { pickNorthAmericanPlan } from '#cli/write-phone-plan.ts'
import { northAmericanPlan } from '#shared/domain/fields/north-american-plan.ts'
import { normalizePhone } from '#shared/domain/fields/phone.ts'

it('is what libphonenumber-js knows of country code 1; after an update run `npm run phone-plan`', () => {
  expect(northAmericanPlan).toEqual(pickNorthAmericanPlan())
})

it.each([
  ['+44 20 7946 0958', '+442079460958'],
  ['+44 (0)20 7946-0958', '+442079460958'],
  ['011 44 20 7946 0958', '+442079460958'],
  ['0049 30.901820', '+4930901820'],
])('reads the number %s of another country as %s', (text, number) => {
  expect(normalizePhone(text)).toBe(number)
})

it.each(['+44 20', '+44 2079 460958 123456', '+44 20 7946 0958 x12'])(
  'takes %s for no number of another country',
  (text) => expect(normalizePhone(text)).toBeUndefined(),
)
