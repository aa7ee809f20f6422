import { createHash } from 'node:crypto'
import { type NewId, prefixes } from '#shared/domain/ids.ts'

/** Returns numbers in [0, 1) that are the same at each start. The generator is mulberry32. */
export function createSeededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** IDs that are the same at each start. Nothing secret may be made of them. */
export function createSeededIds(seed: string): NewId {
  let count = 0
  return (kind) => {
    const digest = createHash('sha256').update(`${seed} ${count++}`).digest('base64url')
    return `${prefixes[kind]}${digest.slice(0, idLength)}`
  }
}

/** 22 letters of base64url hold 128 bits. */
const idLength = 22

export function pick<Item>(items: readonly [Item, ...Item[]], random: () => number): Item {
  return items[Math.floor(random() * items.length)] ?? items[0]
}
