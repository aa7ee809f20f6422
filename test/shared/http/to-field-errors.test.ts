import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { campaignInput } from '#shared/domain/routing/campaign.ts'
import { describeIssue } from '#shared/http/describe-issue.ts'
import { locate, toFieldErrors } from '#shared/http/to-field-errors.ts'

describe('toFieldErrors', () => {
  it('points into the body by RFC 6901, and elsewhere by name', () => {
    expect(locate.body(['a', 0, 'b/c~d'])).toBe('/a/0/b~1c~0d')
    expect(locate.body([])).toBe('')
    expect([locate.query(['page']), locate.params(['id']), locate.headers(['if-match'])]).toEqual([
      '?page',
      '{id}',
      'if-match',
    ])
  })

  it('names each unknown field, and truncates long names', () => {
    const errors = parseErrors(z.strictObject({ a: z.strictObject({}) }), { a: { x: 1, ['y'.repeat(200)]: 2 } })
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/a/x', 'unknown_field'],
      [`/a/${'y'.repeat(80)}`, 'unknown_field'],
    ])
  })

  it('distinguishes missing fields from invalid ones', () => {
    const schema = z.object({ a: z.string(), b: z.int() })
    expect(parseErrors(schema, { b: 'x' }).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/a', 'required'],
      ['/b', 'invalid_type'],
    ])
  })

  it('returns the errors of the intended variant of a union', () => {
    const one = z.strictObject({ all: z.array(z.strictObject({ n: z.number() })) })
    const other = z.strictObject({ field: z.string(), value: z.number() })
    const pointers = (body: unknown) => parseErrors(z.union([other, one]), body).map(({ pointer }) => pointer)
    expect(pointers({ all: [{}, {}, {}] })).toEqual(['/all/0/n', '/all/1/n', '/all/2/n'])
    expect(pointers({ field: 'x' })).toEqual(['/value'])
  })

  it('points to the field that tells the variants apart, and says what it may be', () => {
    const parseEndpoint = (endpoint: unknown) =>
      parseErrors(campaignInput, { schoolId: 'a', programIds: ['b'], priceCents: 1, endpoint })
    const pointer = '/endpoint/kind'
    const detail = 'has a value that is not allowed: use webhook, email, email-file or sftp'
    expect(parseEndpoint({ kind: 'fax' })).toEqual([{ pointer, code: 'invalid_union', detail }])
    expect(parseEndpoint({ to: 'a@b.example' })).toEqual([{ pointer, code: 'required', detail: 'is required' }])
  })

  it('never repeats the input', () => {
    const schema = z.object({ a: z.enum(['x']), b: z.email(), c: z.record(z.string().regex(/^k$/), z.number()) })
    const errors = parseErrors(schema, { a: 'canary', b: 'canary', c: { k: 'canary' } })
    expect([errors.length, JSON.stringify(errors).includes('canary')]).toEqual([3, false])
  })

  it('truncates a long forbidden name', () => {
    const [error] = parseErrors(z.record(z.string().regex(/^k$/), z.number()), { ['n'.repeat(5000)]: 1 })
    expect(error).toMatchObject({ code: 'invalid_key', detail: 'has a name that is not allowed' })
    expect(error?.pointer.length).toBeLessThan(100)
  })
})

function parseErrors(schema: z.ZodType, value: unknown) {
  return toFieldErrors(schema.safeParse(value, { error: describeIssue }).error?.issues ?? [], locate.body)
}
