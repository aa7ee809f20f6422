import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { BadFile } from '#cli/import/files/bad-file.ts'
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
    writeFileSync(file, '\uFEFFA,"B, too",C\r\n1,"x ""y""\r\nz",3\r\n\r\n4,5,\r\n')
    const rows = []
    for await (const row of readCsv(file, { b: 'B, too', a: 'A', c: 'C' })) rows.push([row('a'), row('b'), row('c')])
    expect(rows).toEqual([
      ['1', 'x "y"\r\nz', '3'],
      ['4', '5', ''],
    ])
  })

  it('reads UTF-16 by its byte order mark, and the charset that is named', async () => {
    const names = async (bytes: Buffer, charset?: string) => {
      const file = join(folder, 'names.csv')
      writeFileSync(file, bytes)
      const cells = []
      for await (const row of readCsv(file, { name: 'Name' }, { charset })) cells.push(row('name'))
      return cells
    }
    const csv = 'Name\r\nJosé\r\n'
    expect(await names(Buffer.from(`\uFEFF${csv}`, 'utf16le'))).toEqual(['José'])
    expect(await names(Buffer.from(csv, 'latin1'), 'windows-1252')).toEqual(['José'])
  })

  it('refuses bytes that are not UTF-8, wherever in a large file they are', async () => {
    const file = join(folder, 'large.csv')
    const lines = Array.from({ length: 30_000 }, (_, index) => `${index},Ada`)
    writeFileSync(file, Buffer.from(['A,B', ...lines, '30000,Jos\xe9', ''].join('\n'), 'latin1'))
    const readAll = async () => {
      for await (const row of readCsv(file, { a: 'A' })) row('a')
    }
    await expect(readAll()).rejects.toThrow(
      new BadFile(
        'large.csv, line 30002: not valid UTF-8. Save it as CSV UTF-8, or name its charset, which may be: --charset windows-1252 It is in column "B", near "José".',
      ),
    )
    writeFileSync(file, 'PK\u0003\u0004\0')
    await expect(readCsv(file, { a: 'A' }).next()).rejects.toThrow('large.csv is a .zip or .xlsx file. Unzip it')
  })

  it('reads rows whose cells are separated by tabs, with quotes as they are', async () => {
    const file = join(folder, 'Task Statements.txt')
    writeFileSync(file, 'Code\tTask\n1\tCall it "done".\n')
    const rows = await collectCells(readCsv(file, { task: 'Task' }, { separator: 'tab' }), 'task')
    expect(rows).toEqual(['Call it "done".'])
  })

  it.each([
    [
      'a row that was cut off',
      'A,B,C\n1,2,3\n4,5\n',
      /cells\.csv, row 3: it has 2 columns instead of 3; it ends at column "B"/,
    ],
    [
      'text that was lost',
      'A,B\n1,Charg\uFFFD Nurse\n',
      /cells\.csv, row 2, column "B": "Charg\uFFFD Nurse" was damaged/,
    ],
    [
      'UTF-8 that was read as Windows-1252',
      'A,B\n1,Jos\u00C3\u00A9\n',
      /cells\.csv, row 2, column "B": .* damaged by a wrong encoding/,
    ],
    ['a quote that is misplaced', 'A,B\n1,x "y"\n', /cells\.csv is not valid CSV \(line 2\)/],
  ])('refuses %s, with row and column', async (_, content, why) => {
    const file = join(folder, 'cells.csv')
    writeFileSync(file, content)
    await expect(collectCells(readCsv(file, { a: 'A' }), 'a')).rejects.toThrow(why)
  })

  it('accepts letters of other languages', async () => {
    const file = join(folder, 'cells.csv')
    writeFileSync(file, 'A\n"SÃO JOSÉ, Âge, Côte d’Ivoire"\n')
    expect(await collectCells(readCsv(file, { a: 'A' }), 'a')).toHaveLength(1)
  })

  it('reports a folder instead of a file', async () => {
    await expect(readCsv(folder, { a: 'A' }).next()).rejects.toThrow(/cannot be read \(EISDIR\)/)
  })
})

async function collectCells<Name extends string>(rows: AsyncIterable<(name: Name) => unknown>, name: Name) {
  const cells: unknown[] = []
  for await (const row of rows) cells.push(row(name))
  return cells
}
