import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkOnetCoverage } from '#cli/import/onet/check-onet-coverage.ts'
import { groupCareersByCode } from '#cli/import/onet/create-onet-command.ts'
import { fillOnet } from '#cli/import/onet/fill-onet.ts'
import { checkReleaseDate, parseOnetRelease } from '#cli/import/onet/parse-onet-release.ts'
import { readOnet } from '#cli/import/onet/read-onet.ts'
import { career as careerShape } from '#shared/domain/catalog/career.ts'
import { aCareer } from '#test/builders/career.ts'
import { type Cells, createTempFolder, createWorkbook } from './create-workbook.ts'
import { createOnetFolder, type OnetFiles, onetFiles } from './onet-folder.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(dirname(folder), { recursive: true })
})

const release = parseOnetRelease('db_30_1_csv', { publisher: 'Careers Example Inc.' })
const careersByCode = new Map([
  ['29-2072.00', ['coder', 'records']],
  ['29-9021.00', ['registrar']],
  ['11-9111.00', ['manager']],
  ['15-1299.08', ['engineer']],
])
const code = '29-2072.00'
const coder = aCareer({ title: 'Medical Coder', soc: ['29-2072'] })

describe('fillOnet', () => {
  it('adds titles, tasks by importance, stored related careers, preparation and the credit', async () => {
    const { career, notes } = fillOnet(coder, 'coder', { onet: await readFixture(), release, careersByCode })
    expect(notes).toEqual([])
    expect(careerShape.parse(career)).toEqual(career)
    expect(career.aliases).toEqual(['Records Clerk'])
    expect(career.sections).toEqual([
      {
        id: 'onet-tasks',
        heading: 'What people in this work do',
        body: '- Protect what is private.\n- Assign codes, in full.\n- Sort what comes in.\n- Greet visitors.',
      },
    ])
    expect(career.relatedCareers).toEqual([
      {
        slug: 'manager',
        reason: 'O*NET® lists it among the 5 occupations closest to Medical Records Specialists.',
        tier: 'Primary-Short',
      },
      {
        slug: 'registrar',
        reason: 'O*NET® lists it among the 10 occupations closest to Medical Records Specialists.',
        tier: 'Primary-Long',
      },
      {
        slug: 'engineer',
        reason:
          'O*NET® lists it as a supplemental match, among the 20 occupations closest to Medical Records Specialists.',
        tier: 'Supplemental',
      },
    ])
    expect(career.education).toBeUndefined()
    expect(career.facts).toEqual([
      {
        metric: 'job-zone',
        label: 'Job Zone, Medical Records Specialists',
        note: 'A group of occupations that O*NET ranks by experience, education and training together, from 1 to 5.',
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

  it('adds skills, knowledge and interests by their rating, and technology that is asked for most first', async () => {
    const title = 'Medical Records Specialists'
    const ratings = (...rows: [element: string, scale: string, value: string, suppress?: string][]): Cells[] => [
      ['O*NET-SOC Code', 'Title', 'Element ID', 'Element Name', 'Scale ID', 'Data Value', 'Recommend Suppress'],
      ...rows.map(([element, scale, value, suppress = 'N']) => [code, title, '2.A', element, scale, value, suppress]),
    ]
    const onet = await readFixture({
      ...onetFiles,
      'skills.csv': ratings(
        ['Writing', 'IM', '3.1'],
        ['Reading Comprehension', 'IM', '4'],
        ['Reading Comprehension', 'LV', '9'],
        ['Welding', 'LV', '7'],
        ['Guessing', 'IM', '5', 'Y'],
      ),
      'knowledge.csv': ratings(['Administrative', 'IM', '4.2']),
      'interests.csv': ratings(
        ['Realistic', 'OI', '2'],
        ['Conventional', 'OI', '6.7'],
        ['Investigative', 'OI', '3'],
        ['Artistic', 'OI', '1'],
        ['First Interest High-Point', 'IH', '6'],
      ),
      'technology_skills.csv': [
        ['O*NET-SOC Code', 'Title', 'Example', 'Commodity Code', 'Commodity Title', 'Hot Technology', 'In Demand'],
        [code, title, 'Chart tool', '43', 'Charting software', 'N', 'N'],
        [code, title, 'Microsoft Excel', '43', 'Spreadsheet software', 'Y', 'Y'],
        [code, title, 'Microsoft Excel', '43', 'Spreadsheet software', 'Y', 'Y'],
      ],
    })
    const { career } = fillOnet(coder, 'coder', { onet, release, careersByCode })
    expect(career.sections.slice(1)).toEqual([
      { id: 'onet-skills', heading: 'Skills that matter most', body: '- Reading Comprehension\n- Writing' },
      { id: 'onet-knowledge', heading: 'Knowledge that matters most', body: '- Administrative' },
      {
        id: 'onet-interests',
        heading: 'Interests that fit this work best',
        body: '- Conventional\n- Investigative\n- Realistic',
      },
      { id: 'onet-technology', heading: 'Software and technology', body: '- Microsoft Excel\n- Chart tool' },
    ])
    expect(fillOnet(career, 'coder', { onet, release, careersByCode }).career).toEqual(career)
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
    const once = fillOnet(editedCareer, 'coder', { onet, release, careersByCode }).career
    expect(once).toMatchObject({ education: 'Ours.', sections: [editedCareer.sections[0], { id: 'onet-tasks' }] })
    expect(once.aliases).toEqual(['Chart Keeper', 'Records Clerk'])
    expect(once.relatedCareers.map(({ slug, reason }) => [slug, /^We/.test(reason)])).toEqual([
      ['registrar', true],
      ['manager', false],
      ['engineer', false],
    ])
    expect(fillOnet(once, 'coder', { onet, release, careersByCode }).career).toEqual(once)
  })

  it('replaces an older release by a later one', async () => {
    const onet = await readFixture()
    const once = fillOnet(coder, 'coder', { onet, release, careersByCode }).career
    const later = parseOnetRelease('db_31_0_csv', { publisher: 'Careers Example Inc.' })
    const { career } = fillOnet(once, 'coder', { onet, release: later, careersByCode })
    expect(career.attributions).toEqual([later.credit])
    expect(career.facts.map(({ period }) => period)).toEqual(['Release 31.0'])
  })

  it('supports any number of job zones, with or without names', async () => {
    const { career } = fillOnet(aCareer({ soc: ['29-9021'] }), 'registrar', {
      onet: await readFixture(),
      release,
      careersByCode,
    })
    expect(career.facts.map(({ value }) => value)).toEqual(['Job Zone 6'])
    expect(career.education).toBeUndefined()
  })

  it('removes the sentence of a Job Zone that an earlier import wrote as the education', async () => {
    const ofZone = { ...coder, education: 'Most of these need an associate degree.' }
    const { career } = fillOnet(ofZone, 'coder', { onet: await readFixture(), release, careersByCode })
    expect(career.education).toBeUndefined()
  })

  it('replaces related careers of earlier imports that O*NET does not give', async () => {
    const falseReason = 'The O*NET® database lists it among the occupations closest to Medical Records Specialists.'
    const related = { ...coder, relatedCareers: [{ slug: 'nurse', reason: falseReason }] }
    const { career } = fillOnet(related, 'coder', { onet: await readFixture(), release, careersByCode })
    expect(career.relatedCareers.map(({ slug }) => slug)).toEqual(['manager', 'registrar', 'engineer'])
  })

  it('gives a career with the code of a part the tasks of that part, and relations to nothing else', async () => {
    const engineer = aCareer({ soc: ['15-1299'], onetSoc: ['15-1299.08'] })
    const whole = aCareer({ soc: ['15-1299'] })
    const onet = await readFixture()
    const { career } = fillOnet(engineer, 'engineer', { onet, release, careersByCode })
    expect(career.sections.map(({ body }) => body)).toEqual(['- Engineer.'])
    expect(
      groupCareersByCode([
        { id: 'engineer', career: engineer },
        { id: 'whole', career: whole },
      ]),
    ).toEqual(
      new Map([
        ['15-1299.08', ['engineer']],
        ['15-1299.00', ['whole']],
      ]),
    )
  })

  it('lists core tasks first if the folder has no ratings', async () => {
    const { 'task_ratings.csv': _, ...rest } = onetFiles
    const { career } = fillOnet(coder, 'coder', { onet: await readFixture(rest), release, careersByCode })
    expect(career.sections[0]?.body).toMatch(
      /^- Assign codes, in full\.\n- Protect .*\n- Greet visitors\.\n- Sort what comes in\.$/,
    )
  })

  it('says of a residual and a military code what it is, and imports nothing for them', async () => {
    const unmatchedCareer = aCareer({ soc: ['15-1299', '29-2071', '55-3016'] })
    const { career, notes } = fillOnet(unmatchedCareer, 'strange', {
      onet: await readFixture(),
      release,
      careersByCode,
    })
    expect(career).toEqual(unmatchedCareer)
    expect(notes).toEqual([
      "29-2071 is no code of SOC 2018. Correct the career's soc.",
      "15-1299.00 Computer Occupations, All Other is a residual code, on which O*NET gathers no data. Its parts are 15-1299.08: one of them can be the career's onetSoc.",
      '55-3016.00 is an occupation of the armed forces: O*NET gathers no data on them.',
    ])
  })

  it('reads columns by name, also in database spelling', async () => {
    const alternateHeader = ['onetsoc_code', 'title', 'reported_job_title', 'shown_in_my_next_move']
    const [, ...rows] = onetFiles['sample_of_reported_titles.csv'] ?? []
    const onet = await readFixture({ ...onetFiles, 'sample_of_reported_titles.csv': [alternateHeader, ...rows] })
    expect(onet.occupations.get('29-2072.00')?.reportedTitles).toContain('Records Clerk')
  })

  it('reads files by name, also in other spelling, and without names of job zones', async () => {
    const { 'task_ratings.csv': ratings = [], 'job_zone_reference.csv': _, ...rest } = onetFiles
    const onet = await readFixture({ ...rest, 'Task Ratings.csv': ratings })
    expect([onet.importance.get('3'), onet.zones.size]).toEqual([4.9, 0])
  })
})

describe('readOnet', () => {
  it('reads the text files and the workbooks of older releases', async () => {
    const text = Object.fromEntries(
      Object.entries(onetFiles).map(([name, rows]) => [name.replaceAll('_', ' ').replace('.csv', '.txt'), rows]),
    )
    expect(await readFixture(text)).toEqual(await readFixture())
    const folder = createTempFolder()
    folders.push(join(folder, 'x'))
    for (const [name, rows] of Object.entries(onetFiles))
      await createWorkbook(join(folder, name.replaceAll('_', ' ').replace('.csv', '.xlsx')), { Sheet1: rows })
    expect(await readOnet(folder, () => {}, { isPartial: true })).toEqual(await readFixture())
  })

  it('refuses a list of occupations that was cut off', async () => {
    const folder = createOnetFolder()
    folders.push(folder)
    await expect(readOnet(folder, () => {})).rejects.toThrow(
      /occupation_data\.csv is not complete: it has 5 occupations in 6 rows/,
    )
  })
})

describe('checkOnetCoverage', () => {
  const all = Array.from({ length: 1000 }, (_, index) => `${11 + Math.floor(index / 100)}-${1000 + (index % 100)}.00`)
  const check = (tables: { [table: string]: string[] }) =>
    checkOnetCoverage(
      Object.entries({ occupation_data: all, task_statements: all, job_zones: all, ...tables }).map(
        ([table, codes]) => ({
          file: `${table}.csv`,
          table,
          codes: new Set(codes),
          rowCount: codes.length + 1,
        }),
      ),
    )

  it('accepts complete files, and titles for most occupations', () => {
    expect(check({ sample_of_reported_titles: all.slice(0, 950) })).toBeUndefined()
  })

  it.each([
    [
      'in the middle',
      { task_statements: all.slice(0, 500) },
      /task_statements\.csv is not complete: its last row is row 501, column "O\*NET-SOC Code" 15-1099\.00, .* go on to 20-1099\.00/,
    ],
    ['after nearly all', { job_zones: all.slice(0, 999) }, /job_zones\.csv is not complete: its last row is row 1000/],
    [
      'so that titles lack',
      { sample_of_reported_titles: all.slice(0, 800) },
      /sample_of_reported_titles\.csv is not complete/,
    ],
    ['before the others', { occupation_data: all.slice(0, 950) }, /20-1050\.00 is not in occupation_data\.csv/],
  ])('refuses a file that was cut off %s', (_, tables, why) => {
    expect(() => check(tables)).toThrow(why)
  })
})

describe('readOnet with a wrong folder', () => {
  it.each([
    [
      'a file is missing',
      { 'task_statements.csv': undefined },
      /db_30_1_csv has no task_statements as \.csv, \.txt or \.xlsx: download/,
    ],
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
    expect(() => parseOnetRelease('/tmp/db_29_3_csv', { publisher: 'P', release: '30.1' })).toThrow(
      /folder db_29_3_csv names release 29\.3, and --release 30\.1/,
    )
  })

  it.each([
    ['24.3', '2023-08', /Release 24\.3 was published in 2020-05, but rows of the files are dated 2023-08/],
    ['35.0', '2024-11', /Release 35\.0 was published in 2030-08, but the newest row of the files is dated 2024-11/],
  ])('refuses release %s if the rows are dated %s', (number, newestMonth, why) => {
    const stated = parseOnetRelease('/tmp/onet', { publisher: 'P', release: number })
    expect(() => checkReleaseDate(stated, newestMonth)).toThrow(why)
    expect(checkReleaseDate(release, '2025-02')).toBeUndefined()
  })
})

async function readFixture(files: OnetFiles = onetFiles) {
  const folder = createOnetFolder(files)
  folders.push(folder)
  return readOnet(folder, () => {}, { isPartial: true })
}
