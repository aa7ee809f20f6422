import { describe, expect, it } from 'vitest'
import { listResponseValues } from '#web/console/delivery/shape/list-response-values.ts'
import { getPlace, isSimpleCondition, withPlace } from '#web/console/delivery/shape/response-condition.ts'
import { fromRows, isSimpleShape, listTemplates, toRows } from '#web/console/delivery/shape/shape-rows.ts'

describe('the values of a response that can be clicked', () => {
  it.each([
    ['{"a": {"b/c": [1, null, "x"]}, "ok": true}', { '/a/b~1c/0': '1', '/a/b~1c/2': 'x', '/ok': 'true' }],
    ['status=failure&reason=Too+young', { '/status': 'failure', '/reason': 'Too young' }],
    ['"accepted"', { '': 'accepted' }],
  ])('of %s are listed with their paths', (body, values) => {
    expect(Object.fromEntries(listResponseValues(body).map(({ path, value }) => [path, value]))).toEqual(values)
  })

  it.each(['', '<ok/>', 'Thank you.', '{"cut": '])('are none in %j', (body) => {
    expect(listResponseValues(body)).toEqual([])
  })

  it('are at most 60, however long the response is', () => {
    expect(listResponseValues(JSON.stringify(Array.from({ length: 500 }, (_, index) => index)))).toHaveLength(60)
  })
})

describe('a condition', () => {
  it.each([
    [{ path: '/a', equals: 'x' }, true],
    [{ status: 202, after: 'id=', before: ';', contains: 'x' }, true],
    [{ status: { from: 200, to: 202 } }, false],
    [{ path: '/a', oneOf: ['x', 'y'] }, false],
  ])('%j is shown as fields: %s', (condition, isShown) => {
    expect(isSimpleCondition(condition)).toBe(isShown)
  })

  it('keeps its comparison when it looks at another place, except for a status', () => {
    const condition = { status: 200, path: '/a', contains: 'x' }
    expect(withPlace(condition, 'after')).toEqual({ status: 200, after: '', contains: 'x' })
    expect(withPlace(condition, 'status')).toEqual({ status: 200 })
    expect(getPlace({ status: 200 })).toBe('status')
  })
})

describe('the rows of a request template', () => {
  it('hold flat text only, so that nested fields stay JSON', () => {
    expect(
      isSimpleShape({ format: 'json', fields: { a: '{{ contact.email }}' }, headers: { k: { secret: 's' } } }),
    ).toBe(true)
    for (const fields of [{ a: { b: 'x' } }, { a: 1 }, { a: ['x'] }]) expect(isSimpleShape({ fields })).toBe(false)
  })

  it('keep their order', () => {
    const fields = { z: '1', a: '2' }
    expect(Object.keys(fromRows(toRows(fields)))).toEqual(['z', 'a'])
  })

  it('are suggested for every value of a lead', () => {
    expect(listTemplates({ contact: { email: 'a@b.example' }, age: 3 })).toEqual(['{{ contact.email }}', '{{ age }}'])
  })
})
