import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as z from 'zod'
import { webhook } from '#shared/outbound/webhook/webhook.ts'
import { schoolServer } from '#test/shared/outbound/webhook/school-server.ts'
import type { Proof, Result, Scale } from '../proof/proof.ts'

const mebibyte = 2 ** 20
const mostGrowth = 64
const atOnce = 50
const deadlineSeconds = 15

/** Schools whose answers are made to hurt. */
export const hostileAnswers: Proof = {
  title: 'Answers that are huge, compressed, or never end',
  run: async (scale) => together([await grow(scale), await drip(scale)]),
}

/** What it costs to be answered so by fifty schools at once. The memory is that of a process that does nothing else. */
export async function grow({ size }: Scale): Promise<Result> {
  const mebibytes = size === 'full' ? 200 : 50
  const answers: { [what: string]: RequestListener } = {
    [`${mebibytes} MiB in gzip`]: inflating(mebibytes),
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
  const results: Result[] = []
  for (const [what, answer] of Object.entries(answers)) {
    results.push(await growBy(what, answer, 'webhook'))
  }
  return together(results)
}

export async function growBy(what: string, answer: RequestListener, how: 'webhook' | 'fetch'): Promise<Result> {
  await using school = await schoolServer(answer)
  const grown = await memoryGrownBy(school.port, how)
  const told = `${atOnce} at once of ${what}: memory grows by`
  const faults = grown >= mostGrowth ? [`${told} ${grown} MiB; less than ${mostGrowth} is promised`] : []
  return { figures: { [told]: `${grown} MiB` }, faults }
}

export const inflating = (mebibytes: number): RequestListener => {
  const bomb = gzipSync(Buffer.alloc(mebibytes * mebibyte))
  return (_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb)
}

async function memoryGrownBy(port: number, how: string): Promise<number> {
  const child = fork(fileURLToPath(new URL('./post-fifty.ts', import.meta.url)), [String(port), String(atOnce), how], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [told] = await once(child, 'message')
  await once(child, 'exit')
  return Math.round(z.object({ grown: z.number() }).parse(told).grown / mebibyte)
}

/** A byte a second: no chunk is late, and there is no end. At full size in real time. */
async function drip({ size }: Scale): Promise<Result> {
  const deadlineMs = size === 'full' ? deadlineSeconds * 1000 : 300
  await using school = await schoolServer((_, response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write('x'), size === 'full' ? 1000 : 20)
    response.on('close', () => clearInterval(timer))
  })
  const post = webhook({ settings: { loopback: 'allowed' }, deadlineMs })
  const answer = await post({ url: `http://127.0.0.1:${school.port}/`, headers: {}, body: '{}' })
  const what = `a byte a second is cut, with a deadline of ${deadlineMs / 1000} s, after`
  const isCut = answer.stage === 'deadline'
  return {
    figures: { [what]: isCut ? `${(answer.ms / 1000).toFixed(2)} s` : 'never' },
    faults: isCut ? [] : [`A school that sends a byte a second was not cut: ${answer.stage}`],
  }
}

function together(results: readonly Result[]): Result {
  return {
    figures: Object.assign({}, ...results.map(({ figures }) => figures)),
    faults: results.flatMap(({ faults }) => faults),
  }
}
