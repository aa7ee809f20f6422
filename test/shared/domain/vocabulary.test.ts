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

  it('is composed (NFC), and has nothing invisible at its ends', () => {
    expect(singleLine(9).parse('\u202aJose\u0301\u202c\ufeff')).toBe('José')
    expect(text(9).parse('Jose\u0301\n')).toBe('José')
    for (const blank of ['\u200b', '\u3164', '\u2800', '\u00ad', '\u{e0041}'])
      expect(singleLine(9).safeParse(blank).success).toBe(false)
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

it('a ZIP code is five digits in any spelling, of which more are cut off', () => {
  for (const good of [
    '78701-1234',
    '787011234',
    '78701 1234',
    '78701–1234',
    ' 78701',
    '78701-',
    '\u200e78701',
    '７８７０１',
  ])
    expect(zip.parse(good)).toBe('78701')
  for (const bad of ['7870', '787011', '78701-123', 'SW1A 1AA', '787 01'])
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

it.each([
  ['2028-02-29T23:59:59.999Z', '2028-02-29T23:59:59.999Z'],
  ['2026-11-23T15:04:05Z', '2026-11-23T15:04:05.000Z'],
  ['2026-11-23T15:04:05+00:00', '2026-11-23T15:04:05.000Z'],
  ['2026-11-23T15:04:05.123456-05:00', '2026-11-23T20:04:05.123Z'],
  ['2026-11-23T15:04:05 00:00', '2026-11-23T15:04:05.000Z'],
  ['2026-11-23 15:04:05+0530', '2026-11-23T09:34:05.000Z'],
  ['2026-01-01T00:30:00+01', '2025-12-31T23:30:00.000Z'],
])('an instant may have any offset: %s is kept as %s', (input, expected) => {
  expect(instant.parse(input)).toBe(expected)
})

it('an instant has an offset, and exists', () => {
  for (const bad of [
    '2026-02-29T00:00:00Z',
    '2026-02-29T00:00:00+01:00',
    '2026-11-23',
    '2026-11-23T15:04:05',
    '2026-11-23T24:00:00Z',
  ])
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
