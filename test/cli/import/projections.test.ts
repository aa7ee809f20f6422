import { describe, expect, it } from 'vitest'
import { fillEducation } from '#cli/import/projections/fill-education.ts'
import { fillProjections } from '#cli/import/projections/fill-projections.ts'
import { readEducation } from '#cli/import/projections/read-education.ts'
import { readProjections } from '#cli/import/projections/read-projections.ts'
import { aCareer, aFact } from '#test/builders/career.ts'
import type { Cells } from './create-workbook.ts'
import { createProjectionRow, projectionsHeader, projectionsTitle } from './employment-projections.ts'

const coder = aCareer({ title: 'Medical Records Specialist', soc: ['29-2072'] })

describe('fillProjections', () => {
  it('adds employment in both years, change and openings, with the years of the headers', () => {
    const { career, notes } = fillCareer([createProjectionRow()])
    expect(notes).toEqual([])
    expect(career.facts.map(({ metric, label, value, unit, period }) => [metric, label, value, unit, period])).toEqual([
      ['base-employment', 'Employment in 2024', 194_300, 'jobs', '2024'],
      ['projected-employment', 'Projected employment in 2034', 208_100, 'jobs', '2034'],
      ['projected-job-growth', 'Projected job growth', 7.1, 'percent', '2024-2034'],
      ['projected-openings', 'Projected openings a year', 14_200, 'openings', '2024-2034'],
    ])
    expect(career.facts[2]).toMatchObject({
      statistic: 'projected change',
      geography: 'United States',
      source: { name: 'U.S. Bureau of Labor Statistics, Employment Projections' },
      asOf: '2025-09-01T00:00:00.000Z',
      expiresAt: '2026-09-01T00:00:00.000Z',
    })
  })

  it('reads the years of another release, across a century, with footnotes and hyphens in headers', () => {
    const rename = (title: string) =>
      `${title}[1]`.replaceAll('2024', '2094').replaceAll('2034', '2104').replace('–34', '-2104')
    const header = projectionsHeader.map(rename)
    const { career } = fillCareer([createProjectionRow()], { header, title: ['Table 1.2 Occupational projections'] })
    expect(career.facts.map(({ period }) => period)).toEqual(['2094', '2104', '2094-2104', '2094-2104'])
    expect(career.facts[1]?.value).toBe(208_100)
  })

  it('reads line items and not sums, and leaves out dashes', () => {
    const sum = createProjectionRow({ 'Occupation type': 'Summary', 'Employment, 2024': 1 })
    const { career } = fillCareer([createProjectionRow({ 'Employment, 2034': '—' }), sum])
    expect(career.facts.map(({ metric }) => metric)).toEqual([
      'base-employment',
      'projected-job-growth',
      'projected-openings',
    ])
    expect(career.facts[0]?.value).toBe(194_300)
  })

  it('replaces older facts of the same source', () => {
    const source = { name: 'U.S. Bureau of Labor Statistics, Employment Projections', url: 'https://www.bls.gov/emp/' }
    const old = aFact({ metric: 'projected-job-growth', value: 15, period: '2014-2024', source })
    const { facts } = fillCareer([createProjectionRow()], { career: { ...coder, facts: [old] } }).career
    expect(facts.map(({ metric, value }) => [metric, value])).toContainEqual(['projected-job-growth', 7.1])
    expect(facts).toHaveLength(4)
  })

  it('notes a code that the file does not contain', () => {
    const { career, notes } = fillCareer([createProjectionRow()], { career: aCareer({ soc: ['55-3016'] }) })
    expect([career.facts, notes]).toEqual([[], [expect.stringContaining('only civilian jobs in the projections file')]])
  })

  it.each([
    [
      'without the change',
      projectionsHeader.filter((title) => !title.includes('percent, 2024–34')),
      /such as "Employment change, percent, 2024-34"/,
    ],
    [
      'without the target',
      projectionsHeader.filter((title) => title !== 'Employment, 2034'),
      /no column "Employment, 2034"/,
    ],
    [
      'of another table',
      ['Industry', 'Output'],
      /It has: Industry, Output\. Check that it is the file from docs\/importing\.md/,
    ],
  ])('reports what is wrong with a sheet %s', (_, header, why) => {
    expect(() => fillCareer([createProjectionRow({}, header)], { header })).toThrow(why)
  })

  it('reports a sheet that contains only sums', () => {
    expect(() => fillCareer([createProjectionRow({ 'Occupation type': 'Summary' })])).toThrow(
      /no row whose "Occupation type" is "Line item"/,
    )
  })
})

describe('education', () => {
  const header = [
    ...projectionsHeader,
    'Typical education needed for entry',
    'Work experience in a related occupation',
    'Typical on-the-job training needed to attain competency in the occupation',
  ]
  const assignments = {
    'Typical education needed for entry': 'Postsecondary nondegree award',
    'Work experience in a related occupation': 'None',
    'Typical on-the-job training needed to attain competency in the occupation': 'None',
  }
  const row = createProjectionRow(assignments, header)

  it('comes from the words of the Bureau, as facts and as the text of the career', () => {
    const { career } = fillCareer([row], { header })
    expect(career.facts.slice(4).map(({ metric, value, period }) => [metric, value, period])).toEqual([
      ['typical-entry-education', 'Postsecondary nondegree award', '2024'],
      ['related-work-experience', 'None', '2024'],
      ['on-the-job-training', 'None', '2024'],
    ])
    expect(career.education).toBe(
      'According to the U.S. Bureau of Labor Statistics (2024), the typical education needed for entry is: postsecondary nondegree award; ' +
        'work experience in a related occupation: none; on-the-job training: none.',
    )
  })

  it('replaces the sentence of a Job Zone, and keeps the text of staff', () => {
    const ofZone = {
      ...coder,
      education: "Most of these occupations require a four-year bachelor's degree, but some do not.",
    }
    expect(fillCareer([row], { header, career: ofZone }).career.education).toContain('postsecondary nondegree award')
    expect(fillCareer([row], { header, career: { ...coder, education: 'Ours.' } }).career.education).toBe('Ours.')
  })

  it('is left alone by a table without these columns', () => {
    const { career } = fillCareer([row], { header })
    expect(fillCareer([createProjectionRow()], { career }).career.education).toBe(career.education)
  })

  it('comes also from Table 5.4 of education.xlsx', () => {
    const titles = [
      '2024 National Employment Matrix title',
      '2024 National Employment Matrix code',
      ...header.slice(-3),
    ]
    const cells = ['Medical records specialists', '29-2072', ...Object.values(assignments)]
    const sums = ['Total', '00-0000', '—', '—', '—']
    const sheets = [
      { sheet: 'Index', rows: [['Contents']] },
      { sheet: 'Table 5.4', rows: [['Table 5.4 Education and training assignments'], titles, sums, cells] },
    ]
    const { career } = fillEducation(coder, readEducation('education.xlsx', sheets, { isPartial: true }))
    expect(career.facts.map(({ value }) => value)).toEqual(Object.values(assignments))
    expect(() => readEducation('education.xlsx', sheets)).toThrow(/sheet "Table 5.4", is not complete/)
    expect(() => readEducation('x.xlsx', [])).toThrow(/no column "Typical education needed for entry"/)
  })
})

describe('readProjections', () => {
  it('refuses a table of SOC 2010, and one whose years contradict each other', () => {
    expect(() =>
      fillCareer([createProjectionRow()], {
        title: ['Table 1.2 Employment by detailed occupation, 2016 and projected 2026'],
      }),
    ).toThrow(/projections from 2016 on, whose occupations are those of SOC 2010/)
    expect(() =>
      fillCareer([createProjectionRow()], { title: ['Table 1.2 Occupational projections, 2023–33'] }),
    ).toThrow(/contradicts itself: the change is that of 2024-2034, but ".*2023–33" names 2023/)
  })

  it('refuses a table that was cut off', () => {
    expect(() =>
      readProjections([projectionsTitle, projectionsHeader, createProjectionRow()], 'occupation.xlsx'),
    ).toThrow(/occupation\.xlsx is not complete: it has 1 of the 848 civilian occupations/)
  })
})

type FillOptions = { header?: readonly string[]; career?: typeof coder; title?: Cells }

function fillCareer(
  rows: readonly Cells[],
  { header = projectionsHeader, career = coder, title = projectionsTitle }: FillOptions = {},
) {
  const sheet = [title, header, ...rows]
  return fillProjections(career, readProjections(sheet, 'occupation.xlsx, "Table 1.2"', { isPartial: true }))
}
