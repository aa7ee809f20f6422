import type { Item } from './engine.ts'

/** Whether an item has expired; it may still be stored. */
export function isExpired({ expiresAt }: Item, now: Date) {
  return typeof expiresAt === 'number' && expiresAt <= toEpochSeconds(now)
}

export function toEpochSeconds(now: Date) {
  return Math.floor(now.getTime() / 1000)
}
