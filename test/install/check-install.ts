import {
  type ChildProcess,
  type ChildProcessWithoutNullStreams,
  execFileSync,
  spawn,
  spawnSync,
} from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { findBrowserPaths } from '../web/find-browser-paths.ts'
import { startBrowser } from '../web/start-browser.ts'
import { parseDockerfile } from './parse-dockerfile.ts'

// `npm run test:install`: installs the last commit as a production host does, twice, and runs the host and the CLI there.
// It needs the npm registry, so it is no part of `npm test`.

const maxMegabytes = 120
const mail = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'leads@example.org' }
const forbidden = [
  '@sparticuz',
  'playwright-core',
  'aws-cdk',
  'aws-cdk-lib',
  'amplify-dynamodb-simulator',
  'typescript',
  'node',
]
const root = fileURLToPath(new URL('../../', import.meta.url))
const temporary = mkdtempSync(join(tmpdir(), 'prospectus-install-'))
const { browser, missing } = await startBrowser(await findBrowserPaths())
if (!browser) console.error(`The console is fetched and not opened: ${missing}`)
try {
  await checkInstall('a clone, npm ci --omit=dev', cloneRepository(), ['--omit=dev'])
  const release = unpackRelease()
  await checkInstall('a release, without the packages that build', release, [
    ...['--omit=dev', '--omit=optional', '--ignore-scripts'],
  ])
  await checkImage(release)
} finally {
  await browser?.close()
  rmSync(temporary, { recursive: true })
}

async function checkInstall(title: string, folder: string, options: readonly string[]): Promise<void> {
  run('npm', ['ci', ...options, '--no-audit', '--no-fund', '--prefer-offline'], folder)
  const megabytes = Number.parseInt(run('du', ['-sm', 'node_modules'], folder), 10)
  check(megabytes > 20 && megabytes <= maxMegabytes, `node_modules has ${megabytes} MB; the limit is ${maxMegabytes}`)
  const packages = readdirSync(join(folder, 'node_modules'))
  check(packages.includes('zod'), 'zod is not installed')
  const extra = packages.filter((name) => forbidden.includes(name))
  check(extra.length === 0, `${extra.join(', ')} must not be installed`)

  const dataDir = join(folder, 'data')
  const { host, url } = await startServe(folder, dataDir)
  try {
    check(
      run('npm', ['run', '--silent', 'ops', '--', '--help'], folder).includes('backup'),
      'ops --help lists no commands',
    )
    const key = /ok_\S+/.exec(runOps(folder, ['keys', 'first', '--data-dir', dataDir]))?.[0] ?? ''
    check(key !== '', 'ops keys first prints no key')
    const listed = runOps(folder, ['keys', 'list', '--url', url, '--key', key])
    check(listed.includes('admin'), `ops keys list prints no key: ${listed}`)
    for (const path of ['/console', '/portal', '/publisher', '/widget.js', '/web/console.js', '/docs'])
      check((await fetch(url + path)).status === 200, `${path} is not served`)
    if (browser) await openConsole(browser, `${url}/console#key=${key}`)
  } finally {
    host.kill('SIGTERM')
  }
  const [code] = await once(host, 'exit')
  check(code === 0, `SIGTERM ends the host with ${code}`)
  console.log(`${title}: ${megabytes} MB; host, console and CLI work.`)
}

/**
 * What the Dockerfile makes of that install, without a container engine: its files, owned by root if this runs as root, and
 * its user, environment, command and health check.
 */
async function checkImage(release: string): Promise<void> {
  const image = parseDockerfile(readFileSync(join(release, 'Dockerfile'), 'utf8')).at(-1)
  const find = (name: string) => image?.instructions.filter((instruction) => instruction.name === name) ?? []
  const folder = join(temporary, 'image')
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { recursive: true })
  for (const { words } of find('COPY'))
    for (const path of words.slice(0, -1))
      cpSync(join(release, path.replace('/opt/prospectus/', '')), join(folder, path.replace('/opt/prospectus/', '')), {
        recursive: true,
      })
  const [uid = 0, gid = 0] = (find('USER')[0]?.words[0] ?? '').split(':').map(Number)
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(dataDir, uid, gid)
  chmodSync(temporary, 0o755)
  const port = String(await findFreePort())
  const variables = find('ENV').flatMap(({ words }) => words.map((word) => word.split('=')))
  const options = {
    cwd: folder,
    env: { ...process.env, ...mail, ...Object.fromEntries(variables), DATA_DIR: dataDir, PORT: port },
    ...(isRoot && { uid, gid }),
  }
  const [, ...command] = find('CMD')[0]?.words ?? []
  const [, ...healthCheck] = find('HEALTHCHECK')[0]?.words ?? []
  check(spawnSync(process.execPath, healthCheck, options).status === 1, 'the health check passes without a host')
  const { host } = await waitForHost(spawn(process.execPath, command, options))
  check(spawnSync(process.execPath, healthCheck, options).status === 0, 'the health check fails on a host')
  host.kill('SIGTERM')
  const [code] = await once(host, 'exit')
  check(code === 0, `SIGTERM ends the image with ${code}`)
  console.log(`the files of the Dockerfile${isRoot ? `, as user ${uid}` : ''}: host and health check work.`)
}

async function findFreePort(): Promise<number> {
  await using server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function cloneRepository(): string {
  const folder = join(temporary, 'clone')
  run('git', ['clone', '--quiet', root, folder], temporary)
  return folder
}

function unpackRelease(): string {
  const archive = join(temporary, 'release.tar.gz')
  run('bash', ['.ci/release', archive], root)
  run('tar', ['-xzf', archive], temporary)
  const folder = readdirSync(temporary).find((name) => name.startsWith('prospectus-')) ?? ''
  check(existsSync(join(temporary, folder, 'dist/web/widget.js')), 'the release has no built files')
  return join(temporary, folder)
}

function startServe(folder: string, dataDir: string): Promise<{ host: ChildProcess; url: string }> {
  const env = { ...process.env, ...mail, DATA_DIR: dataDir, PORT: '0' }
  return waitForHost(spawn(process.execPath, ['local/start.mjs', '--serve'], { cwd: folder, env }))
}

async function waitForHost(host: ChildProcessWithoutNullStreams): Promise<{ host: ChildProcess; url: string }> {
  let log = ''
  host.stderr.on('data', (chunk) => {
    log = (log + chunk).slice(-10_000)
  })
  const [line] = await Promise.race([once(createInterface(host.stdout), 'line'), once(host, 'exit')])
  const url = /http:\/\/\S+/.exec(String(line))?.[0]
  if (url === undefined) throw new Error(`The host does not start: ${log}`)
  return { host, url }
}

async function openConsole(opened: Browser, url: string): Promise<void> {
  const page = await opened.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(url)
  await page.getByRole('navigation').first().waitFor()
  check(errors.length === 0, `the console has errors: ${errors.join('; ')}`)
  await page.close()
}

function runOps(folder: string, args: readonly string[]): string {
  return run(process.execPath, ['cli/ops.ts', ...args], folder)
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

function check(isRight: boolean, fault: string): void {
  if (!isRight) throw new Error(fault)
}
