import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

type Setup = { bundle: string; variables: { [name: string]: string } }
const child = fileURLToPath(new URL('./lambda-child.ts', import.meta.url))

/** A bundle as Lambda runs it: in a process of its own, with the variables of its template and no others. */
export function startLambda({ bundle, variables }: Setup) {
  const childProcess = fork(child, [bundle], { env: variables, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const pendingCalls = new Map<number, PromiseWithResolvers<unknown>>()
  const lines: string[] = []
  for (const stream of [childProcess.stdout, childProcess.stderr])
    if (stream) createInterface(stream).on('line', (line) => lines.push(line))
  childProcess.on('message', (message) => {
    const { id, result, error } = childMessage.parse(message)
    const pendingCall = pendingCalls.get(id)
    if (error === undefined) pendingCall?.resolve(result)
    else pendingCall?.reject(new Error(`${error}\n${lines.join('\n')}`))
  })
  childProcess.on('exit', () => {
    for (const { reject } of pendingCalls.values()) reject(new Error(`The process ended.\n${lines.join('\n')}`))
  })

  return {
    /** What it has written to its log. */
    lines,
    /** @throws what it threw, with its log. */
    invoke(event: unknown): Promise<unknown> {
      const pendingCall = Promise.withResolvers<unknown>()
      pendingCalls.set(pendingCalls.size, pendingCall)
      childProcess.send({ id: pendingCalls.size - 1, event })
      return pendingCall.promise
    },
    stop: () => childProcess.kill(),
  }
}

const childMessage = z.object({ id: z.int(), result: z.unknown().optional(), error: z.string().optional() })
