import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

describe('npm run crash', () => {
  it('lists the proofs in its help', () => {
    const { stdout, status } = run('--help')
    expect([status, stdout]).toEqual([0, expect.stringMatching(/killed,\s+killed-without-fast-path,\s+.*fairness/s)])
  })

  it.each([
    ['an unknown proof', ['killed', 'nonsense'], /no proof called nonsense/],
    ['an invalid seed', ['--seed', 'x'], /must be a whole number/],
  ])('runs nothing for %s', (_, args, why) => {
    const { stdout, stderr, status } = run(...args)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(why)
  })
})

function run(...args: string[]) {
  return spawnSync(process.execPath, ['test/crash/proof/run.ts', ...args], { encoding: 'utf8' })
}
