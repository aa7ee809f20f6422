import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readCsv } from '#cli/import/files/read-csv.ts'
import { readWorkbook } from '#cli/import/files/read-workbook.ts'
import { createTempFolder, createWorkbook } from './create-workbook.ts'

const folder = createTempFolder()
afterAll(() => rmSync(folder, { recursive: true }))

describe('readWorkbook', () => {
  it('reads a sheet by name, or the first sheet', async () => {
    const file = await createWorkbook(join(folder, 'two.xlsx'), { One: [['a', 1]], Two: [['01.0000', null, 2.5]] })
    expect(await readWorkbook(file)).toEqual([['a', 1]])
    expect(await readWorkbook(file, 'Two')).toEqual([['01.0000', null, 2.5]])
  })

  it('lists the existing sheets if the requested one is missing', async () => {
    const file = await createWorkbook(join(folder, 'two.xlsx'), { One: [['a']], Two: [['b']] })
    await expect(readWorkbook(file, 'Three')).rejects.toThrow(/two\.xlsx has no sheet "Three"\. It has: "One", "Two"/)
  })

  it('reports a file that is not a workbook, does not exist, or is too large', async () => {
    const file = join(folder, 'none.xlsx')
    writeFileSync(file, 'PK\u0003\u0004 and no more')
    await expect(readWorkbook(file)).rejects.toThrow(
      /none\.xlsx is not a valid workbook \(\.xlsx\)\. Download it again/,
    )
    await expect(readWorkbook(join(folder, 'gone.xlsx'))).rejects.toThrow(/gone\.xlsx does not exist/)
    truncateSync(file, 33 * 1024 * 1024)
    await expect(readWorkbook(file)).rejects.toThrow(/none\.xlsx is larger than 32 MiB/)
  })
})

describe('readCsv', () => {
  it('reads rows by column name, with quotes, a byte order mark and Windows line ends', async () => {
    const file = join(folder, 'rows.csv')
    writeFileSync(file, '\uFEFFA,"B, too",C\r\n1,"x ""y""\r\nz",3\r\n\r\n4,5\r\n')
    const rows = []
    for await (const row of readCsv(file, { b: 'B, too', a: 'A', c: 'C' })) rows.push([row('a'), row('b'), row('c')])
    expect(rows).toEqual([
      ['1', 'x "y"\r\nz', '3'],
      ['4', '5', null],
    ])
  })

  it('reports a folder instead of a file', async () => {
    await expect(readCsv(folder, { a: 'A' }).next()).rejects.toThrow(/cannot be read \(EISDIR\)/)
  })
})
