import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

const module = new URL('../../../cli/deploy/run-cdk.ts', import.meta.url).pathname
/** A program that runs another as the deploy runs the CDK, in a process group of its own, as at a terminal. */
function run(program: string) {
  const script = `import { runOrExit } from ${JSON.stringify(module)}; runOrExit(['--eval', ${JSON.stringify(program)}]); console.log('went on')`
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { detached: true })
}

describe('a deploy that is interrupted', () => {
  it.each([
    ['ends without a word', "console.log('up'); setInterval(() => {}, 1000)"],
    [
      'ends with a code of its own',
      "process.on('SIGINT', () => process.exit(130)); console.log('up'); setInterval(() => {}, 1000)",
    ],
  ])('says what CloudFormation does, and that it can be run again, if the CDK %s', async (_, program) => {
    const deploy = run(program)
    const [errors, output] = [text(deploy.stderr), text(deploy.stdout)]
    await once(deploy.stdout, 'data')
    process.kill(-Number(deploy.pid), 'SIGINT')
    const [code] = await once(deploy, 'exit')
    expect(code).toBeGreaterThan(0)
    expect(await errors).toMatch(/^Interrupted\. CloudFormation goes on .* Run the same command again/)
    expect(await output).not.toContain('went on')
  })

  it('says nothing of it if the CDK fails or succeeds by itself', async () => {
    const failed = run('process.exit(3)')
    const errors = text(failed.stderr)
    expect([(await once(failed, 'exit'))[0], await errors]).toEqual([3, ''])
    const succeeded = run('')
    expect(await text(succeeded.stdout)).toBe('went on\n')
  })
})
