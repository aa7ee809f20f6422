import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'

/** Measures the time until `npm start` is ready and its memory, without and with the sample week: five runs of each on a free port. Linux only. */
const runs = 5

for (const flags of [['--empty'], []]) for (let run = 1; run <= runs; run++) await measureStart(flags, run)

async function measureStart(flags: readonly string[], run: number) {
  const startedAt = performance.now()
  const host = spawn(process.execPath, ['local/start.mjs', '--json', ...flags], { env: { ...process.env, PORT: '0' } })
  host.stderr.resume()
  await once(host.stdout, 'data')
  const readyMs = performance.now() - startedAt
  const status = await readFile(`/proc/${host.pid}/status`, 'utf8')
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])
  console.log(
    `${flags[0] ?? 'with the sample week'}, run ${run}: ready after ${readyMs.toFixed(0)} ms, ${(kilobytes / 1024).toFixed(0)} MB`,
  )
  host.kill('SIGTERM')
  await once(host, 'exit')
}
