import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { responseRules } from '#shared/domain/delivery/response-rules.ts'

it.each([
  ['rules with only `rejected`', { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' }],
  ['a status only', { accepted: [{ status: 202 }] }],
  ['a range of statuses', { duplicate: [{ status: { from: 400, to: 499 }, path: '/code', oneOf: [7, 'seven'] }] }],
  ['scoped text', { rejected: [{ after: '<status>', before: '</status>', contains: 'no' }], reason: { after: ':' } }],
  ['a comparison with the whole response', { accepted: [{ path: '', equals: true }], otherwise: 'rejected' }],
])('accepts %s', (_, rules) => {
  expect(responseRules.safeParse(rules).error).toBeUndefined()
})

describe('invalid response rules', () => {
  it.each([
    ['no rules', { reason: '/reason' }, 'must have `accepted`, `rejected` or `duplicate`'],
    ['an empty object', {}, 'must have `accepted`, `rejected` or `duplicate`'],
    ['an empty list of conditions', { rejected: [] }, 'Too small'],
    ['a path that is not a JSON Pointer', { rejected: [{ path: 'outcome', equals: 1 }] }, 'JSON Pointer'],
    [
      'a place without a comparison',
      { rejected: [{ path: '/a' }] },
      'must have one of `equals`, `contains` and `oneOf`',
    ],
    ['a comparison without a place', { accepted: [{ contains: 'true' }] }, 'must have `path` or `after`, so that'],
    ['two places', { accepted: [{ path: '/a', after: 'a', equals: 1 }] }, 'must have `path` or `after`, not both'],
    ['`before` without `after`', { accepted: [{ before: 'a', equals: 1 }] }, 'must have `after` if it has `before`'],
    ['two comparisons', { accepted: [{ path: '/a', equals: 1, contains: '1' }] }, 'must have only one of'],
    ['an empty condition', { accepted: [{}] }, 'must have a status'],
    ['an invalid status', { accepted: [{ status: 99 }] }, 'Too small'],
    ['`otherwise` of duplicate', { accepted: [{ status: 200 }], otherwise: 'duplicate' }, 'Invalid option'],
  ])('rejects %s', (_, wrong, message) => {
    expect(z.prettifyError(responseRules.safeParse(wrong).error ?? new z.ZodError([]))).toContain(message)
  })
})
