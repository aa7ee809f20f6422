import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { runOps as runHostOps } from './run-ops.ts'

const folder = mkdtempSync(join(tmpdir(), 'prospectus-profiles-'))
const file = join(folder, 'profiles.json')
let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
  const stacks = { service: { ApiUrl: 'http://127.0.0.1:9' }, edge: { Url: host.urls.api, WebBucket: 'b' } }
  writeFileSync(join(folder, 'outputs.json'), JSON.stringify(stacks))
  const key = host.keys.operator
  const profiles = {
    prod: { url: host.urls.api, key },
    dev: { outputs: 'outputs.json', key },
    stale: { url: host.urls.api, key: 'ok_stale-and-secret' },
    empty: { key },
  }
  writeFileSync(file, JSON.stringify(profiles), { mode: 0o600 })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await host.close()
})

describe('ops --profile', () => {
  it.each(['prod', 'dev'])('finds a deployed stack and its key, whatever the environment says: %s', async (name) => {
    const { out, err, code } = await ops('overview', '--profile', name, '--json')
    expect([err, code]).toEqual(['', 0])
    expect(JSON.parse(out)).toHaveProperty('leads')
  })

  it.each([
    ['a name that is none', 'none', /has no profile "none"\. It has: prod, dev/, 2],
    ['a profile without a place', 'empty', /says neither "url" nor "outputs"/, 2],
    ['a key that is not valid', 'stale', /The key is not valid/, 3],
  ])('says what is wrong, and never a key: %s', async (_, name, why, exitCode) => {
    const { out, err, code } = await ops('overview', '--profile', name)
    expect([out, code]).toEqual(['', exitCode])
    expect(err).toMatch(why)
    expect(err).not.toMatch(/ok_/)
  })

  it('does not take keys from a file that others may read', async () => {
    chmodSync(file, 0o644)
    const { err, code } = await ops('overview', '--profile', 'prod')
    chmodSync(file, 0o600)
    expect([err, code]).toEqual([expect.stringContaining('chmod 600'), 2])
  })
})

const noTerminal = spawnSync('script', ['--version']).error ? 'there is no `script` that makes a terminal' : ''
describeUnless(noTerminal, 'ops at a terminal', () => {
  it.each([
    ['y', 0, 'heron-key-extra is deleted.'],
    ['n', 1, 'Nothing was done.'],
  ])('asks before what cannot be undone, and hears %s', async (answer, exitCode, message) => {
    const body = JSON.stringify({ name: 'Extra', timeZone: 'America/Chicago' })
    await runHostOps(host, ['schools', 'put', 'heron-key-extra', '-'], {}, body)
    const { out, code } = await runAtTerminal(['schools', 'delete', 'heron-key-extra'], answer)
    expect(out).toContain(message)
    expect(code).toBe(exitCode)
  })
})

describe('ops, used wrongly', () => {
  it.each([
    ['a command that is none', ['replay', 'dlv_1'], /unknown command 'replay'/],
    ['a verb that is none', ['leads', 'burn'], /unknown command 'burn'/],
    ['no verb at all', ['leads'], /Usage: ops leads/],
    ['an option that is none', ['leads', 'list', '--colour'], /unknown option '--colour'/],
    ['an argument that is missing', ['leads', 'show'], /missing required argument 'leadId'/],
    ['a number that is none', ['leads', 'list', '--limit', 'few'], /--limit is not a number/],
  ])('ends with 2 and asks nobody: %s', async (_, args, why) => {
    const { out, err, code } = await ops(...args)
    expect([out, code]).toEqual(['', 2])
    expect(err).toMatch(why)
  })

  it('shows its help where it is asked, on standard output, with the table of exit codes', async () => {
    const { out, err, code } = await ops('--help')
    expect([err, code]).toEqual(['', 0])
    expect(out).toMatch(/Exit codes:\n {2}0 {2}done\n {2}1 .*\n {2}2 .*\n {2}3 /)
  })
})

/** At a terminal that `script` makes, on which somebody types once they are asked. */
async function runAtTerminal(args: readonly string[], answer: string) {
  const command = [process.execPath, 'cli/ops.ts', ...args].join(' ')
  const env = { ...process.env, PROSPECTUS_URL: host.urls.api, PROSPECTUS_KEY: host.keys.operator }
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { env })
  let out = ''
  let hasTyped = false
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    out += chunk
    if (hasTyped || !stripVTControlCharacters(out).includes('cannot be undone')) return
    hasTyped = true
    child.stdin.write(`${answer}\r`)
  })
  const [code] = await once(child, 'close')
  return { out, code }
}

// What the environment says leads nowhere: a profile must count before it.
const ops = (...args: string[]) =>
  runHostOps(host, args, { PROSPECTUS_PROFILES: file, PROSPECTUS_URL: 'http://127.0.0.1:9', PROSPECTUS_KEY: 'ok_env' })
