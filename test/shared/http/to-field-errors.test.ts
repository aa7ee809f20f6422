import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { campaignInput } from '#shared/domain/routing/campaign.ts'
import { locate, toFieldErrors } from '#shared/http/to-field-errors.ts'

describe('the errors of fields', () => {
  it('point into the body with RFC 6901, and elsewhere by name', () => {
    expect(locate.body(['a', 0, 'b/c~d'])).toBe('/a/0/b~1c~0d')
    expect(locate.body([])).toBe('')
    expect([locate.query(['page']), locate.params(['id']), locate.headers(['if-match'])]).toEqual([
      '?page',
      '{id}',
      'if-match',
    ])
  })

  it('name each field that is unknown, cut where its name is long', () => {
    const errors = parseErrors(z.strictObject({ a: z.strictObject({}) }), { a: { x: 1, ['y'.repeat(200)]: 2 } })
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/a/x', 'unknown_field'],
      [`/a/${'y'.repeat(80)}`, 'unknown_field'],
    ])
  })

  it('tell what is missing from what is wrong', () => {
    const schema = z.object({ a: z.string(), b: z.int() })
    expect(parseErrors(schema, { b: 'x' }).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/a', 'required'],
      ['/b', 'invalid_type'],
    ])
  })

  it('of a union are those of the form that was meant', () => {
    const one = z.strictObject({ all: z.array(z.strictObject({ n: z.number() })) })
    const other = z.strictObject({ field: z.string(), value: z.number() })
    const pointers = (body: unknown) => parseErrors(z.union([other, one]), body).map(({ pointer }) => pointer)
    expect(pointers({ all: [{}, {}, {}] })).toEqual(['/all/0/n', '/all/1/n', '/all/2/n'])
    expect(pointers({ field: 'x' })).toEqual(['/value'])
  })

  it('of a kind that is none point to the kind', () => {
    const campaign = { schoolId: 'a', programIds: ['b'], priceCents: 1, endpoint: { kind: 'fax' } }
    expect(parseErrors(campaignInput, campaign)).toEqual([
      { pointer: '/endpoint/kind', code: 'invalid_union', detail: 'is not of any known form' },
    ])
  })

  it('never repeat what was sent', () => {
    const schema = z.object({ a: z.enum(['x']), b: z.email(), c: z.record(z.string().regex(/^k$/), z.number()) })
    const errors = parseErrors(schema, { a: 'canary', b: 'canary', c: { k: 'canary' } })
    expect([errors.length, JSON.stringify(errors).includes('canary')]).toEqual([3, false])
  })

  it('cut a name that is not allowed where it is long', () => {
    const [error] = parseErrors(z.record(z.string().regex(/^k$/), z.number()), { ['n'.repeat(5000)]: 1 })
    expect(error).toMatchObject({ code: 'invalid_key', detail: 'has a name that is not allowed' })
    expect(error?.pointer.length).toBeLessThan(100)
  })
})

function parseErrors(schema: z.ZodType, value: unknown) {
  return toFieldErrors(schema.safeParse(value).error?.issues ?? [], locate.body)
}
