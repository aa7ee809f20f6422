import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as z from 'zod'

export type ColdStart = { loadedCpuMs: number; firstResponseCpuMs: number; status: number }

/**
 * Starts a bundle in a process of its own, as Lambda starts it, and sends it one request. Returns the processor time, of all
 * threads, from the start of the process: what the wait is made of where a Lambda has a share of a core.
 */
export async function measureFirstResponse(
  bundle: string,
  { event, variables }: { event: object; variables: { [name: string]: string } },
): Promise<ColdStart> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', child, bundle, JSON.stringify(event)], {
    env: variables,
  })
  return coldStart.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}

const coldStart = z.object({ loadedCpuMs: z.number(), firstResponseCpuMs: z.number(), status: z.number() })
const child = `
const cpuMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
const { handler } = require(process.argv[1])
const loadedCpuMs = cpuMs()
handler(JSON.parse(process.argv[2]), { awsRequestId: 'bench', functionName: 'bench', getRemainingTimeInMillis: () => 20000 })
  .then(({ statusCode: status }) => {
    process.stdout.write('\\n' + JSON.stringify({ loadedCpuMs, firstResponseCpuMs: cpuMs(), status }) + '\\n')
    process.exit()
  })`
