import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type NewId, prefixes } from '../domain/ids.ts'

/** Clock, randomness and ids of a running program. */
export const systemDependencies = {
  now: () => new Date(),
  random: Math.random,
  sleep: async (ms: number) => {
    await sleep(ms)
  },
  randomBytes: (count: number) => randomBytes(count),
  newId: ((kind) => `${prefixes[kind]}${randomBytes(16).toString('base64url')}`) satisfies NewId,
}
