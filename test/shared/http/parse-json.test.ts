import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseJson } from '#shared/http/parse-json.ts'
import '#test/builders/seeded.ts'

it.each([
  ['{"utm":{"id":120210000000000123}}', { utm: { id: '120210000000000123' } }],
  ['[9007199254740991, -9007199254740993]', [9007199254740991, '-9007199254740993']],
  ['[1.5, 1e21, 1E400, 0.1]', [1.5, 1e21, Number.POSITIVE_INFINITY, 0.1]],
])('%s keeps the digits of whole numbers', (text, value) => {
  expect(parseJson(text)).toEqual(value)
})

it('reads every other text as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      fc.pre(!text.includes('__proto__'))
      expect(parseJson(text)).toEqual(JSON.parse(text))
    }),
  )
})

it.each([
  '{"__proto__": {}}',
  '{"contact": {"__proto__": {}}}',
  '[{"constructor": {"prototype": 1}}]',
  '{"contact": {"utm": {"__proto__": 1}}}',
  '{"a": 1,}',
  '{"a": NaN}',
  '',
])('refuses %j', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError)
})

it('leaves names of labels to be judged one by one', () => {
  const labels: unknown = parseJson('{"utm": {"__proto__": "x", "a": "y"}}')
  expect(JSON.stringify(labels)).toBe('{"utm":{"__proto__":"x","a":"y"}}')
  expect(Object.getPrototypeOf(Object(labels).utm)).toBe(Object.prototype)
})

it('fails and does not crash on text that is nested too deep', () => {
  expect(() => parseJson(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toThrow()
})
