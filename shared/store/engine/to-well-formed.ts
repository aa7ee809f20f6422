import type { Item, Value } from './engine.ts'

/** Replaces each lone surrogate with U+FFFD, because UTF-8 cannot encode it. */
export function toWellFormed(value: Value): Value {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Array.isArray(value) ? value.map(toWellFormed) : toWellFormedItem(value)
}

export function toWellFormedItem(item: Item): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toWellFormed(value)]))
}
