import { describe, expect, it } from 'vitest'
import { fillProjections } from '#cli/import/projections/fill-projections.ts'
import { readProjections } from '#cli/import/projections/read-projections.ts'
import { aCareer, aFact } from '#test/builders/career.ts'
import type { Cells } from './create-workbook.ts'
import { createProjectionRow, projectionsHeader, projectionsTitle } from './employment-projections.ts'

const coder = aCareer({ soc: ['29-2072'] })

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
    const header = projectionsHeader.map((title) =>
      `${title}[1]`.replaceAll('2024', '2094').replaceAll('2034', '2104').replace('–34', '-2104'),
    )
    const { career } = fillCareer([createProjectionRow()], { header })
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
    const { career, notes } = fillCareer([createProjectionRow()], { career: aCareer({ soc: ['29-2071'] }) })
    expect([career.facts, notes]).toEqual([[], [expect.stringContaining('29-2071 is not in the projections file')]])
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

type FillOptions = { header?: readonly string[]; career?: typeof coder }

function fillCareer(rows: readonly Cells[], { header = projectionsHeader, career = coder }: FillOptions = {}) {
  return fillProjections(career, readProjections([projectionsTitle, header, ...rows], 'occupation.xlsx, "Table 1.2"'))
}
