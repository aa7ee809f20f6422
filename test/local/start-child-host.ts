import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import * as z from 'zod'

type ChildHostOptions = { args?: string[]; env?: { [name: string]: string }; node?: string[] }

/** `npm start` without npm, in a process of its own. */
export function spawnHost({ args = [], env = {}, node = [] }: ChildHostOptions) {
  return spawn(process.execPath, [...node, 'local/start.mjs', ...args], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs the host until it ends by itself. */
export async function runHostToExit(options: ChildHostOptions) {
  const child = spawnHost(options)
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { out, err, code }
}

/** Runs the host until it is ready, as its one line of JSON says. It is killed at the end of the block. */
export async function startChildHost(options: Omit<ChildHostOptions, 'args'> = {}) {
  const child = spawnHost({ ...options, args: ['--json', '--empty'] })
  child.stderr.resume()
  const lines: string[] = []
  const exit = once(child, 'exit')
  const output = createInterface(child.stdout)
  output.on('line', (line) => lines.push(line))
  await Promise.race([once(output, 'line'), exit])
  const { urls, keys } = readyMessage.parse(JSON.parse(lines[0] ?? 'null'))
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const [code] = await exit
    return { code, lines }
  }
  return { urls, keys, child, stop, [Symbol.asyncDispose]: async () => void (await stop('SIGKILL')) }
}

const readyMessage = z.strictObject({
  urls: z.strictObject({
    api: z.url(),
    landing: z.url(),
    console: z.url(),
    portal: z.url(),
    publisher: z.url(),
    docs: z.url(),
    inbox: z.url(),
    school: z.url(),
  }),
  keys: z.strictObject({ operator: z.string(), source: z.string(), school: z.string(), publisher: z.string() }),
})
