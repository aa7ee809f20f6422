import { basename } from 'node:path'
import type { Fact } from '#shared/domain/catalog/fact.ts'
import { scorecardSource } from '#shared/domain/catalog/public-sources.ts'
import { BadFile } from '../files/bad-file.ts'
import type { Institution } from './read-institutions.ts'

/** The academic year that the figures are of, and how long they are shown. */
export type ScorecardYear = Pick<Fact, 'period' | 'asOf' | 'expiresAt'>

/** A year of the Scorecard is published about two years after it ends, and the next one replaces it a year later. */
const yearsValid = 3

/**
 * The academic year of the figures: from `--academic-year`, or the name of a file of one year, such as `MERGED2023_24_PP.csv`.
 * `Most-Recent-Cohorts-Institution.csv` says none; then the figures are left out.
 * @throws BadFile if the two differ, or if it is no academic year
 */
export function findScorecardYear(file: string, option: string | undefined): ScorecardYear | undefined {
  const named = /MERGED(\d{4})_(\d{2})/i.exec(basename(file))
  const fileYear = named ? `${named[1]}-${named[2]}` : undefined
  if (option !== undefined && fileYear !== undefined && option !== fileYear)
    throw new BadFile(`${basename(file)} is of ${fileYear} by its name, and --academic-year says ${option}.`)
  const year = option ?? fileYear
  if (year === undefined) return undefined
  const [first = 0, last = 0] = year.split('-').map(Number)
  if (!/^\d{4}-\d{2}$/.test(year) || last !== (first + 1) % 100)
    throw new BadFile(`--academic-year must be an academic year such as 2023-24, not ${year}.`)
  const july = (calendarYear: number) => `${calendarYear}-07-01T00:00:00.000Z`
  return { period: year, asOf: july(first + 1), expiresAt: july(first + 1 + yearsValid) }
}

/** Tuition and fees of a year, and the share of students who complete. */
export function buildSchoolFacts(institution: Institution, year: ScorecardYear): Fact[] {
  const { tuitionInState, tuitionOutOfState, completion } = institution
  const isOnePrice = tuitionInState === tuitionOutOfState
  const price = {
    unit: 'USD',
    statistic: 'published price',
    note: 'Before financial aid, for a full-time undergraduate.',
  }
  const figures = [
    {
      metric: 'tuition-in-state',
      label: isOnePrice ? 'Tuition and fees for a year' : 'Tuition and fees for a year, residents of the state',
      value: tuitionInState,
      ...price,
    },
    {
      metric: 'tuition-out-of-state',
      label: 'Tuition and fees for a year, others',
      value: isOnePrice ? undefined : tuitionOutOfState,
      ...price,
    },
    {
      metric: 'completion-rate',
      label: 'Students who complete',
      value: completion === undefined ? undefined : Math.round(completion * 1000) / 10,
      unit: 'percent',
      statistic: 'share',
      note: 'First-time, full-time students who completed within one and a half times the normal time.',
    },
  ]
  return figures.flatMap(({ value, ...figure }) =>
    value === undefined ? [] : [{ ...figure, value, geography: 'United States', source: scorecardSource, ...year }],
  )
}
