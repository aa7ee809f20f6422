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
  newId: ((kind) => `${prefixes[kind]}${takeIdText()}`) satisfies NewId,
}

const idBytes = 16
const idsPerDraw = 256
let drawn = Buffer.alloc(0)

/** A lead has a dozen IDs, and each call for randomness costs as much as a hash, so they are drawn together. None is used twice. */
function takeIdText(): string {
  if (drawn.length === 0) drawn = randomBytes(idBytes * idsPerDraw)
  const text = drawn.toString('base64url', 0, idBytes)
  drawn = drawn.subarray(idBytes)
  return text
}
