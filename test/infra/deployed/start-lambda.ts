import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

type Setup = { bundle: string; variables: { [name: string]: string } }
const child = fileURLToPath(new URL('./lambda-child.ts', import.meta.url))

/** A bundle as Lambda runs it: in a process of its own, with the variables of its template and no others. */
export function startLambda({ bundle, variables }: Setup) {
  const running = fork(child, [bundle], { env: variables, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const lines: string[] = []
  for (const stream of [running.stdout, running.stderr])
    if (stream) createInterface(stream).on('line', (line) => lines.push(line))
  running.on('message', (message) => {
    const { id, result, error } = answered.parse(message)
    const waits = waiting.get(id)
    if (error === undefined) waits?.resolve(result)
    else waits?.reject(new Error(`${error}\n${lines.join('\n')}`))
  })
  running.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`The process ended.\n${lines.join('\n')}`))
  })

  return {
    /** What it has written to its log. */
    lines,
    /** @throws what it threw, with its log. */
    invoke(event: unknown): Promise<unknown> {
      const waits = Promise.withResolvers<unknown>()
      waiting.set(waiting.size, waits)
      running.send({ id: waiting.size - 1, event })
      return waits.promise
    },
    stop: () => running.kill(),
  }
}

const answered = z.object({ id: z.int(), result: z.unknown().optional(), error: z.string().optional() })
