import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as z from 'zod'

/** A pause of the event loop; see `report-pauses.ts`. */
const pause = z.object({ pauseMs: z.number(), cpuMs: z.number(), endedAt: z.number() })
const computed = z.object({ computedMs: z.number() })
type LoopPause = z.output<typeof pause>
export type BigHost = Awaited<ReturnType<typeof startBigHost>>

/** Starts `npm run serve` on a folder, with a mail server that does not exist, and collects the pauses of its event loop. */
export async function startBigHost(dataDir: string) {
  let pauses: LoopPause[] = []
  const startedAt = performance.now()
  const host = spawn(
    process.execPath,
    [...process.execArgv, '--import', new URL('report-pauses.ts', import.meta.url).href, 'local/start.mjs', '--serve'],
    {
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: '0',
        SMTP_URL: 'smtp://127.0.0.1:9',
        MAIL_FROM: 'leads@mail.example.com',
        RETENTION_DAYS: '365',
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  )
  let onComputed = (_: number) => {}
  host.on('message', (message) => {
    const report = z.union([pause, computed]).parse(message)
    if ('computedMs' in report) onComputed(report.computedMs)
    else pauses.push(report)
  })
  const { stdout } = host
  if (!stdout) throw new Error('The host has no output.')
  const [line] = await once(stdout, 'data')
  const url = /serves at (\S+?),?\s/.exec(String(line))?.[1]
  if (url === undefined) throw new Error(`The host did not start: ${line}`)
  stdout.resume()
  const startMs = performance.now() - startedAt
  // Before it is ready, nothing waits for its event loop.
  pauses = []
  return {
    url,
    startMs,
    /** How long the host's thread has computed so far. */
    readComputedMs(): Promise<number> {
      const { promise, resolve } = Promise.withResolvers<number>()
      onComputed = resolve
      host.send('computed')
      return promise
    },
    takePauses(): LoopPause[] {
      const taken = pauses
      pauses = []
      return taken
    },
    async stop() {
      host.kill('SIGTERM')
      await once(host, 'exit')
    },
  }
}
