import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { responseRules } from '#shared/domain/delivery/response-rules.ts'

it.each([
  [
    'what rules were before there were others',
    { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' },
  ],
  ['a status alone', { accepted: [{ status: 202 }] }],
  ['a span of statuses', { duplicate: [{ status: { from: 400, to: 499 }, path: '/code', oneOf: [7, 'seven'] }] }],
  ['scoped text', { rejected: [{ after: '<status>', before: '</status>', contains: 'no' }], reason: { after: ':' } }],
  ['the whole answer', { accepted: [{ path: '', equals: true }], otherwise: 'rejected' }],
])('%s is taken', (_, rules) => {
  expect(responseRules.safeParse(rules).error).toBeUndefined()
})

describe('refused, with what to do', () => {
  it.each([
    ['no rule', { reason: '/reason' }, 'must hold `accepted`, `rejected` or `duplicate`'],
    ['nothing', {}, 'must hold `accepted`, `rejected` or `duplicate`'],
    ['a list of no conditions', { rejected: [] }, 'Too small'],
    ['a path that is no pointer', { rejected: [{ path: 'outcome', equals: 1 }] }, 'JSON Pointer'],
    ['a place that holds nothing', { rejected: [{ path: '/a' }] }, 'must say what the place holds'],
    ['a word without a place', { accepted: [{ contains: 'true' }] }, 'must say where to look'],
    ['two places', { accepted: [{ path: '/a', after: 'a', equals: 1 }] }, 'must name one place'],
    ['an end without a beginning', { accepted: [{ before: 'a', equals: 1 }] }, 'must say `after` what'],
    ['two comparisons', { accepted: [{ path: '/a', equals: 1, contains: '1' }] }, 'must compare once'],
    ['a condition of nothing', { accepted: [{}] }, 'must name a status'],
    ['a status that is none', { accepted: [{ status: 99 }] }, 'Too small'],
    ['duplicates by default', { accepted: [{ status: 200 }], otherwise: 'duplicate' }, 'Invalid option'],
  ])('%s', (_, wrong, message) => {
    expect(z.prettifyError(responseRules.safeParse(wrong).error ?? new z.ZodError([]))).toContain(message)
  })
})
