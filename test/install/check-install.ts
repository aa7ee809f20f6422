import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { findBrowserPaths } from '../web/find-browser-paths.ts'
import { startBrowser } from '../web/start-browser.ts'

// `npm run test:install`: installs the last commit as a production host does, twice, and runs the host and the CLI there.
// It needs the npm registry, so it is no part of `npm test`.

const maxMegabytes = 120
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
  await checkInstall('a release, without the packages that build', unpackRelease(), [
    ...['--omit=dev', '--omit=optional', '--ignore-scripts'],
  ])
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
    for (const path of ['/console', '/portal', '/widget.js', '/web/console.js', '/docs'])
      check((await fetch(url + path)).status === 200, `${path} is not served`)
    if (browser) await openConsole(browser, `${url}/console#key=${key}`)
  } finally {
    host.kill('SIGTERM')
  }
  const [code] = await once(host, 'exit')
  check(code === 0, `SIGTERM ends the host with ${code}`)
  console.log(`${title}: ${megabytes} MB; host, console and CLI work.`)
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

async function startServe(folder: string, dataDir: string): Promise<{ host: ChildProcess; url: string }> {
  const mail = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'leads@example.org' }
  const host = spawn(process.execPath, ['local/start.mjs', '--serve'], {
    cwd: folder,
    env: { ...process.env, ...mail, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const output = createInterface(host.stdout)
  const [line] = await Promise.race([once(output, 'line'), once(host, 'exit')])
  const url = /http:\/\/\S+/.exec(String(line))?.[0]
  if (url === undefined) throw new Error(`The host does not start: ${line}`)
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
