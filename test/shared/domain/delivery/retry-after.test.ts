import { expect, it } from 'vitest'
import { parseRetryDelaySeconds } from '#shared/domain/delivery/retry-after.ts'

const now = '2026-11-23T15:00:00.000Z'

it.each([
  ['120', 120],
  [' 120 ', 120],
  ['Mon, 23 Nov 2026 15:10:00 GMT', 600],
  ['999999999', 86_400],
  ['Wed, 23 Nov 2039 15:10:00 GMT', 86_400],
])('parses %j as %d seconds', (header, seconds) => {
  expect(parseRetryDelaySeconds(header, now)).toBe(seconds)
})

it.each([
  undefined,
  '',
  '0',
  '-5',
  '1.5',
  '1e9',
  'soon',
  'Mon, 23 Nov 2026 14:00:00 GMT',
  'Mon, 99 Nov 2026 99:99:99 GMT',
  '2026-11-23T16:00:00Z',
])('ignores %j', (header) => {
  expect(parseRetryDelaySeconds(header, now)).toBeUndefined()
})
