import { describe, expect, it } from 'vitest'
import { rejectionIn, responseRules } from '#shared/domain/response-rules.ts'

const byOutcome = responseRules.parse({ rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' })
const bySuccess = responseRules.parse({
  rejected: [{ path: '/IsSuccessful', equals: false }],
  reason: '/Messages/0/Message',
})

describe('of answers as schools give them', () => {
  it.each([
    [
      'a failure with its reason',
      byOutcome,
      '{"outcome":"failure","reason":"Failed email validation"}',
      { reason: 'Failed email validation' },
    ],
    ['a success', byOutcome, '{"outcome":"success","lead":{"id":"1"},"price":0}', undefined],
    ['an answer of another form', byOutcome, '{"success":true,"result":"Accepted"}', undefined],
    [
      'a list of messages',
      bySuccess,
      '{"IsSuccessful":false,"Messages":[{"MessageCode":"msg0009","Message":"Exception occurred."}]}',
      { reason: 'Exception occurred.' },
    ],
    ['a failure that gives no reason', byOutcome, '{"outcome":"failure"}', {}],
    ['a reason that is no text', byOutcome, '{"outcome":"failure","reason":{"code":3}}', {}],
    ['XML, which these rules do not read', byOutcome, '<result><outcome>failure</outcome></result>', undefined],
    ['nothing', byOutcome, '', undefined],
    ['the word in another field', byOutcome, '{"outcome":"success","comment":"It\'s a failure"}', undefined],
    ['the word deeper down', byOutcome, '{"lead":{"outcome":"failure"}}', undefined],
    ['text in place of a value', bySuccess, '{"IsSuccessful":"false"}', undefined],
    ['JSON that is no object', byOutcome, '"failure"', undefined],
    ['null', byOutcome, 'null', undefined],
  ] as const)('%s', (_, rules, body, expected) => {
    expect(rejectionIn(body, rules)).toEqual(expected)
  })
})

it('any one of several signs rejects', () => {
  const rules = responseRules.parse({
    rejected: [
      { path: '/status', equals: 'rejected' },
      { path: '/code', equals: 7 },
    ],
  })
  expect(rejectionIn('{"code":7}', rules)).toEqual({})
  expect(rejectionIn('{"code":"7","status":"taken"}', rules)).toBeUndefined()
})

it('paths are JSON Pointers (RFC 6901), and find only what the answer itself holds', () => {
  const at = (path: string, body: string) =>
    rejectionIn(body, responseRules.parse({ rejected: [{ path, equals: 1 }] })) !== undefined
  expect(at('/a~1b/m~0n', '{"a/b":{"m~n":1}}')).toBe(true)
  expect(at('/~01', '{"~1":1}')).toBe(true)
  expect(at('/list/1', '{"list":[0,1]}')).toBe(true)
  expect(at('/list/length', '{"list":[0]}')).toBe(false)
  expect(at('/constructor/length', '{}')).toBe(false)
})

it('a long reason is cut', () => {
  const body = JSON.stringify({ outcome: 'failure', reason: 'x'.repeat(5000) })
  expect(rejectionIn(body, byOutcome)?.reason).toHaveLength(300)
})

it.each([{ rejected: [] }, { rejected: [{ path: 'outcome', equals: 1 }] }, { rejected: [{ path: '/a' }] }, {}])(
  '%j is refused',
  (wrong) => {
    expect(responseRules.safeParse(wrong).success).toBe(false)
  },
)
