import { describe, expect, it } from 'vitest'
import { fillWages } from '#cli/import/wages/fill-wages.ts'
import { parseWageRelease } from '#cli/import/wages/parse-wage-release.ts'
import { readWages } from '#cli/import/wages/read-wages.ts'
import { aCareer, aFact } from '#test/builders/career.ts'
import type { Cells } from './create-workbook.ts'
import { createOewsRow, inTexas, oewsHeader } from './oews.ts'

const release = parseWageRelease('national_M2025_dl.xlsx')
const coder = aCareer({ soc: ['29-2072'] })

describe('fillWages', () => {
  it('adds employment and wages with period, statistic, unit, geography, source and expiry', () => {
    const { career, notes } = fillCareer([createOewsRow()])
    expect(notes).toEqual([])
    expect(career.facts.map(({ metric, value, unit, statistic }) => [metric, value, unit, statistic])).toEqual([
      ['mean-annual-wage', 55_120, 'USD', 'mean'],
      ['median-annual-wage', 50_540, 'USD', 'median'],
      ['annual-wage-10th-percentile', 35_570, 'USD', '10th percentile'],
      ['annual-wage-90th-percentile', 80_910, 'USD', '90th percentile'],
      ['mean-hourly-wage', 26.5, 'USD', 'mean'],
      ['median-hourly-wage', 24.3, 'USD', 'median'],
      ['hourly-wage-10th-percentile', 17.1, 'USD', '10th percentile'],
      ['hourly-wage-90th-percentile', 38.9, 'USD', '90th percentile'],
      ['employment', 190_000, 'jobs', 'estimate'],
    ])
    expect(career.facts[0]).toMatchObject({
      label: 'Mean annual wage',
      period: 'May 2025',
      geography: 'United States',
      source: {
        name: expect.stringContaining('Bureau of Labor Statistics'),
        url: 'https://www.bls.gov/oes/tables.htm',
      },
      asOf: '2026-04-01T00:00:00.000Z',
      expiresAt: '2027-04-01T00:00:00.000Z',
    })
  })

  it('reads detailed occupations over all industries, and no group, industry, city or other state', () => {
    const { career } = fillCareer(
      [
        createOewsRow({ OCC_CODE: '29-2072', O_GROUP: 'broad', A_MEAN: 1 }),
        createOewsRow({ I_GROUP: 'sector', A_MEAN: 2 }),
        createOewsRow({ AREA_TYPE: '4', AREA_TITLE: 'Abilene, TX', PRIM_STATE: 'TX', A_MEAN: 3 }),
        createOewsRow({ ...inTexas, PRIM_STATE: 'OK', AREA_TITLE: 'Oklahoma', A_MEAN: 4 }),
        createOewsRow({ ...inTexas, A_MEAN: 5 }),
        createOewsRow({ A_MEAN: 6 }),
      ],
      { states: ['TX'] },
    )
    const means = career.facts.filter(({ metric }) => metric === 'mean-annual-wage')
    expect(means.map(({ value, geography, label }) => [value, geography, label])).toEqual([
      [5, 'Texas', 'Mean annual wage in Texas'],
      [6, 'United States', 'Mean annual wage'],
    ])
  })

  it.each(['*', '**', '~', '', null])('leaves out the suppressed value %j', (suppressedValue) => {
    const { career, notes } = fillCareer([createOewsRow({ A_MEAN: suppressedValue, TOT_EMP: suppressedValue })])
    expect(career.facts.map(({ metric }) => metric)).not.toContain('mean-annual-wage')
    expect(career.facts).toHaveLength(7)
    expect(notes).toEqual([])
  })

  it('leaves out top-coded wages, with a note', () => {
    const { career, notes } = fillCareer([createOewsRow({ A_PCT90: '#', H_PCT90: '#' })])
    expect(career.facts).toHaveLength(7)
    expect(notes).toEqual([
      '29-2072: 90th percentile of annual wages is top-coded (#) and is left out.',
      '29-2072: 90th percentile of hourly wages is top-coded (#) and is left out.',
    ])
  })

  it('finds columns by title in any order and case, and reads numbers in text', () => {
    const header = oewsHeader.toReversed().map((name) => name.toLowerCase())
    const row = createOewsRow({ A_MEAN: '55,120' }, header)
    expect(fillCareer([row], { header }).career.facts[0]).toMatchObject({ metric: 'mean-annual-wage', value: 55_120 })
  })

  it('reports missing columns', () => {
    const header = oewsHeader.filter((name) => name !== 'A_MEDIAN' && name !== 'O_GROUP')
    expect(() => fillCareer([], { header })).toThrow(
      /national.xlsx has no column "O_GROUP", "A_MEDIAN"\. It has: AREA, /,
    )
  })

  it('adds facts of each SOC code of a career, the first with the plain metric', () => {
    const twoOccupations = aCareer({ soc: ['29-2072', '29-9021'] })
    const registrars = { OCC_CODE: '29-9021', OCC_TITLE: 'Registrars', A_MEAN: 70_000 }
    const { facts } = fillCareer([createOewsRow(registrars), createOewsRow()], { career: twoOccupations }).career
    expect(
      facts.filter(({ metric }) => metric.startsWith('mean-annual')).map((fact) => [fact.metric, fact.label]),
    ).toEqual([
      ['mean-annual-wage', 'Mean annual wage, Medical Records Specialists'],
      ['mean-annual-wage-29-9021', 'Mean annual wage, Registrars'],
    ])
  })

  it('warns if the stored facts are newer', () => {
    const currentCareer = fillCareer([createOewsRow()]).career
    const older = {
      file: 'x.xlsx',
      rows: [oewsHeader, createOewsRow()],
      release: parseWageRelease('national_M2023_dl.xlsx'),
    }
    expect(fillWages(currentCareer, readWages([older], [])).notes).toEqual([
      'The stored fact of May 2025 is newer than May 2023. Check the file.',
    ])
  })

  it('never guesses facts for a code that was split', () => {
    const old = aCareer({ soc: ['29-2071'], facts: [aFact()] })
    const { career, notes } = fillCareer([createOewsRow(), createOewsRow({ OCC_CODE: '29-9021' })], { career: old })
    expect(career).toEqual(old)
    expect(notes).toEqual([expect.stringMatching(/^29-2071 is not in the wage files\. .*older classification/)])
  })
})

describe('parseWageRelease', () => {
  it('reads the release from the file name or the option', () => {
    expect(parseWageRelease('/tmp/state_M2024_dl.xlsx')).toMatchObject({
      period: 'May 2024',
      asOf: '2025-04-01T00:00:00.000Z',
    })
    expect(parseWageRelease('wages.xlsx', 'May 2023')).toMatchObject({
      period: 'May 2023',
      expiresAt: '2025-04-01T00:00:00.000Z',
    })
  })

  it('never guesses the release', () => {
    expect(() => parseWageRelease('wages.xlsx')).toThrow(/does not contain the year.* Pass --period/)
    expect(() => parseWageRelease('national_M2025_dl.xlsx', 'last year')).toThrow(
      /--period must be a period such as "May 2025"/,
    )
  })
})

type FillOptions = { states?: string[]; header?: string[]; career?: typeof coder }

function fillCareer(rows: readonly Cells[], { states = [], header = oewsHeader, career = coder }: FillOptions = {}) {
  return fillWages(career, readWages([{ file: 'national.xlsx', rows: [header, ...rows], release }], states))
}
