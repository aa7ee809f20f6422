import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as z from 'zod'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { startSchoolServer } from '#test/shared/outbound/webhook/start-school-server.ts'
import { proofSize } from '#test/test-sizes.ts'
import type { Proof, ProofResult, ProofScale } from '../proof/proof.ts'

const mebibyte = 2 ** 20
const maxGrowth = 64
const concurrentRequests = 50
const deadlineSeconds = 15

/** Schools with hostile responses. */
export const hostileAnswers: Proof = {
  title: 'Answers that are huge, compressed, or never end',
  run: async (scale) => mergeResults([await measureMemory(scale), await measureSlowBody(scale)]),
}

/** Measures the memory of a process that receives such responses from fifty schools at once. */
export async function measureMemory({ size }: ProofScale): Promise<ProofResult> {
  const mebibytes = proofSize('hostileMebibytes', size)
  const hostileListeners: { [what: string]: RequestListener } = {
    [`${mebibytes} MiB in gzip`]: createGzipBomb(mebibytes),
    'an endless one': (_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x'))) {}
      }
      response.on('drain', pour)
      pour()
    },
    'headers of 64 KiB': (_, response) => response.writeHead(200, { 'x-large': 'x'.repeat(65_000) }).end(),
    'headers without end': (_, { socket }) => {
      const pour = () => {
        while (socket && !socket.destroyed && socket.write('x-another: header\r\n'.repeat(1000))) {}
      }
      socket?.write('HTTP/1.1 200 OK\r\n')
      socket?.on('drain', pour)
      pour()
    },
  }
  const results: ProofResult[] = []
  for (const [what, listener] of Object.entries(hostileListeners)) {
    results.push(await measureMemoryGrowth(what, listener, 'webhook'))
  }
  return mergeResults(results)
}

export async function measureMemoryGrowth(
  what: string,
  listener: RequestListener,
  client: 'webhook' | 'fetch',
): Promise<ProofResult> {
  await using school = await startSchoolServer(listener)
  const grownMebibytes = await forkMemoryMeasurement(school.port, client)
  const figureName = `${concurrentRequests} at once of ${what}: memory grows by`
  const faults =
    grownMebibytes >= maxGrowth ? [`${figureName} ${grownMebibytes} MiB; less than ${maxGrowth} is promised`] : []
  return { figures: { [figureName]: `${grownMebibytes} MiB` }, faults }
}

export const createGzipBomb = (mebibytes: number): RequestListener => {
  const bomb = gzipSync(Buffer.alloc(mebibytes * mebibyte))
  return (_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb)
}

async function forkMemoryMeasurement(port: number, client: string): Promise<number> {
  const child = fork(
    fileURLToPath(new URL('./post-fifty.ts', import.meta.url)),
    [String(port), String(concurrentRequests), client],
    {
      execArgv: ['--expose-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  )
  const [message] = await once(child, 'message')
  await once(child, 'exit')
  return Math.round(z.object({ grown: z.number() }).parse(message).grown / mebibyte)
}

/** A response of one byte per second without end; at full size in real time. */
async function measureSlowBody({ size }: ProofScale): Promise<ProofResult> {
  const deadlineMs = size === 'full' ? deadlineSeconds * 1000 : 300
  await using school = await startSchoolServer((_, response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write('x'), size === 'full' ? 1000 : 20)
    response.on('close', () => clearInterval(timer))
  })
  const post = createPostWebhook({ settings: { loopback: 'allowed' }, deadlineMs })
  const response = await post({ url: `http://127.0.0.1:${school.port}/`, headers: {}, body: '{}' })
  const what = `a byte a second is cut, with a deadline of ${deadlineMs / 1000} s, after`
  const isCut = response.stage === 'answered' && response.unreadable?.startsWith('The deadline passed') === true
  return {
    figures: { [what]: isCut ? `${(response.ms / 1000).toFixed(2)} s` : 'never' },
    faults: isCut ? [] : [`A school that sends a byte a second was not cut: ${response.stage}`],
  }
}

function mergeResults(results: readonly ProofResult[]): ProofResult {
  return {
    figures: Object.assign({}, ...results.map(({ figures }) => figures)),
    faults: results.flatMap(({ faults }) => faults),
  }
}
