import { flushCompileCache } from 'node:module'
import { createLog } from './create-log.ts'
import { type Host, startHost } from './host.ts'
import { formatWelcome } from './pages/format-welcome.ts'
import { sendFirstLead } from './pages/send-first-lead.ts'
import { parseOptions, usage } from './parse-options.ts'
import { StartupError } from './startup-error.ts'

/** Starts the host as the command line and the environment ask, and stops it when it is told to. */
export async function main(args: readonly string[], env: { [name: string]: string | undefined }): Promise<void> {
  try {
    const { output, serveOptions, ...settings } = parseOptions(args, env)
    if (output === 'help') {
      process.stdout.write(usage)
      return
    }
    // What is written here is for nobody else on this machine.
    process.umask(0o077)
    const log = createLog(
      serveOptions ? 'json' : output,
      (line) => process.stderr.write(line),
      () => new Date(),
    )
    if (serveOptions) {
      // Nobody waits for a mail library when the sample starts.
      const { serve } = await import('./serve.ts')
      const server = await serve({ ...settings, ...serveOptions, log })
      stopOnSignal(server)
      process.stdout.write(`Prospectus serves at ${server.url}\n`)
      return
    }
    const host = await startHost({ ...settings, log })
    stopOnSignal(host)
    const { urls, keys } = host
    // Whoever reads the JSON is a program, which sends its own.
    process.stdout.write(
      output === 'json'
        ? `${JSON.stringify({ urls, keys })}\n`
        : formatWelcome(host, settings, await sendFirstLead(host).catch(reportNoLead)),
    )
    // However this one ends, the next starts faster.
    setImmediate(flushCompileCache)
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** Nobody needs it in order to work. */
function reportNoLead(error: unknown): undefined {
  console.error(`No first lead was sent. ${error instanceof Error ? error.message : error}`)
}

// A Ctrl-C reaches us twice under npm, from the terminal and from npm.
const sameKeystrokeMs = 500

function stopOnSignal(host: Pick<Host, 'close'>): void {
  let firstSignalAt: number | undefined
  const stop = async () => {
    if (firstSignalAt !== undefined) {
      if (performance.now() - firstSignalAt > sameKeystrokeMs) process.exit(130)
      return
    }
    firstSignalAt = performance.now()
    await host.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
