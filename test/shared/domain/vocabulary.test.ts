import { describe, expect, it } from 'vitest'
import { cents, instant, recordId, singleLine, slug, text, timeZone, url, zip } from '#shared/domain/vocabulary.ts'

describe('text that is shown to others', () => {
  it.each([
    ['NUL', '\u0000'],
    ['escape', '\u001b'],
    ['delete', '\u007f'],
    ['a C1 control', '\u0085'],
    ['override right to left', '\u202e'],
    ['embedding', '\u202a'],
    ['isolate', '\u2067'],
    ['left-to-right mark', '\u200e'],
    ['right-to-left mark', '\u200f'],
    ['Arabic letter mark', '\u061c'],
    ['half a character', '\ud800'],
  ])('holds no %s', (_, hostile) => {
    expect(singleLine(20).safeParse(`ab${hostile}cd`).success).toBe(false)
    expect(text(20).safeParse(`ab${hostile}cd`).success).toBe(false)
  })

  it.each(['Søren', 'O’Neil-Núñez', '李小龍', 'فاطمة', '👩‍🎓', 'नेहा'])('may be %s', (name) => {
    expect(singleLine(40).parse(name)).toBe(name)
  })

  it('on one line has no line break of any kind; in a text it may break and indent', () => {
    for (const lineBreak of ['a\nb', 'a\rb', 'a\tb', 'a\u2028b', 'a\u2029b'])
      expect(singleLine(9).safeParse(lineBreak).success).toBe(false)
    expect(text(9).parse('a\n\tb')).toBe('a\n\tb')
  })

  it('is trimmed, and is something', () => {
    expect(singleLine(9).parse('  Ada ')).toBe('Ada')
    for (const empty of ['', '   ', '\u00a0']) expect(singleLine(9).safeParse(empty).success).toBe(false)
  })

  it('is no longer than it may be', () => {
    expect(singleLine(3).safeParse('abc').success).toBe(true)
    expect(singleLine(3).safeParse('abcd').success).toBe(false)
  })
})

describe('a time zone', () => {
  it.each(['America/Chicago', 'America/St_Johns', 'America/Argentina/Buenos_Aires', 'UTC'])('may be %s', (zone) => {
    expect(timeZone.safeParse(zone).success).toBe(true)
  })

  it.each([
    '',
    'EST',
    '+05:00',
    'Mars/Olympus',
    '../etc/passwd',
    'America/Chicago\u0000',
    'America/Chicago ',
    'America/',
  ])('may not be %j', (zone) => {
    expect(timeZone.safeParse(zone).success).toBe(false)
  })
})

it('a ZIP code is five digits, of which more are cut off', () => {
  expect(zip.parse('78701-1234')).toBe('78701')
  for (const bad of ['7870', '787011', '78701-', 'SW1A 1AA', '７８７０１', ' 78701'])
    expect(zip.safeParse(bad).success).toBe(false)
})

it('an id that staff chose cannot leave its place in a key or an address', () => {
  for (const good of ['a', 'alder-online', 'A.b_c-9', 'x'.repeat(64)])
    expect(recordId.safeParse(good).success).toBe(true)
  for (const bad of ['', '.', '..', 'a/b', 'a#b', 'a b', 'a\n', '-a', 'x'.repeat(65), 'é'])
    expect(recordId.safeParse(bad).success).toBe(false)
})

it('a slug is lower-case words joined by hyphens', () => {
  expect(slug.safeParse('health-record-technician').success).toBe(true)
  for (const bad of ['', '-a', 'a-', 'a--b', 'A', 'a_b', 'a\n']) expect(slug.safeParse(bad).success).toBe(false)
})

it('an instant is in UTC, and exists', () => {
  expect(instant.safeParse('2028-02-29T23:59:59.999Z').success).toBe(true)
  for (const bad of ['2026-02-29T00:00:00Z', '2026-11-23T15:04:05+01:00', '2026-11-23', '2026-11-23T24:00:00Z'])
    expect(instant.safeParse(bad).success).toBe(false)
})

it('a URL is of the web', () => {
  expect(url.safeParse('https://school.example/leads?a=1').success).toBe(true)
  for (const bad of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ftp://school.example',
    '//school.example',
    'school.example',
  ])
    expect(url.safeParse(bad).success).toBe(false)
})

it('money is whole cents, and no debt', () => {
  expect(cents.safeParse(4000).success).toBe(true)
  for (const bad of [-1, 0.5, Number.NaN, 1e12, '40']) expect(cents.safeParse(bad).success).toBe(false)
})
