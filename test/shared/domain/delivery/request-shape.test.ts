import { describe, expect, it } from 'vitest'
import { requestShape } from '#shared/domain/delivery/request-shape.ts'

const json = { format: 'json', fields: { a: '{{ leadId }}' } }
const nest = (levels: number): unknown => (levels === 0 ? 'x' : { a: nest(levels - 1) })

it.each([
  ['JSON with a tree of all kinds', { ...json, fields: { a: { b: ['{{ leadId }}', 1, true, null, { c: 'x' }] } } }],
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
  ['a content type of its own', { ...json, headers: { 'Content-Type': 'text/xml; charset=utf-8' } }],
  ['a tree as deep as it may be', { ...json, fields: nest(8) }],
])('%s is taken', (_, shape) => {
  expect(requestShape.safeParse(shape).error?.issues).toBeUndefined()
})

it('posts where nothing else is said', () => {
  expect(requestShape.parse(json).method).toBe('POST')
})

describe('refused at the field', () => {
  const forbidden = [
    'Host',
    'content-length',
    'Transfer-Encoding',
    'connection',
    'webhook-id',
    'Webhook-Signature',
    'Expect',
  ]
  it.each(forbidden)('the header %s', (name) => {
    expect(findFaultPaths({ ...json, headers: { [name]: 'x' } })).toEqual([`headers.${name}`])
  })

  it.each([
    ['a header that is no name', { ...json, headers: { 'a: b\r\nc': 'x' } }, 'headers.a: b\r\nc'],
    ['a header twice', { ...json, headers: { 'X-a': '1', 'x-A': '2' } }, 'headers.X-a'],
    [
      'a content type that a lead decides',
      { ...json, headers: { 'content-type': '{{ leadId }}' } },
      'headers.content-type',
    ],
    ['no field', { ...json, fields: {} }, 'fields'],
    ['too deep a tree', { ...json, fields: nest(9) }, 'fields.a.a.a.a.a.a.a.a.a'],
    ['too many leaves', { ...json, fields: { a: Array(50).fill([1, 2, 3, 4, 5]) } }, 'fields'],
    ['too long a template', { ...json, fields: { a: 'x'.repeat(2001) } }, 'fields.a'],
    ['a form that is not flat', { format: 'form', fields: { a: { b: 1 } } }, 'fields.a'],
    ['XML without a root', { format: 'xml', fields: { a: 1 } }, 'root'],
    ['a root that is no name', { format: 'xml', root: 'a b', fields: { a: 1 } }, 'root'],
    ['a root without XML', { ...json, root: 'a' }, 'root'],
    ['an element that is no name', { format: 'xml', root: 'r', fields: { 'a><b': 1 } }, 'fields.a><b'],
    ['an instruction', { format: 'xml', root: 'r', fields: { '?xml': 1 } }, 'fields.?xml'],
    ['an attribute of two values', { format: 'xml', root: 'r', fields: { '@a': [1, 2] } }, 'fields.@a'],
    ['a list within a list', { format: 'xml', root: 'r', fields: { a: [[1]] } }, 'fields.a.0'],
  ])('%s', (_, shape, field) => {
    expect(findFaultPaths(shape)).toContain(field)
  })
})

function findFaultPaths(shape: unknown): string[] {
  return (requestShape.safeParse(shape).error?.issues ?? []).map(({ path }) => path.join('.'))
}
