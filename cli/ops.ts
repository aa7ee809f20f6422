import { program } from './ops/program.ts'
import { stop } from './ops/stop.ts'

// Whoever reads may have had enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

await program.parseAsync().catch((error: unknown) => {
  stop({ title: 'It went wrong', detail: error instanceof Error ? error.message : String(error) })
})
