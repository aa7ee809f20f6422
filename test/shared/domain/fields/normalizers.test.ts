import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizeIp, normalizeUserAgent } from '#shared/domain/capture/clean-context.ts'
import { cleanLine, cleanLines, cleanToken, cutText, hasVisibleLetter } from '#shared/domain/fields/clean-text.ts'
import { maxUrlLength, normalizeContextUrl } from '#shared/domain/fields/context-url.ts'
import { normalizeEmail, normalizeMailbox } from '#shared/domain/fields/email.ts'
import { normalizeInstant } from '#shared/domain/fields/instant.ts'
import { maxLabelLength, normalizeLabel } from '#shared/domain/fields/labels.ts'
import { emailInput, personName, phoneInput } from '#shared/domain/fields/person-fields.ts'
import { normalizePhone } from '#shared/domain/fields/phone.ts'
import { normalizeState } from '#shared/domain/fields/state-names.ts'
import { normalizeZip } from '#shared/domain/fields/zip.ts'
import { singleLine, states } from '#shared/domain/vocabulary.ts'
import '#test/builders/seeded.ts'

const parseOrNothing = (schema: { safeParse: (value: string) => { data?: string | undefined } }) => (value: string) =>
  schema.safeParse(value).data

const normalizers: { [kind: string]: (value: string) => string | undefined } = {
  'a name': parseOrNothing(personName),
  'an email address': normalizeEmail,
  'a mailbox': normalizeMailbox,
  'the input of an email address': parseOrNothing(emailInput),
  'a phone number': normalizePhone,
  'the input of a phone number': parseOrNothing(phoneInput),
  'a ZIP code': normalizeZip,
  'an instant': normalizeInstant,
  'an IP address': normalizeIp,
  'a label': normalizeLabel,
  'the address of a page': normalizeContextUrl,
  'a browser': normalizeUserAgent,
  'a state': normalizeState,
  'a line of text': parseOrNothing(singleLine(100)),
}

// What the rule says, in other words than the code: only a character that leaves a mark, or joins two that do, may stay.
const marks = /[\p{L}\p{N}\p{P}\p{S}\p{M}\p{Co}\p{Cn}]/u
const unseen = [
  '\u200b',
  '\u200e',
  '\u202e',
  '\u2067',
  '\u00ad',
  '\ufeff',
  '\u3164',
  '\u2800',
  '\u{e0041}',
  '\ufe0f',
  '\u0000',
  '\ud83c',
]
const dirt = fc.constantFrom(...unseen, ' ', '\u00a0', '\n', '\t', '\u2028')
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.oneof(dirt, fc.string({ unit: 'grapheme-composite', maxLength: 3 })), { maxLength: 30 })
    .map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom('e\u0301', '🎓', 'a', '\u200d', '%F0%9F%8E%93'), minLength: 150, maxLength: 2500 }),
)
const realistic = fc.oneof(
  fc.emailAddress(),
  fc.webUrl(),
  fc.ipV4(),
  fc.ipV6(),
  fc
    .date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2090-01-01') })
    .map((date) => date.toISOString()),
  fc.stringMatching(/^\(?[2-9]\d{2}\)?[ -]?[2-9]\d{2}[ -]?\d{4}$/),
  fc.stringMatching(/^\d{5}([ -]?\d{4})?$/),
)
const inputs = fc.oneof(
  anyText,
  realistic,
  fc.tuple(dirt, realistic, dirt).map((parts) => parts.join('')),
)

describe.each(Object.entries(normalizers))('the normalizer of %s', (_, normalize) => {
  it('leaves what it normalized as it is', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const output = normalize(input)
        if (output !== undefined) expect(normalize(output)).toBe(output)
      }),
    )
  })

  it('never returns what nobody sees, half of a character, or text that is not composed', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const output = normalize(input)
        // Text that fits no normalizer of tokens is returned as it came, for its schema to refuse.
        if (output === undefined || output === input || output === '') return
        expect(output).toMatch(marks)
        expect(output.isWellFormed()).toBe(true)
        expect(output.normalize('NFC')).toBe(output)
      }),
    )
  })
})

it.each(unseen)('%j around a value changes nothing', (mark) => {
  const around = (value: string) => `${mark}${value}${mark}`
  expect(personName.parse(around('José'))).toBe('José')
  expect(normalizeEmail(around('ada@mail.example'))).toBe('ada@mail.example')
  expect(normalizePhone(around('(512) 789-1111'))).toBe('+15127891111')
  expect(normalizeZip(around('78701-1234'))).toBe('78701')
  expect(normalizeIp(around('203.0.113.5:443'))).toBe('203.0.113.5')
  expect(normalizeContextUrl(around('https://careers.example/'))).toBe('https://careers.example/')
  expect(normalizeLabel(around('fall'))).toBe('fall')
})

it.each([...unseen, ' ', '\u200b\u200d\ufe0f'])('a name of %j alone is none', (blank) => {
  expect(personName.safeParse(blank).success).toBe(false)
  expect(personName.safeParse(`${blank}-${blank}`).success).toBe(false)
  expect(hasVisibleLetter(blank)).toBe(false)
})

it.each(['Søren', 'O’Neil-Núñez', '李小龍', 'فاطمة', 'نی‌ما', 'नेहा', 'X', 'ʻAnela', '葛󠄀城'])(
  '%s is a name as it is',
  (name) => {
    expect(personName.parse(name)).toBe(name)
  },
)

it('every address that the URL parser reads is kept, unless it would run code', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      expect(normalizeContextUrl(url)).toBe(url)
    }),
  )
  for (const url of [
    'android-app://com.google.android.gm/',
    'about:srcdoc',
    'https://bücher.example/',
    'http://localhost:3000/a b',
  ])
    expect(normalizeContextUrl(url)).toBe(url)
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'nullsrcdoc', '', '//'])
    expect(normalizeContextUrl(url)).toBeUndefined()
})

it('every mailbox of RFC 5321 without quotes is kept, at an international domain too', () => {
  const atoms = fc.array(fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/), { minLength: 1, maxLength: 3 })
  const domains = fc.constantFrom(
    'mail.example',
    'a-b.co.uk',
    'xn--bcher-kva.example',
    'bücher.example',
    '例え.テスト',
    'x.museum',
  )
  fc.assert(
    fc.property(atoms, domains, (parts, domain) => {
      const address = `${parts.join('.')}@${domain}`
      expect(normalizeMailbox(address)).toBe(`${parts.join('.')}@${new URL(`http://${domain}`).hostname}`)
    }),
  )
})

it('every IP address is read, with what servers write around it', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 1, max: 65_535 }), (ip, port) => {
      expect(normalizeIp(`${ip}:${port}`)).toBe(ip)
      expect(normalizeIp(`${ip}, 10.0.0.1`)).toBe(ip)
    }),
  )
  for (const spelling of ['2001:db8::1', '[2001:db8::1]', '[2001:db8::1]:443', '"[2001:db8::1]:443"', '2001:DB8::1'])
    expect(normalizeIp(spelling)).toBe('2001:db8::1')
  expect(normalizeIp('For="[2001:db8::1]:443";proto=https, for=10.0.0.1')).toBe('2001:db8::1')
  expect(normalizeIp('proto=https;by=10.0.0.1;for="203.0.113.5:443", for=10.0.0.2')).toBe('203.0.113.5')
  expect(normalizeIp('::ffff:203.0.113.5')).toBe('203.0.113.5')
  expect(normalizeIp('unknown')).toBeUndefined()
})

it('text is cut where a character ends', () => {
  expect(cutText(`${'a'.repeat(199)}🎓`, 200)).toBe('a'.repeat(199))
  expect(cutText(`${'a'.repeat(198)}👩‍🎓`, 200)).toBe('a'.repeat(198))
  expect(cutText('👩‍👩‍👧‍👦', 4)).toBe('👩‍')
  expect(normalizeLabel(`${'a'.repeat(199)}🎓`)).toHaveLength(199)
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 300 }), (text, maxLength) => {
      const cut = cutText(text, maxLength)
      expect(cut.length).toBeLessThanOrEqual(maxLength)
      expect(text.startsWith(cut)).toBe(true)
      if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true)
    }),
  )
})

it('no context is longer than it may be', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(normalizeLabel(text)?.length ?? 0).toBeLessThanOrEqual(maxLabelLength)
      expect(normalizeContextUrl(`https://careers.example/?a=${text}`)?.length ?? 0).toBeLessThanOrEqual(maxUrlLength)
    }),
  )
})

it('lines keep their breaks, and a token keeps no character that could start another line', () => {
  expect(cleanLines('a\r\n\tb\u0000')).toBe('a\r\n\tb')
  expect(cleanLine('a\r\n\tb')).toBe('a b')
  expect(cleanToken('\u202aa\u202c\n')).toBe('a')
})

it.each([
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['2016-12-31T18:59:60.9-05:00', '2017-01-01T00:00:00.000Z'],
  ['2026-11-23T15:04Z', '2026-11-23T15:04:00.000Z'],
  ['2026-11-23 15:04:05 +0000 UTC', '2026-11-23T15:04:05.000Z'],
  ['2026-11-23T15:04:05.123456789Z[UTC]', '2026-11-23T15:04:05.123Z'],
  ['2026-11-23T10:04:05\u221205:00', '2026-11-23T15:04:05.000Z'],
])('the instant %s is %s', (written, expected) => {
  expect(normalizeInstant(written)).toBe(expected)
})

it.each(['2026-11-23T15:04:60Z', '2026-11-23T15:04:05', '2026-02-29T00:00Z', '2026-11-23', '2026-11-23T15:04:05 CET'])(
  '%s is no instant, and stays as it is',
  (written) => {
    expect(normalizeInstant(written)).toBe(written)
  },
)

it.each([
  ['78701-', '78701'],
  ["'78701", '78701'],
  ['78701 TX', '78701'],
  ['US-78701', '78701'],
  ['ZIP: 00501', '00501'],
  ['٧٨٧٠١', '78701'],
  ['۷۸۷۰۱', '78701'],
  ['78701–12', '78701–12'],
  ['787 01', '787 01'],
  ['7870112', '7870112'],
  ['501', '501'],
  ['SW1A 1AA', 'SW1A 1AA'],
  ['787O1', '787O1'],
  ['78701 78702', '78701 78702'],
  ['Austin 78701', 'Austin 78701'],
])('the ZIP code %s is read as %s', (written, expected) => {
  expect(normalizeZip(written)).toBe(expected)
})

it.each([
  ['new york', 'NY'],
  ['D.C.', 'DC'],
  ['Washington DC', 'DC'],
  ['Washington', 'WA'],
  ['Puerto Rico', 'PR'],
  ['U.S. Virgin Islands', 'VI'],
  ['Téxas', 'TX'],
  ['Ontario', 'ONTARIO'],
  ['constructor', 'CONSTRUCTOR'],
])('the state %s is read as %s', (written, expected) => {
  expect(normalizeState(written)).toBe(expected)
})

it('every state has a name, except the three kinds of military mail', () => {
  const named = readFileSync('shared/domain/fields/state-names.ts', 'utf8').match(/(?<=: ')[A-Z]{2}(?=')/g)
  expect(states.filter((code) => !named?.includes(code))).toEqual(['AA', 'AE', 'AP'])
})

it.each([
  [['https://careers.example/', 'https://other.example/'], 'https://careers.example/'],
  ['bücher.example/kurse', 'https://bücher.example/kurse'],
  ['https://ada:secret@careers.example/a@b', 'https://careers.example/a@b'],
  ['https://a@b@careers.example?c=@', 'https://careers.example?c=@'],
  ['https://careers.example/?q=ada:x@mail.example', 'https://careers.example/?q=ada:x@mail.example'],
])('the address of a page is found in %j', (written, expected) => {
  expect(normalizeContextUrl(written)).toBe(expected)
})

it.each([
  [', 203.0.113.5, 10.0.0.1'],
  ['proto=https;for=203.0.113.5'],
  ['203.0.113.5/32'],
  [['203.0.113.5', '10.0.0.1']],
])('the address of a visitor is found in %j', (written) => {
  expect(normalizeIp(written)).toBe('203.0.113.5')
})

it.each(['203.0.113.0/24', 'proto=https', 'by=203.0.113.5', 'unknown, 203.0.113.5', '2001:db8::/32'])(
  'no address of a visitor is found in %j',
  (written) => {
    expect(normalizeIp(written)).toBeUndefined()
  },
)

it('a label or a browser that is sent twice is the first', () => {
  expect(normalizeLabel([null, 'fall', 'spring'])).toBe('fall')
  expect(normalizeUserAgent(['Browser/1', 'Browser/2'])).toBe('Browser/1')
})
