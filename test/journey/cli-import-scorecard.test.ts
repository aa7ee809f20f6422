import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { createWorkbook } from '#test/cli/import/create-workbook.ts'
import { crosswalkRows } from '#test/cli/import/fields-of-study.ts'
import { institutionsCsv } from '#test/cli/import/scorecard/institutions-csv.ts'
import { runOps } from './run-ops.ts'

const folder = mkdtempSync(join(tmpdir(), 'prospectus-scorecard-'))
const institutions = join(folder, 'MERGED2023_24_PP.csv')
const fields = join(folder, 'Most-Recent-Cohorts-Field-of-Study.csv')
writeFileSync(institutions, institutionsCsv)
writeFileSync(
  fields,
  [
    'UNITID,OPEID6,INSTNM,CONTROL,MAIN,CIPCODE,CIPDESC,CREDLEV,CREDDESC',
    '100654,001002,Alabama A & M University,Public,1,5107,Health and Medical Administrative Services.,3,Bachelor’s',
    '100654,001002,Alabama A & M University,Public,1,5138,Nursing.,3,Bachelor’s',
    '555555,005555,Elsewhere College,Public,1,5107,Health and Medical Administrative Services.,2,Associate',
  ].join('\n'),
)
let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await host.close()
})

describe('ops import institutions and fields-of-study', () => {
  it('make schools and then their programs, once, and can be undone', async () => {
    const dryRun = await ops('import', 'institutions', institutions, '--states', 'AL', '--dry-run')
    expect(dryRun.out).toBe('+ alabama-a-m-university\nRows of schools: 1. 1 new, 0 changed, 0 unchanged.\n')
    const tooEarly = await ops('import', 'fields-of-study', fields, '--modality', 'campus', '--dry-run')
    expect([tooEarly.code, tooEarly.err]).toEqual([2, expect.stringContaining('No career has fields of study.')])
    const schools = await ops('import', 'institutions', institutions, '--states', 'AL', '--yes')
    expect(schools.out).toContain('1 new, 0 changed, 0 unchanged. Written: 1.')

    const crosswalk = await createWorkbook(join(folder, 'CIP2020_SOC2018_Crosswalk.xlsx'), { 'CIP-SOC': crosswalkRows })
    expect((await ops('import', 'crosswalk', crosswalk, '--partial', '--yes')).code).toBe(0)
    const noModality = await ops('import', 'fields-of-study', fields, '--yes')
    expect([noModality.code, noModality.err]).toEqual([2, expect.stringContaining('--modality')])
    const programs = await ops('import', 'fields-of-study', fields, '--modality', 'campus', '--yes')
    expect(programs.out).toContain('Rows of programs: 1. 1 new, 0 changed, 0 unchanged. Written: 1.')
    const program = await ops('programs', 'get', 'alabama-a-m-university-5107-bachelor')
    expect(JSON.parse(program.out)).toMatchObject({
      schoolId: 'alabama-a-m-university',
      careerSlugs: expect.arrayContaining(['health-record-technician']),
      sponsored: false,
      modality: 'campus',
    })

    const again = await ops('import', 'fields-of-study', fields, '--modality', 'campus', '--yes')
    expect(again.out).toContain('0 new, 0 changed')
    const [, journal = ''] = /import undo (\S+)/.exec(programs.out) ?? []
    expect((await ops('import', 'undo', journal, '--yes')).code).toBe(0)
    expect((await ops('programs', 'get', 'alabama-a-m-university-5107-bachelor')).code).not.toBe(0)
  })

  it('names a column that is missing, and a state that does not exist', async () => {
    const wrongFile = await ops('import', 'institutions', fields, '--dry-run')
    expect([wrongFile.code, wrongFile.err]).toEqual([
      2,
      expect.stringMatching(/Field-of-Study\.csv has no column "CITY", "STABBR", "ZIP", "INSTURL"\./),
    ])
    const wrongState = await ops('import', 'institutions', institutions, '--states', 'TX,ZZ', '--dry-run')
    expect([wrongState.code, wrongState.err]).toEqual([2, expect.stringContaining('not ZZ')])
  })
})

const ops = (...args: string[]) => runOps(host, args, {}, '', folder)
