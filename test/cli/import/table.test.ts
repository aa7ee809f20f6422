import { describe, expect, it } from 'vitest'
import { numberOf, tableReader } from '#cli/import/files/table.ts'

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
    expect(numberOf(cell)).toBe(number)
  })
})

describe('columns', () => {
  it('are found whatever their place, case, spaces, dashes and footnotes', () => {
    const wanted = { a: 'O*NET-SOC Code', b: { like: /^Change, \d{4}-\d{2}$/, suchAs: 'Change, 2024-34' } }
    const reader = tableReader(['x', ' Change,  2024–34[2] ', 'onetsoc_code', null], wanted, 'file')
    const row = reader.row(['-', 7, '29-2072.00'])
    expect([row('a'), row('b'), reader.title('b')]).toEqual(['29-2072.00', 7, 'Change, 2024-34'])
    expect(reader.row([])('a')).toBeNull()
  })

  it('that are missing are all told at once, beside what is there', () => {
    const wanted = { a: 'A', b: { like: /^B/, suchAs: 'B 2024' }, c: 'C' }
    expect(() => tableReader([null, 'C', 'D'], wanted, 'book.xlsx, sheet "One",')).toThrow(
      'book.xlsx, sheet "One", has no column "A", such as "B 2024". It has: C, D. Is it the file that docs/importing.md names',
    )
  })
})
