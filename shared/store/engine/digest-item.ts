import { createHash } from 'node:crypto'
import type { Item, Value } from './engine.ts'

/** SHA-256 of an item in hex: the same for the same attributes in any order, whichever engine has stored it. */
export function digestItem(item: Item): string {
  return createHash('sha256').update(toCanonicalText(item)).digest('hex')
}

function toCanonicalText(value: Value): string {
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('base64')}`
  if (Array.isArray(value)) return `[${value.map(toCanonicalText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${toCanonicalText(inner)}`).join(',')}}`
}
