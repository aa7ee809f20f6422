import { describe, expect, it } from 'vitest'
import { createTableReader, toNumber } from '#cli/import/files/create-table-reader.ts'

describe('a cell', () => {
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
  ])('%j is the number %j', (cell, number) => {
    expect(toNumber(cell)).toBe(number)
  })
})

describe('columns', () => {
  it('are found whatever their place, case, spaces, dashes and footnotes', () => {
    const columns = { a: 'O*NET-SOC Code', b: { like: /^Change, \d{4}-\d{2}$/, suchAs: 'Change, 2024-34' } }
    const reader = createTableReader(['x', ' Change,  2024–34[2] ', 'onetsoc_code', null], columns, 'file')
    const row = reader.row(['-', 7, '29-2072.00'])
    expect([row('a'), row('b'), reader.title('b')]).toEqual(['29-2072.00', 7, 'Change, 2024-34'])
    expect(reader.row([])('a')).toBeNull()
  })

  it('that are missing are all told at once, beside what is there', () => {
    const columns = { a: 'A', b: { like: /^B/, suchAs: 'B 2024' }, c: 'C' }
    expect(() => createTableReader([null, 'C', 'D'], columns, 'book.xlsx, sheet "One",')).toThrow(
      'book.xlsx, sheet "One", has no column "A", such as "B 2024". It has: C, D. Is it the file that docs/importing.md names',
    )
  })
})
