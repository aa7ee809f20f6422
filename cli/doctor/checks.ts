/** What a machine is asked. Everything that looks at it comes in as an argument. */
export type Machine = {
  nodeVersion: string
  /** What a program says, on either output; nothing where there is no such program. */
  run: (program: string, ...args: string[]) => Promise<string | undefined>
  versionOf: (installed: string) => string | undefined
  isFree: (port: number) => Promise<boolean>
  port: number
  /** @throws where there are none. */
  credentials: () => Promise<unknown>
  /** @throws where none is set. */
  region: () => Promise<string>
  endpoint?: string | undefined
}
export const purposes = ['start', 'test', 'deploy'] as const
export type Purpose = (typeof purposes)[number]
export type Finding = { ok: true; found: string } | { ok: false; found: string; mend: string }
export type Check = { name: string; for: readonly Purpose[]; look: (machine: Machine) => Promise<Finding> }

export const checks: readonly Check[] = [
  {
    name: 'Node',
    for: purposes,
    look: async ({ nodeVersion }) =>
      major(nodeVersion) >= 24
        ? fine(nodeVersion)
        : lacks(nodeVersion, 'Run `npm ci`, and start through npm: it brings Node 24 along.'),
  },
  {
    name: 'port',
    for: ['start'],
    look: async ({ port, isFree }) =>
      (await isFree(port))
        ? fine(`${port} is free`)
        : lacks(`${port} is taken`, 'Stop what listens there, or set PORT to another.'),
  },
  {
    name: 'Java',
    for: ['test'],
    look: async ({ run }) => {
      const said = /version "(\d+)[^"]*"/.exec((await run('java', '-version')) ?? '')
      return said && Number(said[1]) >= 11
        ? fine(said[0])
        : lacks(said?.[0] ?? 'none', 'Install Java 11 or newer; without it, tests on DynamoDB Local are left out.')
    },
  },
  {
    name: 'browser',
    for: ['test'],
    look: async ({ run, versionOf }) => {
      for (const program of ['chromium', 'chromium-browser', 'google-chrome']) {
        const said = await run(program, '--version')
        if (said !== undefined) return fine(said.trim())
      }
      const brought = versionOf('@sparticuz/chromium')
      if (brought !== undefined) return fine(`the one that npm brings, ${brought}`)
      return lacks(
        'none',
        'Install Chromium (Debian: apt-get install chromium); without it, browser tests may be left out.',
      )
    },
  },
  {
    name: 'CDK CLI',
    for: ['deploy'],
    look: async ({ versionOf }) => {
      const [cli, library] = [versionOf('aws-cdk'), versionOf('aws-cdk-lib')]
      if (cli === undefined || library === undefined) return lacks('not installed', 'Run `npm ci`.')
      const both = `${cli}, library ${library}`
      return major(cli) === major(library)
        ? fine(both)
        : lacks(both, `It cannot read what this library writes: \`npm install --save-dev aws-cdk@${major(library)}\`.`)
    },
  },
  {
    name: 'AWS region',
    for: ['deploy'],
    look: async ({ region }) =>
      region().then(fine, () =>
        lacks('none', 'Set AWS_REGION, or a region in your AWS profile; us-east-1 is simplest.'),
      ),
  },
  {
    name: 'AWS credentials',
    for: ['deploy'],
    look: async ({ credentials, endpoint }) =>
      credentials().then(
        () => fine(endpoint === undefined ? 'found' : `found, for ${endpoint}`),
        () => lacks('none', 'Run `aws sso login`, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'),
      ),
  },
]

/** Every check that is for the purpose, or all. One that breaks has found something to be mended too. */
export function examine(machine: Machine, purpose?: Purpose) {
  const wanted = checks.filter((check) => purpose === undefined || check.for.includes(purpose))
  return Promise.all(
    wanted.map(async ({ name, look }) => ({
      name,
      ...(await look(machine).catch((error: unknown) => lacks(String(error), 'Look at what it says.'))),
    })),
  )
}

const fine = (found: string): Finding => ({ ok: true, found })
const lacks = (found: string, mend: string): Finding => ({ ok: false, found, mend })
const major = (version: string) => Number(/\d+/.exec(version)?.[0] ?? 0)
