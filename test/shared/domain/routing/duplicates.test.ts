import { describe, expect, it } from 'vitest'
import { source } from '#shared/domain/capture/source.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { createDedupeMarkers, duplicates, toSourceScope } from '#shared/domain/routing/duplicates.ts'

const person = { email: 'e', phone: 'p', both: 'ep' }
const listDigests = (
  keys: 'any' | 'email' | 'phone' | 'both' | 'none',
  personDigests: Parameters<typeof createDedupeMarkers>[2] = person,
) => createDedupeMarkers({ keys, windowDays: 30 }, 'alder', personDigests).map(({ digest }) => digest)

describe('a person is recognised', () => {
  it.each([
    ['any', ['e', 'p']],
    ['email', ['e']],
    ['phone', ['p']],
    ['both', ['ep']],
    ['none', []],
  ] as const)('by %s: %j', (keys, digests) => {
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
  ] as const)('by %s of %j alone: %j; what is absent matches nobody', (keys, personDigests, digests) => {
    expect(listDigests(keys, personDigests)).toEqual(digests)
  })

  it('within the days of the window, by one school or by one source', () => {
    expect(createDedupeMarkers({ keys: 'email', windowDays: 90 }, 'alder', person)).toEqual([
      { scope: 'alder', digest: 'e', days: 90 },
    ])
    expect(createDedupeMarkers({ keys: 'email', windowDays: 7 }, toSourceScope('blog'), person)).toEqual([
      { scope: 'source#blog', digest: 'e', days: 7 },
    ])
  })
})

it('no school can be named so that its guards are those of a source', () => {
  expect(toSourceScope('alder')).toContain('#')
})

it('unless told otherwise, a school minds duplicates for 30 days and a source does not', () => {
  expect(school.parse({ name: 'Alder', timeZone: 'UTC' }).duplicates).toEqual({ keys: 'any', windowDays: 30 })
  expect(source.parse({ name: 'Blog', mode: 'live' }).duplicates).toMatchObject({ keys: 'none' })
})

it.each([{ keys: 'name' }, { keys: 'any', windowDays: 0 }, { keys: 'any', windowDays: 731 }, { windowDays: 3 }])(
  '%j is refused',
  (wrong) => {
    expect(duplicates.safeParse(wrong).success).toBe(false)
  },
)
