/** What a machine is asked. Everything that looks at it comes in as an argument. */
export type MachineProbe = {
  nodeVersion: string
  /** What a program says, on either output; nothing where there is no such program. */
  run: (program: string, ...args: string[]) => Promise<string | undefined>
  readInstalledVersion: (packageName: string) => string | undefined
  isFree: (port: number) => Promise<boolean>
  port: number
  /** @throws where there are none. */
  credentials: () => Promise<unknown>
  /** @throws where none is set. */
  region: () => Promise<string>
  endpoint?: string | undefined
}
export const purposes = ['start', 'test', 'deploy'] as const
export type DoctorPurpose = (typeof purposes)[number]
export type CheckResult = { ok: true; found: string } | { ok: false; found: string; mend: string }
export type DoctorCheck = {
  name: string
  for: readonly DoctorPurpose[]
  inspect: (machine: MachineProbe) => Promise<CheckResult>
}

export const checks: readonly DoctorCheck[] = [
  {
    name: 'Node',
    for: purposes,
    inspect: async ({ nodeVersion }) =>
      major(nodeVersion) >= 24
        ? pass(nodeVersion)
        : fail(nodeVersion, 'Run `npm ci`, and start through npm: it brings Node 24 along.'),
  },
  {
    name: 'port',
    for: ['start'],
    inspect: async ({ port, isFree }) =>
      (await isFree(port))
        ? pass(`${port} is free`)
        : fail(`${port} is taken`, 'Stop what listens there, or set PORT to another.'),
  },
  {
    name: 'Java',
    for: ['test'],
    inspect: async ({ run }) => {
      const match = /version "(\d+)[^"]*"/.exec((await run('java', '-version')) ?? '')
      return match && Number(match[1]) >= 11
        ? pass(match[0])
        : fail(match?.[0] ?? 'none', 'Install Java 11 or newer; without it, tests on DynamoDB Local are left out.')
    },
  },
  {
    name: 'browser',
    for: ['test'],
    inspect: async ({ run, readInstalledVersion }) => {
      for (const program of ['chromium', 'chromium-browser', 'google-chrome']) {
        const output = await run(program, '--version')
        if (output !== undefined) return pass(output.trim())
      }
      const bundledVersion = readInstalledVersion('@sparticuz/chromium')
      if (bundledVersion !== undefined) return pass(`the one that npm brings, ${bundledVersion}`)
      return fail(
        'none',
        'Install Chromium (Debian: apt-get install chromium); without it, browser tests may be left out.',
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
            `It cannot read what this library writes: \`npm install --save-dev aws-cdk@${major(library)}\`.`,
          )
    },
  },
  {
    name: 'AWS region',
    for: ['deploy'],
    inspect: async ({ region }) =>
      region().then(pass, () =>
        fail('none', 'Set AWS_REGION, or a region in your AWS profile; us-east-1 is simplest.'),
      ),
  },
  {
    name: 'AWS credentials',
    for: ['deploy'],
    inspect: async ({ credentials, endpoint }) =>
      credentials().then(
        () => pass(endpoint === undefined ? 'found' : `found, for ${endpoint}`),
        () => fail('none', 'Run `aws sso login`, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'),
      ),
  },
]

/** Every check that is for the purpose, or all. One that breaks has found something to be mended too. */
export function runChecks(machine: MachineProbe, purpose?: DoctorPurpose) {
  const selectedChecks = checks.filter((check) => purpose === undefined || check.for.includes(purpose))
  return Promise.all(
    selectedChecks.map(async ({ name, inspect }) => ({
      name,
      ...(await inspect(machine).catch((error: unknown) => fail(String(error), 'Look at what it says.'))),
    })),
  )
}

const pass = (actual: string): CheckResult => ({ ok: true, found: actual })
const fail = (actual: string, fix: string): CheckResult => ({ ok: false, found: actual, mend: fix })
const major = (version: string) => Number(/\d+/.exec(version)?.[0] ?? 0)
