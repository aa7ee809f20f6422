import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type HostReady, type HostSettings, hostReady } from '../host-settings.ts'

export type HostProcess = {
  /** Undefined if it ended before it was ready. */
  ready: Promise<HostReady | undefined>
  ended: Promise<unknown>
  hasEnded: () => boolean
  /** Sends SIGKILL to this process. Resolves when it has ended. */
  kill: () => Promise<void>
  /** Faults that it logged. */
  faults: string[]
}

const entry = fileURLToPath(new URL('../host.ts', import.meta.url))
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'prospectus-crash-code'), NODE_NO_WARNINGS: '1' }

/** Starts a host in its own process. */
export function startHostProcess(settings: HostSettings): HostProcess {
  const child = spawn(process.execPath, [entry, JSON.stringify(settings)], { env, stdio: 'pipe' })
  // It may be killed before it reads anything.
  child.stdin.on('error', () => {})
  const ended = once(child, 'exit')
  const faults: string[] = []
  createInterface(child.stderr).on('line', (line) => faults.push(line))
  const { promise: ready, resolve } = Promise.withResolvers<HostReady | undefined>()
  createInterface(child.stdout).once('line', (line) => resolve(hostReady.parse(JSON.parse(line))))
  ended.then(() => resolve(undefined))
  return {
    ready,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    faults,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
