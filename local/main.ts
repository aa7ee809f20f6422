import { flushCompileCache } from 'node:module'
import { availableParallelism } from 'node:os'
import { createLog } from './create-log.ts'
import { holdYoungGeneration } from './hold-young-generation.ts'
import { type Host, startHost } from './host.ts'
import { formatWelcome } from './pages/format-welcome.ts'
import { sendFirstLead } from './pages/send-first-lead.ts'
import { parseOptions, usage } from './parse-options.ts'
import { StartupError } from './startup-error.ts'

/** Starts the host by command line and environment, and stops it on SIGINT or SIGTERM. */
export async function main(args: readonly string[], env: { [name: string]: string | undefined }): Promise<void> {
  try {
    const { output, serveOptions, sampleWeek, ...options } = parseOptions(args, env)
    const settings = { ...options, deliveryThread: availableParallelism() > 1 }
    if (output === 'help') {
      process.stdout.write(usage)
      return
    }
    // Files of the host are readable by its own user only.
    process.umask(0o077)
    const log = createLog(
      serveOptions ? 'json' : output,
      (line) => process.stderr.write(line),
      () => new Date(),
    )
    if (serveOptions) {
      // Imported here, so that the sample host starts without loading a mail library.
      const { serve } = await import('./serve.ts')
      const server = await serve({ ...settings, ...serveOptions, log })
      holdYoungGeneration()
      stopOnSignal(server)
      void server.lost.then(() => {
        console.error(
          `The data folder ${serveOptions.dataDir} was removed or replaced while the host ran, so it has stopped.`,
        )
        process.exit(1)
      })
      const { publicUrl } = serveOptions
      process.stdout.write(`Prospectus serves at ${server.url}${publicUrl ? `, for people at ${publicUrl}` : ''}\n`)
      return
    }
    const host = await startHost({ ...settings, sampleWeek, log })
    holdYoungGeneration()
    stopOnSignal(host)
    const { urls, keys } = host
    // A program that reads the JSON sends its own leads.
    process.stdout.write(
      output === 'json'
        ? `${JSON.stringify({ urls, keys })}\n`
        : formatWelcome(host, settings, await sendFirstLead(host).catch(reportNoLead)),
    )
    // The compile cache makes the next start faster, however this process ends.
    setImmediate(flushCompileCache)
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/** The first lead is a demonstration, so a failure is only reported. */
function reportNoLead(error: unknown): undefined {
  console.error(`No first lead was sent. ${error instanceof Error ? error.message : error}`)
}

// Under npm a Ctrl-C arrives twice: from the terminal and from npm.
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
