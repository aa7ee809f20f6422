import { describe, expect, it } from 'vitest'
import { source } from '#shared/domain/capture/source.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { createDedupeMarkers, duplicates, toSourceScope } from '#shared/domain/routing/duplicates.ts'

const person = { email: 'e', phone: 'p', both: 'ep' }
const listDigests = (
  keys: 'any' | 'email' | 'phone' | 'both' | 'none',
  personDigests: Parameters<typeof createDedupeMarkers>[2] = person,
) => createDedupeMarkers({ keys, windowDays: 30 }, 'alder', personDigests).map(({ digest }) => digest)

describe('createDedupeMarkers', () => {
  it.each([
    ['any', ['e', 'p']],
    ['email', ['e']],
    ['phone', ['p']],
    ['both', ['ep']],
    ['none', []],
  ] as const)('marks a person by %s: %j', (keys, digests) => {
    expect(listDigests(keys)).toEqual(digests)
  })

  it.each([
    ['any', { email: 'e' }, ['e']],
    ['any', { phone: 'p' }, ['p']],
    ['email', { phone: 'p' }, []],
    ['phone', { email: 'e' }, []],
    ['both', { email: 'e', phone: 'p' }, []],
    ['any', {}, []],
    ['any', { email: '', phone: '' }, []],
  ] as const)('by %s marks the person %j with %j, and nothing for missing values', (keys, personDigests, digests) => {
    expect(listDigests(keys, personDigests)).toEqual(digests)
  })

  it('marks for the days of the window, in the scope of a school or source', () => {
    expect(createDedupeMarkers({ keys: 'email', windowDays: 90 }, 'alder', person)).toEqual([
      { scope: 'alder', digest: 'e', days: 90 },
    ])
    expect(createDedupeMarkers({ keys: 'email', windowDays: 7 }, toSourceScope('blog'), person)).toEqual([
      { scope: 'source#blog', digest: 'e', days: 7 },
    ])
  })
})

it('the scope of a source cannot be a school id', () => {
  expect(toSourceScope('alder')).toContain('#')
})

it('a school refuses duplicates for 30 days by default, and a source accepts them', () => {
  expect(school.parse({ name: 'Alder', timeZone: 'UTC' }).duplicates).toEqual({ keys: 'any', windowDays: 30 })
  expect(source.parse({ name: 'Blog', mode: 'live' }).duplicates).toMatchObject({ keys: 'none' })
})

it.each([{ keys: 'name' }, { keys: 'any', windowDays: 0 }, { keys: 'any', windowDays: 731 }, { windowDays: 3 }])(
  'rejects the setting %j',
  (wrong) => {
    expect(duplicates.safeParse(wrong).success).toBe(false)
  },
)
