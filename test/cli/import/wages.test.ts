import { describe, expect, it } from 'vitest'
import { soc2018 } from '#cli/import/codes/soc-2018.ts'
import { buildStateFigures } from '#cli/import/wages/build-state-figures.ts'
import { fillWages } from '#cli/import/wages/fill-wages.ts'
import { parseWageRelease } from '#cli/import/wages/parse-wage-release.ts'
import { readWages } from '#cli/import/wages/read-wages.ts'
import { wagesSource } from '#shared/domain/catalog/public-sources.ts'
import { buildStateFacts, stateFigures } from '#shared/domain/catalog/state-figures.ts'
import { aCareer, aFact } from '#test/builders/career.ts'
import type { Cells } from './create-workbook.ts'
import { createOewsRow, inTexas, oewsHeader } from './oews.ts'

const coder = aCareer({ title: 'Medical Records Specialist', soc: ['29-2072'] })

describe('fillWages', () => {
  it('adds employment and wages with period, statistic, unit, geography, source and expiry', () => {
    const { career, notes } = fillCareer([createOewsRow()])
    expect(notes).toEqual([])
    expect(career.facts.map(({ metric, value, unit, statistic }) => [metric, value, unit, statistic])).toEqual([
      ['median-annual-wage', 50_540, 'USD', 'median'],
      ['mean-annual-wage', 55_120, 'USD', 'mean'],
      ['annual-wage-10th-percentile', 35_570, 'USD', '10th percentile'],
      ['annual-wage-90th-percentile', 80_910, 'USD', '90th percentile'],
      ['median-hourly-wage', 24.3, 'USD', 'median'],
      ['mean-hourly-wage', 26.5, 'USD', 'mean'],
      ['hourly-wage-10th-percentile', 17.1, 'USD', '10th percentile'],
      ['hourly-wage-90th-percentile', 38.9, 'USD', '90th percentile'],
      ['employment', 190_000, 'jobs', 'estimate'],
    ])
    expect(career.facts[0]).toMatchObject({
      label: 'Median annual wage',
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

  it('reads detailed occupations of the nation over all industries, and no group, industry, city or state', () => {
    const { career } = fillCareer([
      createOewsRow({ OCC_CODE: '29-2072', O_GROUP: 'broad', A_MEAN: 1 }),
      createOewsRow({ I_GROUP: 'sector', A_MEAN: 2 }),
      createOewsRow({ AREA_TYPE: '4', AREA_TITLE: 'Abilene, TX', PRIM_STATE: 'TX', A_MEAN: 3 }),
      createOewsRow({ ...inTexas, A_MEAN: 5 }),
      createOewsRow({ A_MEAN: 6 }),
    ])
    const means = career.facts.filter(({ metric }) => metric === 'mean-annual-wage')
    expect(means.map(({ value, geography, label }) => [value, geography, label])).toEqual([
      [6, 'United States', 'Mean annual wage'],
    ])
  })

  it.each(['*', '**', '~'])('leaves out a figure that is not available, %j, and says so', (unavailable) => {
    const { career, notes } = fillCareer([createOewsRow({ A_MEAN: unavailable, TOT_EMP: unavailable })])
    expect(career.facts.map(({ metric }) => metric)).not.toContain('mean-annual-wage')
    expect(career.facts).toHaveLength(7)
    expect(notes).toEqual(['29-2072: not available in May 2025: Mean annual wage, Employment.'])
  })

  it.each(['', null])('leaves out the empty cell %j', (empty) => {
    expect(fillCareer([createOewsRow({ A_MEAN: empty })])).toMatchObject({
      career: { facts: { length: 8 } },
      notes: [],
    })
  })

  it('says the limit of a top-coded wage, as the file explains it', () => {
    const { career, notes } = fillCareer([createOewsRow({ A_PCT90: '#', H_PCT90: '#' })], {
      descriptions: [
        ['May 2025 OEWS Estimates'],
        ['#  = indicates a wage equal to or greater than $120.00 per hour or $249,600 per year'],
      ],
    })
    const topCoded = career.facts.filter(({ statistic }) => statistic === '90th percentile')
    expect(topCoded.map(({ value, unit }) => [value, unit])).toEqual([
      ['$249,600 or more', undefined],
      ['$120.00 or more', undefined],
    ])
    expect(notes).toEqual([])
  })

  it('knows the limit of 2024 without the explanation, and guesses none for a later year', () => {
    const topCoded = [createOewsRow({ A_MEDIAN: '#' })]
    expect(fillCareer(topCoded, { sheet: 'national_M2024_dl' }).career.facts[0]).toMatchObject({
      value: '$239,200 or more',
    })
    const later = fillCareer(topCoded)
    expect(later.career.facts.map(({ metric }) => metric)).not.toContain('median-annual-wage')
    expect(later.notes).toEqual([
      expect.stringMatching(/^29-2072: at or above the highest wage .*: Median annual wage\.$/),
    ])
  })

  it('removes the figures of last year that the new file withholds', () => {
    const lastYear = fillCareer([createOewsRow()], { sheet: 'national_M2024_dl' }).career
    const { career } = fillCareer([createOewsRow({ A_PCT90: '*' })], { career: lastYear })
    expect(new Set(career.facts.map(({ period }) => period))).toEqual(new Set(['May 2025']))
    expect(career.facts.map(({ metric }) => metric)).not.toContain('annual-wage-90th-percentile')
  })

  it('keeps the facts of other sources and places beside the new ones', () => {
    const own = aFact({ metric: 'employment', source: { name: 'Our survey' } })
    const { career } = fillCareer([createOewsRow({ TOT_EMP: '**' })], { career: { ...coder, facts: [own] } })
    expect(career.facts[0]).toEqual(own)
  })

  it('names whom the figures count if it is not the career itself', () => {
    const engineer = aCareer({ title: 'Blockchain Engineers', soc: ['15-1299'], onetSoc: ['15-1299.07'] })
    const row = createOewsRow({ OCC_CODE: '15-1299', OCC_TITLE: 'Computer Occupations, All Other' })
    expect(fillCareer([row], { career: engineer }).career.facts[0]?.label).toBe(
      'Median annual wage, Computer Occupations, All Other',
    )
  })

  it.each([
    ['31-1121', '31-1120', ['31-1121', '31-1122'], 'national_M2025_dl'],
    ['29-2012', '29-2010', ['29-2011', '29-2012'], 'national_M2025_dl'],
    ['21-1014', '21-1018', ['21-1011', '21-1014'], 'national_M2025_dl'],
    ['25-2056', '25-2052', ['25-2055', '25-2056'], 'national_M2025_dl'],
    ['53-1043', '53-1047', ['53-1042', '53-1043', '53-1044', '53-1049'], 'national_M2025_dl'],
    ['15-1252', '15-1256', ['15-1252', '15-1253'], 'national_M2020_dl'],
    ['19-4044', '19-4045', ['19-4043', '19-4044'], 'national_M2020_dl'],
  ])('finds %s under %s, and says that it is counted together with others', (soc, code, parts, sheet) => {
    const row = createOewsRow({ OCC_CODE: code, OCC_TITLE: 'Aides and others' })
    const { career, notes } = fillCareer([row], { career: aCareer({ soc: [soc] }), sheet })
    expect(career.facts[0]).toMatchObject({
      metric: 'median-annual-wage',
      label: 'Median annual wage, Aides and others',
      note: `Counts ${parts.join(', ')} together, as ${code}: there is no figure for one of them alone.`,
    })
    expect(notes).toEqual([])
  })

  it('knows the combinations of 2020 only in their years', () => {
    const row = createOewsRow({ OCC_CODE: '15-1256' })
    const { career } = fillCareer([row], { career: aCareer({ soc: ['15-1252'] }), sheet: 'national_M2021_dl' })
    expect(career.facts).toEqual([])
  })

  it('finds the figures of the parts for a career with the code of a combination, and counts one combination once', () => {
    const parts = [createOewsRow({ OCC_CODE: '31-1121' }), createOewsRow({ OCC_CODE: '31-1122' })]
    expect(fillCareer(parts, { career: aCareer({ soc: ['31-1120'] }) }).career.facts).toHaveLength(18)
    const combination = [createOewsRow({ OCC_CODE: '31-1120' })]
    expect(fillCareer(combination, { career: aCareer({ soc: ['31-1121', '31-1122'] }) }).career.facts).toHaveLength(9)
  })

  it('points at texts that quote a figure which is replaced', () => {
    const facts = [aFact({ metric: 'median-annual-wage', value: 40_430, source: wagesSource, period: 'May 2015' })]
    const sections = [
      { id: 'salary', heading: 'Salary', body: 'The average was $40,430.' },
      { id: 'more', heading: 'More', body: 'A house costs $40,430,000.' },
    ]
    expect(fillCareer([createOewsRow()], { career: { ...coder, facts, sections } }).notes).toEqual([
      'The section salary quotes $40,430 of May 2015, which this import replaces. Edit the text.',
    ])
  })

  it('finds columns by title in any order and case, and reads numbers in text', () => {
    const header = oewsHeader.toReversed().map((name) => name.toLowerCase())
    const row = createOewsRow({ A_MEAN: '55,120' }, header)
    expect(fillCareer([row], { header }).career.facts[1]).toMatchObject({ metric: 'mean-annual-wage', value: 55_120 })
  })

  it('reports missing columns', () => {
    const header = oewsHeader.filter((name) => name !== 'A_MEDIAN' && name !== 'O_GROUP')
    expect(() => fillCareer([], { header })).toThrow(
      /national\.xlsx, sheet "national_M2025_dl", has no column such as "O_GROUP", "A_MEDIAN"\. It has: AREA, /,
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
    expect(fillCareer([createOewsRow()], { career: currentCareer, sheet: 'national_M2023_dl' }).notes).toEqual([
      'The stored fact of May 2025 is newer than May 2023. Check the file.',
    ])
  })

  it('never guesses facts for a code that was split', () => {
    const old = aCareer({ soc: ['29-2071'], facts: [aFact()] })
    const { career, notes } = fillCareer([createOewsRow(), createOewsRow({ OCC_CODE: '29-9021' })], { career: old })
    expect(career).toEqual(old)
    expect(notes).toEqual(["29-2071 is no code of SOC 2018. Correct the career's soc."])
  })
})

describe('describeMissingCode', () => {
  it.each([
    ['55-3016', /is an occupation of the armed forces, and there are only civilian jobs in the wage files/],
    ['45-3031', /is a code of SOC 2018, but has no row in the wage files/],
    ['31-1120', /combines several occupations of SOC 2018/],
    ['29-2071', /is no code of SOC 2018\. Correct the career's soc/],
  ])('says what is known about %s, and no guess', (soc, why) => {
    expect(fillCareer([createOewsRow()], { career: aCareer({ soc: [soc] }) }).notes).toEqual([
      expect.stringMatching(why),
    ])
  })
})

describe('parseWageRelease', () => {
  const sheets = (...names: string[]) => names.map((sheet) => ({ sheet, rows: [] }))

  it('reads the release from the sheet, its descriptions, the file name or the option', () => {
    expect(parseWageRelease('wages.xlsx', { sheets: sheets('state_M2024_dl') })).toMatchObject({
      period: 'May 2024',
      asOf: '2025-04-01T00:00:00.000Z',
    })
    expect(parseWageRelease('/tmp/state_M2024_dl.xlsx', { sheets: sheets('All data') }).period).toBe('May 2024')
    const descriptions = { sheet: 'Field Descriptions', rows: [['May 2022 OEWS Estimates']] }
    expect(parseWageRelease('wages.xlsx', { sheets: [descriptions] }).period).toBe('May 2022')
    expect(parseWageRelease('wages.xlsx', { sheets: [], period: 'May 2023' })).toMatchObject({
      period: 'May 2023',
      expiresAt: '2025-04-01T00:00:00.000Z',
    })
  })

  it.each([
    ['file name', 'national_M2026_dl.xlsx', sheets('national_M2024_dl'), undefined],
    ['option', 'national_M2024_dl.xlsx', sheets('national_M2024_dl'), 'May 1999'],
    [
      'descriptions',
      'x.xlsx',
      [...sheets('national_M2024_dl'), { sheet: 'Field Descriptions', rows: [['May 2023 OEWS Estimates']] }],
      undefined,
    ],
  ])('refuses a %s that contradicts the sheet', (_, file, named, period) => {
    expect(() => parseWageRelease(file, { sheets: named, period })).toThrow(
      /contradicts itself: .* says May .* says May .* Nothing was imported/,
    )
  })

  it('never guesses the release, and refuses the occupations of SOC 2010', () => {
    expect(() => parseWageRelease('wages.xlsx', { sheets: [] })).toThrow(/contains the year.* Pass --period/)
    expect(() => parseWageRelease('x.xlsx', { sheets: [], period: 'last year' })).toThrow(
      /--period must be a period such as "May 2025"/,
    )
    expect(() => parseWageRelease('national_M2018_dl.xlsx', { sheets: [] })).toThrow(
      /is of May 2018, whose occupations are those of SOC 2010/,
    )
  })
})

describe('readWages', () => {
  const complete = [...soc2018].filter((soc) => !soc.startsWith('55-')).map((OCC_CODE) => createOewsRow({ OCC_CODE }))
  const read = (rows: readonly Cells[], sheet = 'national_M2025_dl') =>
    readWages([{ file: `${sheet}.xlsx`, sheets: [{ sheet, rows: [oewsHeader, ...rows] }] }])

  it('accepts a table with all occupations, and one that withholds a few', () => {
    expect(read(complete).missingCodes).toEqual([])
    expect(read(complete.filter((_, index) => index !== 100)).missingCodes).toHaveLength(1)
  })

  it.each([
    [
      'was cut off near the end',
      complete.slice(0, -2),
      /not complete: it has 846 of the 848 .* row 847, column OCC_CODE .* 53-7081; the list ends with 53-7199/,
    ],
    ['lacks rows in the middle', complete.toSpliced(100, 50), /not complete: it has 798 of the 848/],
  ])('refuses a table that %s', (_, rows, why) => {
    expect(() => read(rows)).toThrow(why)
  })

  it('refuses two years at once, and one occupation twice', () => {
    const file = (year: number) => ({
      file: `national_M${year}_dl.xlsx`,
      sheets: [{ sheet: `national_M${year}_dl`, rows: [oewsHeader, ...complete] }],
    })
    expect(() => readWages([file(2024), file(2023)])).toThrow(
      /is of May 2024 and .* of May 2023\. Import one release at a time/,
    )
    expect(() => read([...complete, ...complete.slice(0, 1)])).toThrow(/has two rows of 11-1011 in the nation/)
  })

  it('reads the states of a file of states, also without a column of their codes', () => {
    const header = oewsHeader.filter((name) => name !== 'PRIM_STATE' && name !== 'I_GROUP')
    const places = [
      ['Alabama', '2'],
      ['Wyoming', '2'],
      ['Puerto Rico', '3'],
      ['Abilene, TX', '4'],
    ]
    const rows = places.map(([AREA_TITLE = '', AREA_TYPE = '']) =>
      createOewsRow({ AREA_TITLE, AREA_TYPE, OCC_CODE: '53-7199' }, header),
    )
    const wages = readWages([{ file: 'x.xlsx', sheets: [{ sheet: 'state_M2019_dl', rows: [header, ...rows] }] }])
    expect([...wages.byState.keys()]).toEqual(['AL', 'WY', 'PR'])
    expect(wages.nation).toBeUndefined()
  })

  it('refuses a file of states that was cut off', () => {
    const rows = ['Alabama', 'Alaska', 'Arizona'].map((AREA_TITLE, index) =>
      createOewsRow({ ...inTexas, AREA_TITLE, PRIM_STATE: ['AL', 'AK', 'AZ'][index] ?? '', OCC_CODE: '53-7199' }),
    )
    expect(() => read(rows, 'state_M2025_dl')).toThrow(/not complete: column PRIM_STATE ends with AZ/)
    const texas = [createOewsRow({ ...inTexas, OCC_CODE: '11-1011' })]
    expect(() => read(texas, 'state_M2025_dl')).toThrow(/the rows of TX end before the occupations 53-0000/)
  })
})

type FillOptions = {
  header?: string[]
  career?: typeof coder
  sheet?: string
  descriptions?: readonly Cells[]
}

function fillCareer(
  rows: readonly Cells[],
  { header = oewsHeader, career = coder, sheet = 'national_M2025_dl', descriptions = [] }: FillOptions = {},
) {
  const sheets = [
    { sheet, rows: [header, ...rows] },
    { sheet: 'Field Descriptions', rows: descriptions },
  ]
  return fillWages(career, readWages([{ file: 'national.xlsx', sheets }], { isPartial: true }))
}

describe('buildStateFigures', () => {
  it('has the figures of each state that publishes the occupation, in one order', () => {
    const rows = [
      createOewsRow({ ...inTexas, A_MEDIAN: 48_000, A_PCT90: '#' }),
      createOewsRow({ AREA_TITLE: 'Puerto Rico', AREA_TYPE: '3', PRIM_STATE: 'PR', A_MEDIAN: '*' }),
      createOewsRow({ AREA_TITLE: 'Ohio', AREA_TYPE: '2', PRIM_STATE: 'OH', OCC_CODE: '11-1011' }),
    ]
    const sheets = [{ sheet: 'state_M2024_dl', rows: [oewsHeader, ...rows] }]
    const wages = readWages([{ file: 'state.xlsx', sheets }], { isPartial: true })
    const figures = buildStateFigures(coder, wages) ?? expect.unreachable()
    expect(stateFigures.parse(figures)).toEqual(figures)
    expect(figures.places.map(({ state, name }) => [state, name])).toEqual([
      ['TX', 'Texas'],
      ['PR', 'Puerto Rico'],
    ])
    const facts = buildStateFacts(figures, 'TX')
    expect(facts.find(({ metric }) => metric === 'annual-wage-90th-percentile')?.value).toBe('$239,200 or more')
    expect(buildStateFacts(figures, 'PR').map(({ metric }) => metric)).not.toContain('median-annual-wage')
    expect(buildStateFigures(aCareer({ soc: ['55-3016'] }), wages)).toBeUndefined()
  })
})
