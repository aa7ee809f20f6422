import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { StoredRecordBody } from '#cli/import/records/parse-record-rows.ts'
import { findScorecardYear } from '#cli/import/scorecard/build-school-facts.ts'
import { planSchools } from '#cli/import/scorecard/plan-schools.ts'
import { readInstitutions } from '#cli/import/scorecard/read-institutions.ts'
import { createTempFolder } from '../create-workbook.ts'
import { institutionsCsv } from './institutions-csv.ts'

const folder = createTempFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const year = findScorecardYear('MERGED2023_24_PP.csv', undefined)

describe('planSchools', () => {
  it('makes a school of each institution that operates, in the time zone of its ZIP code', async () => {
    const { plans, notes } = await plan()
    expect(notes).toEqual([])
    expect(plans.map(({ id, version, body }) => [id, version, body.timeZone])).toEqual([
      ['alabama-a-m-university', 0, 'America/Chicago'],
      ['the-university-of-texas-at-austin', 0, 'America/Chicago'],
      ['columbia-college-222992', 0, 'America/Denver'],
      ['columbia-college-177065', 0, 'America/Chicago'],
    ])
    expect(plans[0]?.body).toEqual({
      name: 'Alabama A & M University',
      ipedsId: '100654',
      timeZone: 'America/Chicago',
      place: { city: 'Normal', state: 'AL' },
      url: 'https://www.aamu.edu/',
      accreditation: [{ name: 'Southern Association of Colleges and Schools Commission on Colleges' }],
      facts: [
        expect.objectContaining({ metric: 'tuition-in-state', value: 10_024, period: '2023-24' }),
        expect.objectContaining({ metric: 'tuition-out-of-state', value: 18_634 }),
        expect.objectContaining({ metric: 'completion-rate', value: 28.1, unit: 'percent' }),
      ],
    })
    expect(plans[2]?.body.facts).toMatchObject([{ metric: 'completion-rate', value: 61.2 }])
    expect(plans[3]?.body.facts).toMatchObject([
      { metric: 'tuition-in-state', label: 'Tuition and fees for a year', value: 24_326 },
      { metric: 'completion-rate', value: 45 },
    ])
  })

  it('reads only the states that are asked for', async () => {
    const { plans } = await plan({ states: new Set(['AL', 'MO']) })
    // Of two colleges with a name, one is asked for.
    expect(plans.map(({ id }) => id)).toEqual(['alabama-a-m-university', 'columbia-college'])
  })

  it('knows a stored school by its IPEDS ID, fills what it lacks and leaves what staff wrote', async () => {
    const body = {
      name: 'UT Austin',
      legalName: 'The University of Texas at Austin',
      ipedsId: '228778',
      timeZone: 'America/New_York',
      url: 'https://admissions.utexas.edu/',
      facts: [ownFact, { ...ownFact, metric: 'tuition-in-state', value: 1, source: scorecardSource }],
    }
    const { plans } = await plan({ stored: new Map([['ut', { version: 3, body }]]) })
    const ut = plans.find(({ id }) => id === 'ut')
    expect(ut).toMatchObject({ version: 3, before: body, changedColumns: ['place', 'accreditation', 'facts'] })
    expect(ut?.body).toMatchObject({ name: 'UT Austin', timeZone: 'America/New_York', url: body.url })
    expect(ut?.body.facts).toMatchObject([ownFact, { value: 11_678 }, { value: 42_778 }, { value: 87.7 }])
    const again = await plan({ stored: new Map([['ut', { version: 4, body: ut?.body ?? {} }]]) })
    expect(again.plans.find(({ id }) => id === 'ut')?.changedColumns).toEqual([])
  })

  it('makes no second school of a name that is there without an IPEDS ID, and says so', async () => {
    const body = { name: 'Alabama A&M University', timeZone: 'America/Chicago' }
    const { plans, notes } = await plan({ stored: new Map([['alabama', { version: 1, body }]]) })
    expect(plans.map(({ id }) => id)).not.toContain('alabama-a-m-university')
    expect(notes).toEqual([
      'Alabama A & M University: left out, because the school alabama has its name and no IPEDS ID. If it is the same, give it the IPEDS ID 100654.',
    ])
  })

  it('gives an ID that another institution has the number of the institution', async () => {
    const body = { name: 'Another', timeZone: 'America/Chicago', ipedsId: '111111' }
    const { plans } = await plan({ stored: new Map([['alabama-a-m-university', { version: 1, body }]]) })
    expect(plans[0]?.id).toBe('alabama-a-m-university-100654')
  })

  it('leaves figures out if no year is known', async () => {
    const { plans } = await plan({ year: undefined })
    expect(plans.flatMap(({ body }) => (body.facts ? [body.facts] : []))).toEqual([])
  })
})

describe('findScorecardYear', () => {
  it('takes the year of the option or of the file name, and refuses two', () => {
    expect(findScorecardYear('Most-Recent-Cohorts-Institution.csv', undefined)).toBeUndefined()
    expect(findScorecardYear('Most-Recent-Cohorts-Institution.csv', '1999-00')).toMatchObject({
      period: '1999-00',
      asOf: '2000-07-01T00:00:00.000Z',
      expiresAt: '2003-07-01T00:00:00.000Z',
    })
    expect(() => findScorecardYear('MERGED2022_23_PP.csv', '2023-24')).toThrow(/is of 2022-23 by its name/)
    for (const wrong of ['2023', '2023-25', '2023-2024', 'x'])
      expect(() => findScorecardYear('a.csv', wrong)).toThrow(/must be an academic year such as 2023-24/)
  })
})

const scorecardSource = { name: 'U.S. Department of Education, College Scorecard' }
const ownFact = {
  metric: 'class-size',
  label: 'Students in a class',
  value: 12,
  unit: 'students',
  statistic: 'mean',
  period: '2025',
  geography: 'United States',
  source: { name: 'Registrar' },
  asOf: '2025-09-01T00:00:00.000Z',
  expiresAt: '2027-09-01T00:00:00.000Z',
}

type PlanOptions = {
  stored?: ReadonlyMap<string, StoredRecordBody>
  states?: ReadonlySet<string>
  year?: ReturnType<typeof findScorecardYear>
}

async function plan({ stored = new Map(), states, ...options }: PlanOptions = {}) {
  const file = join(folder, 'institutions.csv')
  writeFileSync(file, institutionsCsv)
  const institutions = await readInstitutions(file, { states, onProgress: () => {} })
  return planSchools(institutions, stored, 'year' in options ? options.year : year)
}
