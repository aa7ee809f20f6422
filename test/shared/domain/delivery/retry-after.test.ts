import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseRetryDelaySeconds } from '#shared/domain/delivery/retry-after.ts'
import '#test/builders/seeded.ts'

const now = '2026-11-23T15:00:00.000Z'

it.each([
  ['120', 120],
  [' 120 ', 120],
  ['0', 0],
  ['999999999', 86_400],
  ['99999999999999999999', 86_400],
  ['120, 240', 120],
  ['Mon, 23 Nov 2026 15:10:00 UTC', 600],
  ['Mon, 23 Nov 2026 15:10:00 +0000', 600],
  ['Mon, 23-Nov-2026 15:10:00 GMT', 600],
  ['Mon, 23 Nov 2026 15:10:00 GMT', 600],
  ['Wed, 23 Nov 2039 15:10:00 GMT', 86_400],
  ['Monday, 23-Nov-26 15:10:00 GMT', 600],
  ['Wednesday, 01-Dec-27 15:10:00 GMT', 86_400],
  ['Tuesday, 23-Nov-76 15:10:00 GMT', 86_400],
  ['Mon Nov 23 15:10:00 2026', 600],
  ['Mon, 23 Nov 2026 15:00:60 GMT', 60],
])('parses %j as %d seconds', (header, seconds) => {
  expect(parseRetryDelaySeconds(header, now)).toBe(seconds)
})

it('reads a day of one digit, which asctime pads with a space', () => {
  expect(parseRetryDelaySeconds('Tue Dec  1 00:10:00 2026', '2026-12-01T00:00:00.000Z')).toBe(600)
})

it.each([
  undefined,
  '',
  '-5',
  '1.5',
  '1e9',
  'soon',
  'Mon, 23 Nov 2026 14:00:00 GMT',
  'Monday, 23-Nov-26 14:00:00 GMT',
  'Monday, 23-Nov-77 15:10:00 GMT',
  'Mon Nov 23 14:00:00 2026',
  'Mon, 99 Nov 2026 99:99:99 GMT',
  'Mon, 31 Nov 2026 15:10:00 GMT',
  'Mon, 23 Nix 2026 15:10:00 GMT',
  'Mon, 23 Nov 2026 15:10:00 +0100',
  '2026-11-23T16:00:00Z',
])('ignores %j', (header) => {
  expect(parseRetryDelaySeconds(header, now)).toBeUndefined()
})

it('reads the same time in all three forms of RFC 9110, 5.6.7', () => {
  const seconds = fc.integer({ min: 1, max: 86_400 })
  const start = fc.date({ min: new Date('2001-01-01'), max: new Date('2094-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(start, seconds, (from, delay) => {
      const base = new Date(Math.floor(from.getTime() / 1000) * 1000)
      const text = new Date(base.getTime() + delay * 1000).toUTCString()
      const [, weekday = '', day = '', month = '', year = '', time = ''] =
        /^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/.exec(text) ?? []
      const forms = [
        text,
        `${weekday}sday, ${day}-${month}-${year.slice(2)} ${time} GMT`,
        `${weekday} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`,
      ]
      for (const form of forms) expect(parseRetryDelaySeconds(form, base.toISOString())).toBe(delay)
    }),
  )
})
