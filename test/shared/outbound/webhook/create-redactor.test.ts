import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { createRedactor, listPersonalValues } from '#shared/outbound/webhook/create-redactor.ts'
import '#test/builders/seeded.ts'

const event = {
  ...fullSampleLead,
  data: {
    ...fullSampleLead.data,
    contact: {
      firstName: 'Zoë',
      lastName: "O'Neil <Jr>",
      email: 'zoe.oneil@mail.example',
      phone: '+15127891111',
      zip: '78701',
      state: 'TX',
    },
    gpa: 3.41,
    consent: { ...fullSampleLead.data.consent, ip: '192.0.2.7', userAgent: 'Lynx/2.9 (X11)' },
    page: { url: 'https://page.example/form?a=1&b=2', referrer: 'https://search.example/' },
    subIds: { sub1: 'banner-9' },
    utm: { source: 'newsletter' },
    answers: { why: 'I want "more" & better', gpa: 3.75, nurse: true, days: ['monday', 'friday'] },
  },
}
const values = listPersonalValues(event)

describe('a response that repeats personal data', () => {
  it.each([
    'Thanks, Zoë!',
    'ZOË',
    'zoe.oneil@mail.example',
    'Zoe.Oneil@MAIL.example',
    '{"email":"zoe.oneil@mail.example"}',
    'email=zoe.oneil%40mail.example&x=1',
    '+15127891111',
    '5127891111',
    '(512) 789-1111',
    '512-789-1111',
    '512.789.1111',
    '1-512-789-1111',
    '%2B15127891111',
    "O'Neil <Jr>",
    'O&#39;Neil &lt;Jr&gt;',
    'O&apos;Neil &lt;Jr&gt;',
    'O%27Neil%20%3CJr%3E',
    'Zo\\u00eb',
    '<first>Zoë</first>',
    'I want \\"more\\" & better',
    'I want &quot;more&quot; &amp; better',
    'first_name=Zo%C3%AB',
    '78701',
    'on Monday',
    'GPA 3.41 is low',
    'from 192.0.2.7',
    'agent=Lynx%2F2.9+%28X11%29',
    '{"url":"https://page.example/form?a=1&b=2"}',
    'came from https://search.example/',
    'sub=banner-9',
  ])('redacts all personal data from %s', (answer) => {
    const redacted = createRedactor(values)(answer).toLowerCase()
    expect(redacted).toContain('[redacted]')
    const parts = ['zo', 'neil', '5127891111', '512-', '789-1111', '1111', '78701', 'more', 'monday', 'jr']
    for (const part of [...parts, '3.41', '192.0', 'lynx', 'form', 'search', 'banner'])
      expect(redacted).not.toContain(part)
  })

  it.each([
    ['plain', (text: string) => text],
    ['in JSON', (text: string) => JSON.stringify({ name: text })],
    [
      'in ASCII JSON',
      (text: string) => text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['in a URL', encodeURIComponent],
  ])('redacts a name in another Unicode form than the one that was sent: %s', (_, escapeName) => {
    fc.assert(
      fc.property(
        fc.constantFrom('Zoë', 'Ånström', 'Nguyễn', 'Dvořák'),
        fc.constantFrom('NFC', 'NFD'),
        fc.constantFrom('NFC', 'NFD'),
        (name, sentForm, echoedForm) => {
          const redact = createRedactor([name.normalize(sentForm)])
          const answer = escapeName(name.normalize(echoedForm))
          expect(redact(`Thanks, ${answer}!`)).not.toContain(name.slice(0, 2))
          expect(redact(`Thanks, ${answer}!`)).toContain('[redacted]')
        },
      ),
    )
  })

  it('returns the rest of a response in NFC', () => {
    expect(createRedactor(['Ada'])('Ada, déjà vu'.normalize('NFD'))).toBe('[redacted], déjà vu'.normalize('NFC'))
  })

  it.each([
    'Accepted.',
    'campaign newsletter',
    'Failed e-mail validation',
    '{"outcome":"failure","reason":"Too far away"}',
    'lead_id 217770178701333',
    'Zoëlle is another name, and mondayish no day',
  ])('leaves %s unchanged, because it repeats no personal data', (answer) => {
    expect(createRedactor(values)(answer)).toBe(answer)
  })
})

it('does not redact a name of two letters', () => {
  expect(createRedactor(['I', 'on', 'Oh'])('I am not on the way to Ohio')).toBe('I am not on the way to Ohio')
})

it('redacts any value that a visitor may enter', () => {
  const visitorText = fc
    .string({ unit: 'grapheme', minLength: 3 })
    .filter((text) => text.trim() === text && text.length >= 3)
  fc.assert(
    fc.property(visitorText, (text) => {
      for (const answer of [text, JSON.stringify({ text }), `text=${encodeURIComponent(text.toWellFormed())}`])
        expect(createRedactor([text])(answer)).not.toBe(answer)
    }),
  )
})
