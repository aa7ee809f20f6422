import * as fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { anEvent, shapeEvent } from '#test/builders/shape-event.ts'
import '#test/builders/seeded.ts'

const attacks = [
  ...['</first><admin>1</admin>', ']]>', '<![CDATA[', '&lt;', '&amp;', '"/>', '" onload="x', '<!DOCTYPE a>', '<?x?>'],
  ...['","admin":true,"x":"', '\\', '\u2028', '\0', '&admin=1', '%26admin%3D1', '+', 'a=b', ';'],
  ...[
    '\r\nx-admin: 1',
    '\n',
    '\r',
    '{{ contact.email }}',
    '{% raw %}',
    '{{',
    '%}',
    '\uD800',
    '💛',
    'é',
    '__proto__',
    ' ',
  ],
]
const visitorText = fc
  .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary', maxLength: 10 })), { maxLength: 6 })
  .map((parts) => parts.join(''))
const leadArbitrary = fc.record({ first: visitorText, last: visitorText, answer: visitorText }).map(createLead)

const fields = {
  first: '{{ contact.firstName }}',
  both: '{{ contact.firstName }}|{{ contact.lastName }}',
  q: '{{ answers.q }}',
}
const headers = { 'x-first': '{{ contact.firstName }}', 'x-both': '{{ contact.lastName }} {{ answers.q }}' }

describe('any text of a visitor', () => {
  it('is read back from JSON unchanged and adds no field', async () => {
    await assertProperty(async ({ first, last, answer, event }) => {
      const { body } = await shapeEvent({ format: 'json', fields }, event)
      expect(JSON.parse(body)).toEqual({ first, both: `${first}|${last}`, q: answer })
    })
  })

  it('is read back from a form unchanged and adds no field', async () => {
    await assertProperty(async ({ first, last, answer, event }) => {
      const { body } = await shapeEvent({ format: 'form', fields }, event)
      const expected = { first, both: `${first}|${last}`, q: answer }
      expect([...new URLSearchParams(body)]).toEqual(
        Object.entries(expected).map(([name, value]) => [name, value.toWellFormed()]),
      )
    })
  })

  it('is read back from XML as far as XML can hold it, and adds no element', async () => {
    await assertProperty(async ({ first, last, answer, event }) => {
      const shape = { format: 'xml', root: 'lead', fields: { ...fields, '@who': fields.first } } as const
      const { body } = await shapeEvent(shape, event)
      expect(parser.parse(body)).toEqual({
        lead: {
          first: toXmlText(first),
          both: toXmlText(`${first}|${last}`),
          q: toXmlText(answer),
          '@who': toXmlText(first).replace(/\s/g, ' '),
        },
      })
    })
  })

  it('cannot start a header or put an invalid character into one', async () => {
    await assertProperty(async ({ event }) => {
      const request = await shapeEvent({ format: 'json', fields, headers }, event)
      expect(
        Object.keys(request.headers).filter((name) => !['content-type', 'x-first', 'x-both'].includes(name)),
      ).toEqual([])
      for (const value of Object.values(request.headers)) expect(value).toMatch(/^[!-~]([ -~]*[!-~])?$/)
      expect(() => new Headers(request.headers)).not.toThrow()
    })
  })

  it('detects: unescaped text adds an XML element', () => {
    const pastedXml = `<lead><first>${attacks[0]}</first></lead>`
    expect(Object.keys(z.object({ lead: z.looseObject({}) }).parse(parser.parse(pastedXml)).lead)).toContain('admin')
  })
})

/** The part of a text that XML 1.0 can hold (https://www.w3.org/TR/xml/#charsets), with normalized line breaks. */
function toXmlText(text: string): string {
  const points = [...text.toWellFormed().replaceAll('\r\n', '\n').replaceAll('\r', '\n')]
  return points.filter((point) => /[\t\n]/.test(point) || isXmlCharacter(point.codePointAt(0) ?? 0)).join('')
}

function isXmlCharacter(code: number): boolean {
  return (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000
}

type Lead = ReturnType<typeof createLead>

function createLead({ first, last, answer }: { first: string; last: string; answer: string }) {
  return {
    first,
    last,
    answer,
    event: anEvent({ contact: { firstName: first, lastName: last }, answers: { q: answer } }),
  }
}

function assertProperty(check: (lead: Lead) => Promise<void>) {
  return fc.assert(fc.asyncProperty(leadArbitrary, check), { numRuns: 300 })
}

const parser = new XMLParser({
  attributeNamePrefix: '@',
  htmlEntities: true,
  ignoreAttributes: false,
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: false,
})
