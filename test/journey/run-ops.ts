import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Host } from '#local/host.ts'
import { bundleProgram, compileCache } from '#test/bundle-program.ts'

/** Runs `npm run ops` without npm and as one file, on a host with its staff key and without a terminal. */
export async function runOps(
  host: Host,
  args: readonly string[],
  extraEnv: { [name: string]: string | undefined } = {},
  input = '',
  cwd = process.cwd(),
) {
  const hostEnv = { PROSPECTUS_URL: host.urls.api, PROSPECTUS_KEY: host.keys.operator, NO_COLOR: '1' }
  const env = { ...process.env, ...compileCache, ...hostEnv, ...extraEnv }
  const child = spawn(process.execPath, [await bundleProgram('cli/ops.ts'), ...args], {
    env,
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // It may end without having read.
  child.stdin.on('error', () => {}).end(input)
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { out, err: err.replaceAll(/^\(node:\d+\).*\n|^\(Use `node.*\n/gm, ''), code }
}
