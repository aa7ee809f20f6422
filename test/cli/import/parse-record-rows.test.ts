import { describe, expect, it } from 'vitest'
import { findColumn, parseRecordRows, type StoredRecordBody } from '#cli/import/records/parse-record-rows.ts'
import { type CsvRecordKind, formatTemplate, recordColumns } from '#cli/import/records/record-columns.ts'

const school = { id: 'tall-grass', name: 'Tall Grass College', timeZone: 'America/Chicago' }
const kinds: CsvRecordKind[] = ['schools', 'programs', 'campaigns', 'sources']

function parseRows(
  kind: CsvRecordKind,
  rows: { [column: string]: string }[],
  stored: ReadonlyMap<string, StoredRecordBody> = new Map(),
) {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return parseRecordRows(kind, { header, rows: rows.map((cells, index) => ({ number: index + 2, cells })) }, stored)
}

describe('parseRecordRows', () => {
  it.each(kinds)('accepts its own template of %s', (kind) => {
    const [header = [], example = []] = formatTemplate(kind)
    const cells = Object.fromEntries(header.map((name, index) => [name, example[index] ?? '']))
    const { plans, faults } = parseRecordRows(kind, { header, rows: [{ number: 2, cells }] }, new Map())
    expect([faults, plans.length]).toEqual([[], 1])
  })

  it('reads amounts, lists, places and caps', () => {
    const program = {
      id: 'p',
      schoolId: 's',
      name: 'A program',
      careerSlugs: 'a; b',
      level: 'associate',
      modality: 'online',
    }
    const { plans } = parseRows('programs', [
      { ...program, tuitionDollars: '$12,500.50', tuitionPer: 'year', states: 'TX;OK', sponsored: 'no' },
    ])
    expect(plans[0]?.body).toMatchObject({
      careerSlugs: ['a', 'b'],
      tuition: { cents: 1_250_050, per: 'year' },
      states: ['TX', 'OK'],
      sponsored: false,
    })
    const campaign = {
      id: 'c',
      schoolId: 's',
      programIds: 'p',
      priceDollars: '45',
      endpointKind: 'email',
      endpointTo: 'a@b.example',
      dayCap: '25',
    }
    expect(parseRows('campaigns', [campaign]).plans[0]?.body).toMatchObject({
      priceCents: 4500,
      endpoint: { kind: 'email', to: 'a@b.example' },
      caps: [{ period: 'day', limit: 25 }],
    })
  })

  it('leaves fields without a column as they are, and empties those of an empty cell', () => {
    const body = {
      name: 'Old',
      timeZone: 'America/Chicago',
      legalName: 'Old, Inc.',
      place: { city: 'Austin', state: 'TX' },
      titleIv: false,
    }
    const stored = new Map([['tall-grass', { version: 4, body }]])
    const { plans } = parseRows('schools', [{ ...school, legalName: '', city: '', state: '' }], stored)
    expect(plans).toMatchObject([{ version: 4, changedColumns: ['name', 'legalName', 'city', 'state'] }])
    expect(plans[0]?.body).toEqual({ name: 'Tall Grass College', timeZone: 'America/Chicago', titleIv: false })
  })

  it('keeps address and date of an accreditor that is named again', () => {
    const accreditor = { name: 'HLC', url: 'https://hlc.example/', asOf: '2026-01-01T00:00:00.000Z' }
    const body = { name: school.name, timeZone: school.timeZone, accreditation: [accreditor, { name: 'Old' }] }
    const stored = new Map([['tall-grass', { version: 1, body }]])
    const accreditation = (text: string) =>
      parseRows('schools', [{ ...school, accreditation: text }], stored).plans[0]?.body.accreditation
    expect(accreditation('HLC; New')).toEqual([accreditor, { name: 'New' }])
    expect(accreditation('')).toBeUndefined()
  })

  it('plans no change of a record that is already as the file says', () => {
    const stored = new Map([['tall-grass', { version: 1, body: { name: school.name, timeZone: school.timeZone } }]])
    expect(parseRows('schools', [school], stored).plans[0]?.changedColumns).toEqual([])
  })

  it('names row, column and mend of every fault', () => {
    const { plans, faults } = parseRows('schools', [
      school,
      { ...school, id: 'bad', timeZone: 'Texas' },
      { ...school, id: '' },
      { ...school },
      { ...school, id: 'half', city: 'Austin' },
    ])
    expect(plans.map(({ row }) => row)).toEqual([2])
    expect(faults.map(({ row, column }) => [row, column])).toEqual([
      [3, 'timeZone'],
      [4, 'id'],
      [5, 'id'],
      [6, 'state'],
    ])
    expect(faults[0]?.detail).toContain('America/Chicago')
    expect(faults[2]?.detail).toBe('"tall-grass" is already in row 2. Remove one of them.')
  })

  it('refuses unknown, repeated and missing columns', () => {
    const parseHeader = (header: string[]) => parseRecordRows('schools', { header, rows: [] }, new Map()).faults
    expect(parseHeader(['id', 'tmezone'])).toEqual([
      { row: 1, column: 'tmezone', detail: 'is no column of schools. Remove it, or see --template for all columns.' },
    ])
    expect(parseHeader(['id', 'name', 'name'])).toMatchObject([{ column: 'name' }])
    expect(parseHeader(['name'])).toMatchObject([{ column: 'id' }])
  })
})

describe('findColumn', () => {
  it.each(kinds)('finds the column of every pointer of %s', (kind) => {
    for (const { name, pointer } of recordColumns[kind])
      if (pointer !== '') expect(findColumn(kind, pointer)).toBe(name)
  })

  it('names the column of a field inside a list, and of a missing object', () => {
    expect(findColumn('programs', '/careerSlugs/1')).toBe('careerSlugs')
    expect(findColumn('campaigns', '/endpoint')).toBe('endpointKind')
  })
})
