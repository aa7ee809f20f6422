import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fillFields } from '#cli/import/crosswalk/fill-fields.ts'
import { readCrosswalk } from '#cli/import/crosswalk/read-crosswalk.ts'
import { suggestFields, suggestPrograms } from '#cli/import/crosswalk/suggest-programs.ts'
import { checkScorecard, readScorecard } from '#cli/import/scorecard/read-scorecard.ts'
import { aCareer } from '#test/builders/career.ts'
import { type Cells, createTempFolder } from './create-workbook.ts'
import { crosswalkRows, scorecardCsv } from './fields-of-study.ts'

const folder = createTempFolder()
afterAll(() => rmSync(folder, { recursive: true }))

describe('suggestFields', () => {
  it('lists the fields of the SOC codes of a career, and none for 99-9999', () => {
    expect(suggestFieldsForCode('29-2072')).toEqual([
      { cip: '51.0707', title: 'Health Information/Medical Records Technology/Technician' },
      { cip: '51.0713', title: 'Medical Insurance Coding Specialist/Coder' },
    ])
    expect(suggestFieldsForCode('99-9999')).toEqual([])
  })

  it('restores leading zeros that a spreadsheet removed from codes', () => {
    expect(suggestFieldsForCode('11-9111')).toEqual([{ cip: '01.0100', title: 'Agricultural Business' }])
  })

  it('lists a field once if two codes share it, and notes an unknown code', () => {
    const duplicateRow: Cells = ['51.0707', 'Health Information.', '29-9021', 'Registrars']
    const [suggestion] = suggestForRows([...crosswalkRows, duplicateRow], ['29-2072', '29-9021', '29-2071'])
    expect(suggestion?.fields.map(({ cip }) => cip)).toEqual(['51.0707', '51.0713'])
    expect(suggestion?.notes).toEqual([expect.stringContaining('29-2071 is no code of SOC 2018')])
  })

  it('says NO MATCH as it is, and fills the fields of a career from the parts of its code', () => {
    const crosswalk = readCrosswalk(
      [
        ...crosswalkRows,
        ['99.9999', 'NO MATCH', '55-3016', 'Infantry'],
        ['51.2602', 'Home Health Aide.', '31-1121', 'Home Health Aides'],
      ],
      'x.xlsx',
      { isPartial: true },
    )
    expect(fillFields(aCareer({ soc: ['55-3016'] }), crosswalk)).toEqual({
      career: aCareer({ soc: ['55-3016'] }),
      notes: ['55-3016 has NO MATCH in the crosswalk: no field of study leads to it directly.'],
    })
    expect(fillFields(aCareer({ soc: ['31-1120'] }), crosswalk).career.fieldsOfStudy).toEqual([
      { cip: '51.2602', title: 'Home Health Aide' },
    ])
  })

  it('refuses a sheet that lacks codes of SOC 2018', () => {
    expect(() => readCrosswalk(crosswalkRows, 'x.xlsx')).toThrow(
      /x\.xlsx is not complete: column SOC2018Code lacks 865 of the 867 codes of SOC 2018, such as 11-1011/,
    )
  })

  it('refuses a sheet with other columns or without rows', () => {
    expect(() => readCrosswalk([['SOC', 'CIP']], 'x.xlsx, sheet "CIP-SOC",')).toThrow(
      /x\.xlsx, sheet "CIP-SOC", has no column "CIP2020Code", "CIP2020Title", "SOC2018Code"/,
    )
    expect(() => readCrosswalk(crosswalkRows.slice(0, 1), 'x.xlsx')).toThrow(
      /has no row with a CIP code and a SOC code/,
    )
  })
})

describe('readScorecard', () => {
  it('finds institutions by four digits, without suppressed and unknown values', async () => {
    const scorecard = await readScorecard(file('fields.csv', scorecardCsv), new Set(['5107']), () => {})
    const [suggestion] = suggestPrograms(suggestForRows(crosswalkRows, ['29-2072']), scorecard)
    expect(suggestion?.programs.map(({ unitId, institution, level }) => [unitId, institution, level])).toEqual([
      [null, 'Another College', 'associate'],
      ['100654', 'Example A & M University, Main', 'bachelor'],
      [null, 'Third College', 'master'],
    ])
  })

  it('keeps leading zeros of codes', async () => {
    const scorecard = await readScorecard(file('fields.csv', scorecardCsv), new Set(['0101']), () => {})
    expect([...scorecard.values()].flat().map(({ institution }) => institution)).toEqual(['Farm College'])
  })

  it.each([
    [
      'the file of institutions',
      'UNITID,OPEID6,INSTNM,CITY\n1,2,A,B',
      /fields\.csv has no column "CIPCODE", "CIPDESC", "CREDLEV"/,
    ],
    ['a broken file', `${scorecardCsv}\r\n1,2,"never closed`, /fields\.csv is not valid CSV \(line \d+\)\. Download/],
  ])('reports what is wrong with %s', async (_, content, why) => {
    const path = file('fields.csv', content)
    const readAll = async () => {
      await checkScorecard(path)
      await readScorecard(path, new Set(), () => {})
    }
    await expect(readAll()).rejects.toThrow(why)
  })

  it('reports a file that does not exist', async () => {
    await expect(checkScorecard(join(folder, 'gone.csv'))).rejects.toThrow(/gone\.csv does not exist/)
  })
})

function suggestFieldsForCode(soc: string) {
  return suggestForRows(crosswalkRows, [soc])[0]?.fields
}

function suggestForRows(rows: readonly Cells[], soc: string[]) {
  return suggestFields(
    [{ id: 'coder', version: 1, career: aCareer({ soc }) }],
    readCrosswalk(rows, 'x.xlsx', { isPartial: true }),
  )
}

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
