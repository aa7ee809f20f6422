import { describe, expect, it } from 'vitest'
import { requestShape } from '#shared/domain/delivery/request-shape.ts'

const json = { format: 'json', fields: { a: '{{ leadId }}' } }
const nest = (levels: number): unknown => (levels === 0 ? 'x' : { a: nest(levels - 1) })

it.each([
  ['JSON with every kind of value', { ...json, fields: { a: { b: ['{{ leadId }}', 1, true, null, { c: 'x' }] } } }],
  ['a flat form', { format: 'form', method: 'PUT', fields: { 'lead[first name]': 'x', n: 1 } }],
  [
    'XML with attributes, text and namespaces',
    {
      format: 'xml',
      root: 'soap:Envelope',
      fields: { '@xmlns:soap': 'urn:x', 'soap:Body': { b: [1, 2], '#text': 'x' } },
    },
  ],
  ['headers, one with a secret', { ...json, headers: { 'X-Api-Key': { secret: 'apiKey' }, api_user: 'me' } }],
  ['another content type', { ...json, headers: { 'Content-Type': 'text/xml; charset=utf-8' } }],
  ['a tree of the maximum depth', { ...json, fields: nest(8) }],
])('accepts %s', (_, shape) => {
  expect(requestShape.safeParse(shape).error?.issues).toBeUndefined()
})

it('uses POST by default', () => {
  expect(requestShape.parse(json).method).toBe('POST')
})

describe('an invalid request shape', () => {
  const forbidden = [
    'Host',
    'content-length',
    'Transfer-Encoding',
    'connection',
    'webhook-id',
    'Webhook-Signature',
    'Expect',
  ]
  it.each(forbidden)('rejects the header %s', (name) => {
    expect(findFaultPaths({ ...json, headers: { [name]: 'x' } })).toEqual([`headers.${name}`])
  })

  it.each([
    ['an invalid header name', { ...json, headers: { 'a: b\r\nc': 'x' } }, 'headers.a: b\r\nc'],
    ['the same header twice', { ...json, headers: { 'X-a': '1', 'x-A': '2' } }, 'headers.X-a'],
    [
      'a content type from a template',
      { ...json, headers: { 'content-type': '{{ leadId }}' } },
      'headers.content-type',
    ],
    ['no fields', { ...json, fields: {} }, 'fields'],
    ['a tree that is too deep', { ...json, fields: nest(9) }, 'fields.a.a.a.a.a.a.a.a.a'],
    ['too many leaves', { ...json, fields: { a: Array(50).fill([1, 2, 3, 4, 5]) } }, 'fields'],
    ['a template that is too long', { ...json, fields: { a: 'x'.repeat(2001) } }, 'fields.a'],
    ['a form that is not flat', { format: 'form', fields: { a: { b: 1 } } }, 'fields.a'],
    ['XML without a root', { format: 'xml', fields: { a: 1 } }, 'root'],
    ['an invalid root name', { format: 'xml', root: 'a b', fields: { a: 1 } }, 'root'],
    ['a root for JSON', { ...json, root: 'a' }, 'root'],
    ['an invalid element name', { format: 'xml', root: 'r', fields: { 'a><b': 1 } }, 'fields.a><b'],
    ['a processing instruction', { format: 'xml', root: 'r', fields: { '?xml': 1 } }, 'fields.?xml'],
    ['an attribute with two values', { format: 'xml', root: 'r', fields: { '@a': [1, 2] } }, 'fields.@a'],
    ['a list within a list', { format: 'xml', root: 'r', fields: { a: [[1]] } }, 'fields.a.0'],
  ])('rejects %s', (_, shape, field) => {
    expect(findFaultPaths(shape)).toContain(field)
  })
})

function findFaultPaths(shape: unknown): string[] {
  return (requestShape.safeParse(shape).error?.issues ?? []).map(({ path }) => path.join('.'))
}
