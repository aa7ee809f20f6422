import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeUnless } from '#test/describe-unless.ts'

const root = join(import.meta.dirname, '../..')
const openapi = join(root, 'openapi.json')

describe('openapi.json', () => {
  it('has no error and no warning by Redocly', () => {
    const { stdout, stderr } = run('redocly', ['lint', openapi, '--format', 'json', '--config', getConfig('redocly')])
    expect(JSON.parse(stdout).problems, stderr).toEqual([])
  })
})

// Spectral has 260 packages; this runs it only if it is installed (docs/dependencies.md).
const missing = run('spectral', ['--version']).status === 0 ? '' : 'no spectral'
describeUnless(missing, 'openapi.json by Spectral', () => {
  it('has no error and no warning', () => {
    const { stdout } = run('spectral', [
      'lint',
      openapi,
      '--format',
      'json',
      '--quiet',
      '--ruleset',
      getConfig('spectral'),
    ])
    expect(JSON.parse(stdout)).toEqual([])
  })
})

function getConfig(tool: string): string {
  return join(import.meta.dirname, `${tool}.yaml`)
}

function run(command: string, args: string[]) {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  return spawnSync(command, args, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}
