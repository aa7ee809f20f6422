import { enableCompileCache } from 'node:module'

// Imported after this, so that the next command starts from compiled code.
enableCompileCache()
const { program } = await import('./ops/program.ts')
const { stop } = await import('./ops/stop.ts')

// A reader such as `head` may close the pipe early.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

await program.parseAsync().catch((error: unknown) => {
  stop({ title: 'Unexpected error', detail: error instanceof Error ? error.message : String(error) })
})
