import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { describeUnless } from '#test/describe-unless.ts'
import { findMissingPrograms } from '#test/find-missing-programs.ts'
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
  it.each(['prod', 'dev'])('uses URL and key of the profile, not of the environment: %s', async (name) => {
    const { out, err, code } = await ops('overview', '--profile', name, '--json')
    expect([err, code]).toEqual(['', 0])
    expect(JSON.parse(out)).toHaveProperty('leads')
  })

  it.each([
    ['an unknown profile', 'none', /has no profile "none"\. It has: prod, dev/, 2],
    ['a profile without a URL', 'empty', /has neither "url" nor "outputs"/, 2],
    ['an invalid key', 'stale', /Invalid API key/, 3],
  ])('reports the problem without printing a key: %s', async (_, name, why, exitCode) => {
    const { out, err, code } = await ops('overview', '--profile', name)
    expect([out, code]).toEqual(['', exitCode])
    expect(err).toMatch(why)
    expect(err).not.toMatch(/ok_/)
  })

  it('refuses a profiles file that other users can read', async () => {
    chmodSync(file, 0o644)
    const { err, code } = await ops('overview', '--profile', 'prod')
    chmodSync(file, 0o600)
    expect([err, code]).toEqual([expect.stringContaining('chmod 600'), 2])
  })
})

describeUnless(findMissingPrograms('script'), 'ops at a terminal', () => {
  it.each([
    ['y', 0, 'Deleted heron-key-extra.'],
    ['n', 1, 'Canceled.'],
  ])('asks before an action that cannot be undone, and accepts the answer %s', async (answer, exitCode, message) => {
    const body = JSON.stringify({ name: 'Extra', timeZone: 'America/Chicago' })
    await runHostOps(host, ['schools', 'put', 'heron-key-extra', '-'], {}, body)
    const { out, code } = await runAtTerminal(['schools', 'delete', 'heron-key-extra'], answer)
    expect(out).toContain(message)
    expect(code).toBe(exitCode)
  })
})

describe('ops with wrong usage', () => {
  it.each([
    ['an unknown command', ['replay', 'dlv_1'], /unknown command 'replay'/],
    ['an unknown verb', ['leads', 'burn'], /unknown command 'burn'/],
    ['a missing verb', ['leads'], /Usage: ops leads/],
    ['an unknown option', ['leads', 'list', '--colour'], /unknown option '--colour'/],
    ['a missing argument', ['leads', 'show'], /missing required argument 'leadId'/],
    ['an invalid number', ['leads', 'list', '--limit', 'few'], /--limit must be a positive integer/],
  ])('exits with 2 and sends no request: %s', async (_, args, why) => {
    const { out, err, code } = await ops(...args)
    expect([out, code]).toEqual(['', 2])
    expect(err).toMatch(why)
  })

  it('prints help with exit codes on standard output', async () => {
    const { out, err, code } = await ops('--help')
    expect([err, code]).toEqual(['', 0])
    expect(out).toMatch(/Exit codes:\n {2}0 {2}done\n {2}1 .*\n {2}2 .*\n {2}3 /)
  })
})

/** Runs a command on a terminal of `script`, and types the answer to its question. */
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

// The environment has an unreachable URL, because a profile must take precedence.
const ops = (...args: string[]) =>
  runHostOps(host, args, { PROSPECTUS_PROFILES: file, PROSPECTUS_URL: 'http://127.0.0.1:9', PROSPECTUS_KEY: 'ok_env' })
