import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as z from 'zod'

/** A pause of the event loop; see `report-pauses.ts`. */
const pause = z.object({ pauseMs: z.number(), cpuMs: z.number(), endedAt: z.number() })
export type Pause = z.output<typeof pause>
export type BigHost = Awaited<ReturnType<typeof startBigHost>>

/** Starts `npm run serve` on a folder, with a mail server that does not exist, and collects the pauses of its event loop. */
export async function startBigHost(dataDir: string) {
  let pauses: Pause[] = []
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
  host.on('message', (message) => pauses.push(pause.parse(message)))
  const { stdout } = host
  if (!stdout) throw new Error('The host has no output.')
  const [line] = await once(stdout, 'data')
  const url = /serves at (\S+?),?\s/.exec(String(line))?.[1]
  if (url === undefined) throw new Error(`The host did not start: ${line}`)
  stdout.resume()
  return {
    url,
    startMs: performance.now() - startedAt,
    takePauses(): Pause[] {
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
