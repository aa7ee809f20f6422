import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fillOnet } from '#cli/import/onet/fill-onet.ts'
import { parseOnetRelease } from '#cli/import/onet/parse-onet-release.ts'
import { readOnet } from '#cli/import/onet/read-onet.ts'
import { career as careerShape } from '#shared/domain/catalog/career.ts'
import { aCareer } from '#test/builders/career.ts'
import { createOnetFolder, type OnetFiles, onetFiles } from './onet-folder.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(dirname(folder), { recursive: true })
})

const release = parseOnetRelease('db_30_1_csv', { publisher: 'Careers Example Inc.' })
const careersBySoc = new Map([
  ['29-2072', ['coder', 'records']],
  ['29-9021', ['registrar']],
  ['11-9111', ['manager']],
])
const coder = aCareer({ title: 'Medical Coder', soc: ['29-2072'] })

describe('fillOnet', () => {
  it('adds titles, tasks by importance, stored related careers, preparation and the credit', async () => {
    const { career, notes } = fillOnet(coder, 'coder', { onet: await readFixture(), release, careersBySoc })
    expect(notes).toEqual([])
    expect(careerShape.parse(career)).toEqual(career)
    expect(career.aliases).toEqual(['Records Clerk'])
    expect(career.sections).toEqual([
      {
        id: 'onet-tasks',
        heading: 'What people in this work do',
        body: 'Protect what is private.\n\nAssign codes, in full.\n\nSort what comes in.\n\nGreet visitors.',
      },
    ])
    expect(career.relatedCareers.map(({ slug }) => slug)).toEqual(['manager', 'registrar'])
    expect(career.education).toBe('Most of these need an associate degree.')
    expect(career.facts).toEqual([
      {
        metric: 'job-zone',
        label: 'Preparation needed',
        value: 'Job Zone Three: Medium Preparation Needed',
        statistic: 'job zone',
        period: 'Release 30.1',
        geography: 'United States',
        source: {
          name: 'O*NET® 30.1 Database, U.S. Department of Labor',
          url: 'https://www.onetcenter.org/database.html',
        },
        asOf: '2025-11-01T00:00:00.000Z',
        expiresAt: '2026-11-01T00:00:00.000Z',
      },
    ])
    expect(career.attributions).toEqual([
      {
        name:
          'This page includes information from the O*NET 30.1 Database by the U.S. Department of Labor, Employment and Training ' +
          'Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. Careers Example Inc. ' +
          'has modified all or some of this information. USDOL/ETA has not approved, endorsed, or tested these modifications.',
        url: 'https://www.onetcenter.org/license_db.html',
      },
    ])
  })

  it('keeps the text of staff, and changes nothing the second time', async () => {
    const onet = await readFixture()
    const editedCareer = aCareer({
      ...coder,
      education: 'Ours.',
      aliases: ['Chart Keeper'],
      sections: [{ id: 'duties', heading: 'Duties', body: 'Ours too.' }],
      relatedCareers: [{ slug: 'registrar', reason: 'We say so.' }],
    })
    const once = fillOnet(editedCareer, 'coder', { onet, release, careersBySoc }).career
    expect(once).toMatchObject({ education: 'Ours.', sections: [editedCareer.sections[0], { id: 'onet-tasks' }] })
    expect(once.aliases).toEqual(['Chart Keeper', 'Records Clerk'])
    expect(once.relatedCareers.map(({ slug, reason }) => [slug, /^We/.test(reason)])).toEqual([
      ['registrar', true],
      ['manager', false],
    ])
    expect(fillOnet(once, 'coder', { onet, release, careersBySoc }).career).toEqual(once)
  })

  it('replaces an older release by a later one', async () => {
    const onet = await readFixture()
    const once = fillOnet(coder, 'coder', { onet, release, careersBySoc }).career
    const later = parseOnetRelease('db_31_0_csv', { publisher: 'Careers Example Inc.' })
    const { career } = fillOnet(once, 'coder', { onet, release: later, careersBySoc })
    expect(career.attributions).toEqual([later.credit])
    expect(career.facts.map(({ period }) => period)).toEqual(['Release 31.0'])
  })

  it('supports any number of job zones, with or without names', async () => {
    const { career } = fillOnet(aCareer({ soc: ['29-9021'] }), 'registrar', {
      onet: await readFixture(),
      release,
      careersBySoc,
    })
    expect(career.facts.map(({ value }) => value)).toEqual(['Job Zone 6'])
    expect(career.education).toBeUndefined()
  })

  it('imports nothing from a part of an occupation or for an unknown code', async () => {
    const unmatchedCareer = aCareer({ soc: ['15-1299', '29-2071'] })
    const { career, notes } = fillOnet(unmatchedCareer, 'strange', { onet: await readFixture(), release, careersBySoc })
    expect(career).toEqual(unmatchedCareer)
    expect(notes).toEqual([
      '15-1299 exists only in parts such as 15-1299.08, which are not imported.',
      expect.stringContaining('29-2071 is not in the O*NET database'),
    ])
  })

  it('reads columns by name, also in database spelling', async () => {
    const alternateHeader = ['onetsoc_code', 'title', 'reported_job_title', 'shown_in_my_next_move']
    const [, ...rows] = onetFiles['sample_of_reported_titles.csv'] ?? []
    const onet = await readFixture({ ...onetFiles, 'sample_of_reported_titles.csv': [alternateHeader, ...rows] })
    expect(onet.occupations.get('29-2072')?.reportedTitles).toContain('Records Clerk')
  })

  it('reads files by name, also in other spelling, and without names of job zones', async () => {
    const { 'task_ratings.csv': ratings = [], 'job_zone_reference.csv': _, ...rest } = onetFiles
    const onet = await readFixture({ ...rest, 'Task Ratings.csv': ratings })
    expect([onet.importance.get('3'), onet.zones.size]).toEqual([4.9, 0])
  })
})

describe('readOnet with a wrong folder', () => {
  it.each([
    ['a file is missing', { 'task_ratings.csv': undefined }, /db_30_1_csv has no task_ratings\.csv: download/],
    [
      'a column is missing',
      { 'job_zones.csv': [['O*NET-SOC Code', 'Zone']] },
      /job_zones\.csv has no column "Job Zone"\. It has: O\*NET-SOC Code, Zone/,
    ],
    ['a file is empty', { 'job_zones.csv': [] }, /job_zones\.csv is empty/],
  ])('reports the problem and the fix if %s', async (_, wrong, why) => {
    const files: { [file: string]: OnetFiles[string] | undefined } = { ...onetFiles, ...wrong }
    const presentFiles = Object.entries(files).flatMap(([name, rows]) => (rows ? [[name, rows] as const] : []))
    await expect(readFixture(Object.fromEntries(presentFiles))).rejects.toThrow(why)
  })

  it('reports a path that is not a folder', async () => {
    await expect(readOnet('/nowhere', () => {})).rejects.toThrow(/\/nowhere is not a folder\. Unzip/)
  })
})

describe('parseOnetRelease', () => {
  it('reads the release from the folder name or the option, and never guesses', () => {
    expect(parseOnetRelease('/tmp/db_29_3_csv/', { publisher: 'P' }).asOf).toBe('2025-05-01T00:00:00.000Z')
    expect(parseOnetRelease('/tmp/onet', { publisher: 'P', release: '30.0' }).period).toBe('Release 30.0')
    expect(() => parseOnetRelease('/tmp/onet', { publisher: 'P' })).toThrow(
      /does not contain the release.* Pass --release/,
    )
    expect(() => parseOnetRelease('/tmp/db_30_1', { publisher: 'P', release: 'new' })).toThrow(
      /--release must be a release such as 30\.1/,
    )
  })
})

async function readFixture(files: OnetFiles = onetFiles) {
  const folder = createOnetFolder(files)
  folders.push(folder)
  return readOnet(folder, () => {})
}
