import { describe, expect, it } from 'vitest'
import { AwsError } from '#cli/aws/create-aws-client.ts'
import { checks, type MachineProbe, runChecks } from '#cli/doctor/checks.ts'

const programOutput = new Map([
  ['java', 'openjdk version "17.0.15" 2025-04-15'],
  ['chromium', 'Chromium 153.0.1\n'],
])
const versions = new Map([
  ['aws-cdk', '2.1148.1'],
  ['aws-cdk-lib', '2.276.0'],
])
const providerMetadata = {
  issuer: 'https://login.example',
  authorization_endpoint: 'https://login.example/authorize',
  token_endpoint: 'https://login.example/token',
}
const healthy: MachineProbe = {
  nodeVersion: 'v24.21.0',
  run: async (program) => programOutput.get(program),
  readInstalledVersion: (packageName) => versions.get(packageName),
  isFree: async () => true,
  port: 3000,
  findDataFolder: () => ({ folder: '/data', hold: undefined }),
  issuer: 'https://login.example',
  readProvider: async (url) => {
    if (url !== 'https://login.example/.well-known/openid-configuration') throw new Error('Not found')
    return providerMetadata
  },
  region: async () => 'us-east-1',
  readIdentity: async () => ({ account: '111122223333', arn: 'arn:aws:iam::111122223333:user/deploy' }),
}
const failedChecks = async (machine: Partial<MachineProbe>) =>
  (await runChecks({ ...healthy, ...machine })).filter(({ ok }) => !ok).map(({ name }) => name)

describe('doctor', () => {
  it('passes every check on a complete machine', async () => {
    expect(await failedChecks({})).toEqual([])
  })

  it.each<[string, Partial<MachineProbe>]>([
    ['Node', { nodeVersion: 'v20.20.2' }],
    ['port', { isFree: async () => false }],
    ['data folder', { findDataFolder: () => ({ folder: '/data', hold: { asOf: '2026-11-28T03:00:00.000Z' } }) }],
    ['Java', { run: async (program) => (program === 'java' ? undefined : programOutput.get(program)) }],
    [
      'Java',
      { run: async (program) => (program === 'java' ? 'java version "1.8.0_402"' : programOutput.get(program)) },
    ],
    ['browser', { run: async (program) => (program === 'java' ? programOutput.get('java') : undefined) }],
    [
      'CDK CLI',
      { readInstalledVersion: (packageName) => (packageName === 'aws-cdk' ? '3.0.0' : versions.get(packageName)) },
    ],
    ['CDK CLI', { readInstalledVersion: () => undefined }],
    ['sign-in provider', { issuer: 'https://login.example/', readProvider: async () => providerMetadata }],
    ['sign-in provider', { readProvider: async () => Promise.reject(new Error('fetch failed')) }],
    ['sign-in provider', { readProvider: async () => ({ issuer: 'https://login.example' }) }],
    ['AWS region', { region: async () => Promise.reject(new Error('Region is missing')) }],
    ['AWS credentials', { readIdentity: async () => Promise.reject(new Error('fetch failed')) }],
    ['AWS credentials', { readIdentity: async () => Promise.reject(new AwsError('InvalidClientTokenId', 'no')) }],
  ])('reports that %s is missing, with a fix', async (name, machine) => {
    expect(await failedChecks(machine)).toEqual([name])
    const [failed] = (await runChecks({ ...healthy, ...machine })).filter(({ ok }) => !ok)
    expect(failed).toMatchObject({ fix: expect.stringMatching(/\w.+\.$/) })
  })

  it('runs only the checks of the requested purpose', async () => {
    const names = (await runChecks(healthy, 'start')).map(({ name }) => name)
    expect(names).toEqual(['Node', 'port', 'data folder', 'sign-in provider'])
    expect(checks.every((check) => check.for.length > 0)).toBe(true)
  })

  it('leaves region and credentials to the checks of a stage', async () => {
    const names = (await runChecks(healthy, 'deploy', { hasStage: true })).map(({ name }) => name)
    expect(names).toEqual(['Node', 'CDK CLI'])
  })

  it('counts a check that throws as failed', async () => {
    const run = async () => Promise.reject(new Error('EPERM'))
    expect(await failedChecks({ run })).toEqual(['Java', 'browser'])
  })

  it('names the endpoint of the credentials if it is not AWS', async () => {
    const results = await runChecks({ ...healthy, endpoint: 'http://localhost:4566' }, 'deploy')
    expect(results.at(-1)).toMatchObject({
      ok: true,
      actual: 'account 111122223333, as arn:aws:iam::111122223333:user/deploy, at http://localhost:4566',
    })
  })
})
