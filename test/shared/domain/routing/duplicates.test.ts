import { describe, expect, it } from 'vitest'
import { source } from '#shared/domain/capture/source.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { duplicates, guardsOf, scopeOfSource } from '#shared/domain/routing/duplicates.ts'

const person = { email: 'e', phone: 'p', both: 'ep' }
const digestsOf = (keys: 'any' | 'email' | 'phone' | 'both' | 'none', of: Parameters<typeof guardsOf>[2] = person) =>
  guardsOf({ keys, windowDays: 30 }, 'alder', of).map(({ digest }) => digest)

describe('a person is recognised', () => {
  it.each([
    ['any', ['e', 'p']],
    ['email', ['e']],
    ['phone', ['p']],
    ['both', ['ep']],
    ['none', []],
  ] as const)('by %s: %j', (keys, digests) => {
    expect(digestsOf(keys)).toEqual(digests)
  })

  it.each([
    ['any', { email: 'e' }, ['e']],
    ['any', { phone: 'p' }, ['p']],
    ['email', { phone: 'p' }, []],
    ['phone', { email: 'e' }, []],
    ['both', { email: 'e', phone: 'p' }, []],
    ['any', {}, []],
    ['any', { email: '', phone: '' }, []],
  ] as const)('by %s of %j alone: %j; what is absent matches nobody', (keys, of, digests) => {
    expect(digestsOf(keys, of)).toEqual(digests)
  })

  it('within the days of the window, by one school or by one source', () => {
    expect(guardsOf({ keys: 'email', windowDays: 90 }, 'alder', person)).toEqual([
      { scope: 'alder', digest: 'e', days: 90 },
    ])
    expect(guardsOf({ keys: 'email', windowDays: 7 }, scopeOfSource('blog'), person)).toEqual([
      { scope: 'source#blog', digest: 'e', days: 7 },
    ])
  })
})

it('no school can be named so that its guards are those of a source', () => {
  expect(scopeOfSource('alder')).toContain('#')
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
