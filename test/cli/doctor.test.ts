import { describe, expect, it } from 'vitest'
import { checks, examine, type Machine } from '#cli/doctor/checks.ts'

const said = new Map([
  ['java', 'openjdk version "17.0.15" 2025-04-15'],
  ['chromium', 'Chromium 153.0.1\n'],
])
const versions = new Map([
  ['aws-cdk', '2.1148.1'],
  ['aws-cdk-lib', '2.276.0'],
])
const healthy: Machine = {
  nodeVersion: 'v24.21.0',
  run: async (program) => said.get(program),
  versionOf: (installed) => versions.get(installed),
  isFree: async () => true,
  port: 3000,
  credentials: async () => ({}),
  region: async () => 'us-east-1',
}
const missing = async (machine: Partial<Machine>) =>
  (await examine({ ...healthy, ...machine })).filter(({ ok }) => !ok).map(({ name }) => name)

describe('doctor', () => {
  it('finds nothing amiss with a machine that has everything', async () => {
    expect(await missing({})).toEqual([])
  })

  it.each<[string, Partial<Machine>]>([
    ['Node', { nodeVersion: 'v20.20.2' }],
    ['port', { isFree: async () => false }],
    ['Java', { run: async (program) => (program === 'java' ? undefined : said.get(program)) }],
    ['Java', { run: async (program) => (program === 'java' ? 'java version "1.8.0_402"' : said.get(program)) }],
    ['browser', { run: async (program) => (program === 'java' ? said.get('java') : undefined) }],
    ['CDK CLI', { versionOf: (installed) => (installed === 'aws-cdk' ? '3.0.0' : versions.get(installed)) }],
    ['CDK CLI', { versionOf: () => undefined }],
    ['AWS region', { region: async () => Promise.reject(new Error('Region is missing')) }],
    ['AWS credentials', { credentials: async () => Promise.reject(new Error('none')) }],
  ])('names %s where it is missing, and says what to do', async (name, machine) => {
    expect(await missing(machine)).toEqual([name])
    const [found] = (await examine({ ...healthy, ...machine })).filter(({ ok }) => !ok)
    expect(found).toMatchObject({ mend: expect.stringMatching(/\w.+\.$/) })
  })

  it('looks at what one purpose needs, if that is all that is asked', async () => {
    const names = (await examine(healthy, 'start')).map(({ name }) => name)
    expect(names).toEqual(['Node', 'port'])
    expect(checks.every((check) => check.for.length > 0)).toBe(true)
  })

  it('counts a look that breaks as something to be mended', async () => {
    const run = async () => Promise.reject(new Error('EPERM'))
    expect(await missing({ run })).toEqual(['Java', 'browser'])
  })

  it('names the endpoint that credentials are for, where it is not that of AWS', async () => {
    const found = await examine({ ...healthy, endpoint: 'http://localhost:4566' }, 'deploy')
    expect(found.at(-1)).toMatchObject({ ok: true, found: 'found, for http://localhost:4566' })
  })
})
