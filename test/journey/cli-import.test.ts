import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planCareers } from '#cli/import/careers/plan-careers.ts'
import { readCareers } from '#cli/import/careers/read-careers.ts'
import { writePlans } from '#cli/import/careers/write-careers.ts'
import { type Host, startHost } from '#local/host.ts'
import { createClient } from '#shared/contract/client.ts'
import { createTempFolder, createWorkbook } from '#test/cli/import/create-workbook.ts'
import { createProjectionRow, projectionsHeader, projectionsTitle } from '#test/cli/import/employment-projections.ts'
import { crosswalkRows, scorecardCsv } from '#test/cli/import/fields-of-study.ts'
import { createOewsRow, inTexas, oewsHeader } from '#test/cli/import/oews.ts'
import { createOnetFolder } from '#test/cli/import/onet-folder.ts'
import { runOps as runHostOps } from './run-ops.ts'

const folder = createTempFolder()
let host: Host
let wages: string
beforeAll(async () => {
  host = await startHost({ port: 0 })
  wages = await createWorkbook(join(folder, 'national_M2025_dl.xlsx'), {
    national_M2025_dl: [
      oewsHeader,
      createOewsRow(),
      createOewsRow({ OCC_CODE: '29-9021', OCC_TITLE: 'Registrars', A_MEAN: 70_000, A_PCT90: '#' }),
      createOewsRow(inTexas),
    ],
  })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await host.close()
})

describe('ops import wages', () => {
  it('shows the changes, asks, writes each career once, and nothing the second time', async () => {
    const before = await careers()
    const dryRun = await ops('import', 'wages', wages, '--partial', '--dry-run')
    const byState = 'States and territories with figures: 1. Careers with figures by state: 2.\n'
    expect([dryRun.err, dryRun.code]).toEqual([byState, 0])
    expect(dryRun.out).toContain('medical-coding-specialist: would-write.\n  9 added, 0 changed, 0 removed,')
    expect(dryRun.out).toMatch(/~ fact mean-annual-wage, United States: \$40,430 a year .* -> \$55,120 a year/)
    expect(dryRun.out).toContain('? 29-9021: at or above the highest wage that the survey tells (#)')
    const withoutConfirmation = await ops('import', 'wages', wages, '--partial')
    expect([withoutConfirmation.code, withoutConfirmation.err]).toEqual([2, expect.stringContaining('pass --yes')])
    expect(await careers()).toEqual(before)

    const first = await ops('import', 'wages', wages, '--partial', '--yes', '--json')
    expect([first.err, first.code]).toEqual([
      expect.stringMatching(/^States and territories with figures: 1\. .* import undo .*\n$/),
      0,
    ])
    const outcomes = Object.fromEntries(JSON.parse(first.out).careers.map((one: CareerResult) => [one.id, one.outcome]))
    expect(outcomes).toEqual({
      'cancer-registrar': 'written',
      'database-administrator': 'unchanged',
      'health-record-technician': 'written',
      'medical-coding-specialist': 'written',
      'medical-services-manager': 'unchanged',
    })
    const { facts, ...rest } = await career('health-record-technician')
    expect(rest).toEqual({
      ...before['health-record-technician'],
      facts: undefined,
      version: 2,
      updatedAt: rest.updatedAt,
    })
    expect(facts).toContainEqual(expect.objectContaining({ metric: 'degree-required', period: '2016-17 edition' }))

    const after = await careers()
    const secondRun = await ops('import', 'wages', wages, '--partial')
    expect([secondRun.out, secondRun.code]).toEqual([expect.stringMatching(/\nCareers: 5 unchanged\.\n$/), 0])
    expect(await careers()).toEqual(after)
  })

  it('does not write a career that has changed since it was read', async () => {
    const call = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
    const plans = planCareers(await readCareers(call), (current) => ({
      career: { ...current, aliases: ['Keeper'] },
      notes: [],
    }))
    const plan = plans.find(({ id }) => id === 'cancer-registrar') ?? expect.unreachable()
    const editedFile = join(folder, 'theirs.json')
    writeFileSync(editedFile, JSON.stringify({ ...(await career(plan.id)), title: 'Theirs' }))
    expect((await ops('careers', 'put', plan.id, editedFile)).code).toBe(0)

    expect(await writePlans(call, [plan])).toMatchObject([{ id: 'cancer-registrar', outcome: 'version-conflict' }])
    expect(await career(plan.id)).toMatchObject({ title: 'Theirs', aliases: expect.not.arrayContaining(['Keeper']) })
  })

  it.each([
    ['a missing file', () => ['gone_M2025_dl.xlsx'], /gone_M2025_dl\.xlsx does not exist/],
    [
      'a file that is not a workbook',
      () => [writeTextFile('text_M2025_dl.xlsx')],
      /text_M2025_dl\.xlsx is not a valid workbook \(\.xlsx\)/,
    ],
    [
      'a release that the file contradicts',
      () => [wages, '--period', 'May 1999'],
      /contradicts itself: .* says May 2025, --period says May 1999/,
    ],
    ['a file that was cut off', () => [wages], /is not complete: it has 2 of the 848 civilian occupations/],
  ])('reports the problem and the fix, and writes nothing: %s', async (_, buildArgs, why) => {
    const { out, err, code } = await ops('import', 'wages', ...buildArgs(), '--yes')
    expect([out, code]).toEqual(['', 2])
    expect(err).toMatch(why)
    expect(err).not.toMatch(/^ +at /m)
  })
})

describe('ops import', () => {
  it('imports files of every kind, with the same result each time', async () => {
    const occupation = await createWorkbook(join(folder, 'occupation.xlsx'), {
      'Table 1.1': [['Sums']],
      'Table 1.2': [projectionsTitle, projectionsHeader, createProjectionRow()],
    })
    const onet = createOnetFolder()
    const kinds = [
      ['projections', occupation, '--partial'],
      ['onet', onet, '--publisher', 'Careers Example Inc.', '--partial'],
    ]
    for (const kind of kinds) {
      const first = await ops('import', ...kind, '--yes')
      expect([first.err, first.code]).toEqual(['', 0])
      expect(first.out).toContain('medical-coding-specialist: written')
    }
    const after = await careers()
    for (const kind of kinds) expect((await ops('import', ...kind)).out).toMatch(/\nCareers: 5 unchanged\.\n$/)
    expect(await careers()).toEqual(after)
    rmSync(dirname(onet), { recursive: true })

    const page = await fetch(`${host.urls.api}/v1/careers/medical-coding-specialist`)
    const publicCareer = JSON.parse(await page.text())
    expect(publicCareer).toMatchObject({
      attributions: expect.arrayContaining([
        expect.objectContaining({ name: expect.stringContaining('CC BY 4.0'), url: expect.anything() }),
      ]),
    })
    expect(publicCareer.facts.map(({ metric }: { metric: string }) => metric)).toContain('projected-openings')
  })

  it('lists the sheets of a workbook that lacks the expected one', async () => {
    const { err, code } = await ops('import', 'projections', wages)
    expect([code, err]).toEqual([2, expect.stringMatching(/has no sheet "Table 1\.2"\. It has: "national_M2025_dl"/)])
  })

  it('suggests programs and writes nothing', async () => {
    const before = await careers()
    const crosswalk = await createWorkbook(join(folder, 'crosswalk.xlsx'), { 'CIP-SOC': crosswalkRows })
    const scorecard = join(folder, 'fields.csv')
    writeFileSync(scorecard, scorecardCsv)
    const result = await ops('import', 'crosswalk', crosswalk, '--partial', '--scorecard', scorecard, '--limit', '1')
    expect([result.err, result.code]).toEqual(['', 0])
    expect(result.out).toContain('medical-coding-specialist: 2 fields of study lead to it.\n  51.0707 Health')
    expect(result.out).toMatch(/medical-coding-specialist 1 .*Another College.*5107.*associate/)
    expect(result.out).toContain('  2 more: pass a higher --limit, or --json for all.')
    const { out } = await ops('import', 'crosswalk', crosswalk, '--partial', '--scorecard', scorecard, '--json')
    const coder = JSON.parse(out).careers.find(({ careerSlug }: { careerSlug: string }) =>
      careerSlug.startsWith('medical-coding'),
    )
    expect(coder.programs).toHaveLength(3)
    expect(await careers()).toEqual(before)
  })
})

describe('ops import of whole records', () => {
  let second: Host
  beforeAll(async () => {
    second = await startHost({ port: 0 })
  })
  afterAll(() => second.close())
  const run = (...args: string[]) => runHostOps(second, args, {}, '', folder)

  it('makes careers from an O*NET folder, fills them, and undoes it', async () => {
    const onet = createOnetFolder()
    const args = ['import', 'careers', onet, '--publisher', 'Careers Example Inc.', '--partial']
    expect((await run(...args, '--dry-run')).out).toContain('infantry: would-write.')
    const created = JSON.parse((await run(...args, '--yes', '--json')).out)
    expect(created.pendingPages).toBe(0)
    expect(created.careers.map(({ id, outcome }: CareerResult) => [id, outcome])).toContainEqual([
      'infantry',
      'written',
    ])
    const again = JSON.parse((await run(...args, '--yes', '--json')).out)
    expect(again.careers).toEqual([])
    const page = await fetch(`${second.urls.api}/v1/careers/computer-systems-engineers`)
    expect(JSON.parse(await page.text())).toMatchObject({
      onetSoc: ['15-1299.08'],
      sections: [{ body: '- Engineer.' }],
    })
    const undone = await run('import', 'undo', created.journal, '--yes')
    expect([undone.code, undone.out]).toEqual([0, expect.stringMatching(/^Deleted: \d+\. Restored: 0\./)])
    expect((await fetch(`${second.urls.api}/v1/careers/infantry`)).status).toBe(404)
    rmSync(dirname(onet), { recursive: true })
  })

  it('creates and changes schools and programs from CSV, and names every fault before it writes', async () => {
    const schools = join(folder, 'schools.csv')
    writeFileSync(schools, 'id,name,timeZone\nnorth,North College,America/Chicago\nsouth,South College,Texas\n')
    const refused = await run('import', 'schools', schools, '--yes')
    expect([refused.out, refused.code]).toEqual(['', 2])
    expect(refused.err).toMatch(
      /^row 3, column timeZone: .*America\/Chicago\n.*1 faults in 2 rows\. Nothing was written\.\n$/,
    )
    writeFileSync(schools, 'id,name,timeZone\nnorth,North College,America/Chicago\n')
    const created = JSON.parse((await run('import', 'schools', schools, '--yes', '--json')).out)
    expect(created.results).toMatchObject([{ id: 'north', outcome: 'created' }])

    const programs = join(folder, 'programs.csv')
    const header = 'id,schoolId,name,careerSlugs,level,modality'
    writeFileSync(programs, `${header}\nhit,nowhere,Health Information,health-record-technician,associate,online\n`)
    const lost = await run('import', 'programs', programs, '--yes')
    expect(lost.err).toContain('row 2, column schoolId: names none of the schools')
    writeFileSync(programs, `${header}\nhit,north,Health Information,health-record-technician,associate,online\n`)
    expect((await run('import', 'programs', programs, '--yes')).out).toContain('Rows of programs: 1. 1 new')

    writeFileSync(schools, 'id,name\nnorth,Northern College\n')
    const changed = await run('import', 'schools', schools, '--yes', '--json')
    const { journal } = JSON.parse(changed.out)
    expect(JSON.parse((await run('schools', 'get', 'north')).out)).toMatchObject({
      name: 'Northern College',
      version: 2,
    })
    expect((await run('import', 'undo', journal, '--yes')).out).toContain('Restored: 1.')
    expect(JSON.parse((await run('schools', 'get', 'north')).out)).toMatchObject({ name: 'North College', version: 3 })
    expect((await run('import', 'undo', journal, '--yes')).out).toContain('Already as before: 1.')
  })
})

type CareerResult = { id: string; outcome: string }

async function careers(): Promise<{ [id: string]: object }> {
  const { careers: careerList } = JSON.parse((await ops('careers', 'list', '--json')).out)
  return Object.fromEntries(careerList.map((one: CareerResult) => [one.id, one]))
}

async function career(id: string) {
  return JSON.parse((await ops('careers', 'get', id)).out)
}

function writeTextFile(name: string): string {
  const path = join(folder, name)
  writeFileSync(path, 'Access denied')
  return path
}

const ops = (...args: string[]) => runHostOps(host, args, {}, '', folder)
