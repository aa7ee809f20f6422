import { edgeRegion } from '#infra/stage-names.ts'
import { describeFailure } from './check-access.ts'
import { checkProvider, type ReadProvider } from './check-provider.ts'
import { type CheckResult, fail, type NamedResult, pass } from './check-result.ts'

/** Everything that the checks read from a machine, so that tests can replace it. */
export type MachineProbe = {
  nodeVersion: string
  /** Output of a program, standard output and error; undefined if it cannot be run. */
  run: (program: string, ...args: string[]) => Promise<string | undefined>
  readInstalledVersion: (packageName: string) => string | undefined
  isFree: (port: number) => Promise<boolean>
  port: number
  /** The DATA_DIR of the environment, and since when it is held; undefined if it is not set. */
  findDataFolder: () => { folder: string; hold: { asOf: string } | undefined } | undefined
  /** The OIDC_ISSUER of the environment; undefined if it is not set. */
  issuer?: string | undefined
  readProvider: ReadProvider
  /** @throws if none is set */
  region: () => Promise<string>
  /** Asks AWS whose credentials these are. @throws if it does not accept them, or does not respond */
  readIdentity: (region: string) => Promise<{ account: string; arn: string }>
  endpoint?: string | undefined
}
export const purposes = ['start', 'test', 'deploy'] as const
export type DoctorPurpose = (typeof purposes)[number]
export type DoctorCheck = {
  name: string
  for: readonly DoctorPurpose[]
  /** Left out if the account of a stage is asked, whose file says the region. */
  isForAnyStage?: true
  inspect: (machine: MachineProbe) => Promise<CheckResult>
}

export const checks: readonly DoctorCheck[] = [
  {
    name: 'Node',
    for: purposes,
    inspect: async ({ nodeVersion }) =>
      major(nodeVersion) >= 24
        ? pass(nodeVersion)
        : fail(
            nodeVersion,
            'Install Node 24, or run `npm ci` and use npm scripts, which use the copy of Node 24 in node_modules.',
          ),
  },
  {
    name: 'port',
    for: ['start'],
    inspect: async ({ port, isFree }) =>
      (await isFree(port))
        ? pass(`${port} is free`)
        : fail(`${port} is taken`, 'Stop the program that uses the port, or set PORT to another.'),
  },
  {
    name: 'data folder',
    for: ['start'],
    inspect: async ({ findDataFolder }) => {
      const { folder, hold } = findDataFolder() ?? {}
      if (folder === undefined) return pass('DATA_DIR is not set')
      return hold
        ? fail(
            `${folder} comes from a backup of ${hold.asOf} and is held: nothing is saved or sent`,
            `Say what happened since by \`npm run ops -- settle --data-dir ${folder}\`.`,
          )
        : pass(folder)
    },
  },
  {
    name: 'sign-in provider',
    for: ['start'],
    inspect: async ({ issuer, readProvider }) =>
      issuer === undefined ? pass('OIDC_ISSUER is not set') : checkProvider(issuer, readProvider),
  },
  {
    name: 'Java',
    for: ['test'],
    inspect: async ({ run }) => {
      const match = /version "(\d+)[^"]*"/.exec((await run('java', '-version')) ?? '')
      return match && Number(match[1]) >= 11
        ? pass(match[0])
        : fail(match?.[0] ?? 'none', 'Install Java 11 or newer. Without it, tests on DynamoDB Local are skipped.')
    },
  },
  {
    name: 'browser',
    for: ['test'],
    inspect: async ({ run, readInstalledVersion }) => {
      for (const program of ['chromium-headless-shell', 'chromium', 'chromium-browser']) {
        const output = await run(program, '--version')
        if (output !== undefined) return pass(output.trim())
      }
      const bundledVersion = readInstalledVersion('@sparticuz/chromium')
      if (bundledVersion !== undefined) return pass(`npm package @sparticuz/chromium ${bundledVersion}`)
      return fail(
        'none',
        'Install Chromium (Debian: apt-get install chromium-headless-shell). Without it, browser tests may be skipped.',
      )
    },
  },
  {
    name: 'CDK CLI',
    for: ['deploy'],
    inspect: async ({ readInstalledVersion }) => {
      const [cli, library] = [readInstalledVersion('aws-cdk'), readInstalledVersion('aws-cdk-lib')]
      if (cli === undefined || library === undefined) return fail('not installed', 'Run `npm ci`.')
      const versions = `${cli}, library ${library}`
      return major(cli) === major(library)
        ? pass(versions)
        : fail(
            versions,
            `The CLI cannot read the output of this library. Run \`npm install --save-dev aws-cdk@${major(library)}\`.`,
          )
    },
  },
  {
    name: 'AWS region',
    for: ['deploy'],
    isForAnyStage: true,
    inspect: async ({ region }) =>
      region().then(pass, () =>
        fail('none', 'Set AWS_REGION, or a region in your AWS profile. us-east-1 is simplest.'),
      ),
  },
  {
    name: 'AWS credentials',
    for: ['deploy'],
    isForAnyStage: true,
    inspect: async ({ readIdentity, region, endpoint }) => {
      const place = await region().catch(() => edgeRegion)
      return readIdentity(place).then(
        ({ account, arn }) => pass(`account ${account}, as ${arn}${endpoint === undefined ? '' : `, at ${endpoint}`}`),
        (error: unknown) => describeFailure(error, 'sts:GetCallerIdentity', place),
      )
    },
  },
]

/** Runs the checks of one purpose, or all. A check that throws counts as failed. */
export function runChecks(
  machine: MachineProbe,
  purpose?: DoctorPurpose,
  { hasStage = false } = {},
): Promise<NamedResult[]> {
  const selectedChecks = checks.filter(
    (check) => (purpose === undefined || check.for.includes(purpose)) && !(hasStage && check.isForAnyStage),
  )
  return Promise.all(
    selectedChecks.map(async ({ name, inspect }) => ({
      name,
      ...(await inspect(machine).catch((error: unknown) => fail(String(error), 'Fix the error above.'))),
    })),
  )
}

const major = (version: string) => Number(/\d+/.exec(version)?.[0] ?? 0)
