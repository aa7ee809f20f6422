import { flushCompileCache } from 'node:module'
import { CannotStart } from './cannot-start.ts'
import { type Host, startHost } from './host.ts'
import { logs } from './logs.ts'
import { options, usage } from './options.ts'
import { firstLead } from './pages/first-lead.ts'
import { welcome } from './pages/welcome.ts'

/** Starts the host as the command line and the environment ask, and stops it when it is told to. */
export async function main(args: readonly string[], env: { [name: string]: string | undefined }): Promise<void> {
  try {
    const { output, serving, ...settings } = options(args, env)
    if (output === 'help') {
      process.stdout.write(usage)
      return
    }
    // What is written here is for nobody else on this machine.
    process.umask(0o077)
    const log = logs(
      serving ? 'json' : output,
      (line) => process.stderr.write(line),
      () => new Date(),
    )
    if (serving) {
      // Nobody waits for a mail library when the sample starts.
      const { serve } = await import('./serve.ts')
      const server = await serve({ ...settings, ...serving, log })
      stopWhenTold(server)
      process.stdout.write(`Prospectus serves at ${server.url}\n`)
      return
    }
    const host = await startHost({ ...settings, log })
    stopWhenTold(host)
    const { urls, keys } = host
    // Whoever reads the JSON is a program, which sends its own.
    process.stdout.write(
      output === 'json'
        ? `${JSON.stringify({ urls, keys })}\n`
        : welcome(host, settings, await firstLead(host).catch(noLead)),
    )
    // However this one ends, the next starts faster.
    setImmediate(flushCompileCache)
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** Nobody needs it in order to work. */
function noLead(error: unknown): undefined {
  console.error(`No first lead was sent. ${error instanceof Error ? error.message : error}`)
}

// A Ctrl-C reaches us twice under npm, from the terminal and from npm.
const sameKeystrokeMs = 500

function stopWhenTold(host: Pick<Host, 'close'>): void {
  let toldAt: number | undefined
  const stop = async () => {
    if (toldAt !== undefined) {
      if (performance.now() - toldAt > sameKeystrokeMs) process.exit(130)
      return
    }
    toldAt = performance.now()
    await host.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
