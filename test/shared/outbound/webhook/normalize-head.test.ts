import { expect, it } from 'vitest'
import { normalizeHead } from '#shared/outbound/webhook/normalize-head.ts'

const head = (...lines: string[]) => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n')

it.each([
  ['a folded line', head('x-a: b\r\n c\r\n\td', 'x-e: f'), head('x-a: b c d', 'x-e: f')],
  ['a line feed alone', 'HTTP/1.1 200 OK\nx-a: b\n\n', head('x-a: b')],
  ['a space before a colon', head('x-a : b', 'content-type\t:c'), head('x-a: b', 'content-type:c')],
  ['a repeated length', head('Content-Length: 2', 'x-a: b', 'content-length: 2'), head('x-a: b', 'content-length: 2')],
  ['a list of one length', head('content-length: 2, 2'), head('content-length: 2')],
  [
    'a length beside chunks',
    head('content-length: 2', 'Transfer-Encoding: Chunked'),
    head('Transfer-Encoding: Chunked'),
  ],
  ['spaces in the status line', 'HTTP/1.1   200  OK\r\n\r\n', head()],
])('rewrites %s', (_, before, after) => {
  expect(normalizeHead(before)).toBe(after)
  expect(normalizeHead(after)).toBe(after)
})

it.each([
  ['two lengths', head('content-length: 3', 'content-length: 4')],
  ['a header without a name', head(': value')],
  ['a space in a name', head('x key: value')],
  ['no colon', head('x')],
  ['no reason', 'HTTP/1.0 204 \r\nx-a: \r\n\r\n'],
])('leaves %s as it is', (_, text) => {
  expect(normalizeHead(text)).toBe(text)
})
