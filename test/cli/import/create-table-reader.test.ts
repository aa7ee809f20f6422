import { describe, expect, it } from 'vitest'
import { createTableReader, toNumber } from '#cli/import/files/create-table-reader.ts'

describe('toNumber', () => {
  it.each([
    [12.5, 12.5],
    ['1,234.5', 1234.5],
    [' -3 ', -3],
    ['−3', -3],
    ['0', 0],
    ['*', undefined],
    ['**', undefined],
    ['~', undefined],
    ['#', undefined],
    ['—', undefined],
    ['>=239,200', undefined],
    ['1e3', undefined],
    ['', undefined],
    [null, undefined],
    [true, undefined],
    [Number.NaN, undefined],
  ])('reads %j as %j', (cell, number) => {
    expect(toNumber(cell)).toBe(number)
  })
})

describe('createTableReader', () => {
  it('finds columns by title, in any position, case, spacing, dashes and with footnotes', () => {
    const columns = { a: 'O*NET-SOC Code', b: { like: /^Change, \d{4}-\d{2}$/, suchAs: 'Change, 2024-34' } }
    const reader = createTableReader(['x', ' Change,  2024–34[2] ', 'onetsoc_code', null], columns, 'file')
    const row = reader.row(['-', 7, '29-2072.00'])
    expect([row('a'), row('b'), reader.title('b')]).toEqual(['29-2072.00', 7, 'Change, 2024-34'])
    expect(reader.row([])('a')).toBeNull()
  })

  it('reports all missing columns at once, with the existing ones', () => {
    const columns = { a: 'A', b: { like: /^B/, suchAs: 'B 2024' }, c: 'C' }
    expect(() => createTableReader([null, 'C', 'D'], columns, 'book.xlsx, sheet "One",')).toThrow(
      'book.xlsx, sheet "One", has no column "A", such as "B 2024". It has: C, D. Check that it is the file from docs/importing.md',
    )
  })
})
