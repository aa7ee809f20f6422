import type { Item, Value } from './engine.ts'

/** A value as UTF-8 can hold it: half a surrogate pair becomes U+FFFD. */
export function toWellFormed(value: Value): Value {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Array.isArray(value) ? value.map(toWellFormed) : toWellFormedItem(value)
}

export function toWellFormedItem(item: Item): Item {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toWellFormed(value)]))
}
