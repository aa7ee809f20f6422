import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeUnless } from '#test/describe-unless.ts'
import { findMissingPrograms } from '#test/find-missing-programs.ts'
import { spawnHost } from '#test/local/start-child-host.ts'

const unit = readFileSync(new URL('../../local/systemd/prospectus.service', import.meta.url), 'utf8')
/** Of 10; a unit without any hardening has 9.6. */
const maxExposure = 1.5

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'prospectus-unit-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describeUnless(findMissingPrograms('systemd-analyze'), 'the systemd unit', () => {
  it('is valid', () => {
    expect(verify(unit)).toBe('')
  })

  it('detects: an unknown setting, and a value that is none', () => {
    expect(verify(unit.replace('ProtectHome=', 'ProtectHouse='))).toContain('ProtectHouse')
    expect(verify(unit.replace('UMask=0077', 'UMask=private'))).toContain('Failed to parse mode value')
  })

  it(`has an exposure of at most ${maxExposure} of 10`, () => {
    expect(readExposure(unit)).toBeLessThanOrEqual(maxExposure)
    expect(readExposure(unit.replace('ProtectSystem=strict', ''))).toBeGreaterThan(readExposure(unit))
  })
})

it('the command of the unit runs Node and exits with 0 on SIGTERM', async () => {
  const [, program, start, ...args] = /^ExecStart=(\S+) (\S+) (.*)$/m.exec(unit) ?? []
  expect([program, start]).toEqual(['/usr/bin/node', 'local/start.mjs'])
  const env = { DATA_DIR: join(folder, 'data'), SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@b.example' }
  const host = spawnHost({ args, env })
  host.stderr.resume()
  host.stdout.once('data', () => host.kill('SIGTERM'))
  const code = await new Promise((resolve) => host.once('exit', resolve))
  expect(code).toBe(0)
})

/** Returns the faults that systemd finds. The Node of this machine takes the place of /usr/bin/node. */
function verify(text: string): string {
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', writeUnit(text)], { encoding: 'utf8' })
  // Other units of this machine may have faults too.
  const own = stderr.split('\n').filter((line) => line.includes('prospectus'))
  return status === 0 && own.length === 0 ? '' : own.join('\n') || `status ${status}: ${stderr}`
}

function readExposure(text: string): number {
  const args = ['security', '--offline=true', '--no-pager', writeUnit(text)]
  const { stdout } = spawnSync('systemd-analyze', args, { encoding: 'utf8' })
  return Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN)
}

function writeUnit(text: string): string {
  const file = join(folder, 'prospectus.service')
  writeFileSync(file, text.replace('/usr/bin/node', process.execPath))
  return file
}
