import type { Item, Row, Value } from './engine.ts'

const binary = '$binary'

/** Converts an item to JSON. Bytes become `{"$binary": "base64"}`, and a name that starts with `$` gets a second `$`. */
export function itemToJson(item: Item) {
  if (!hasBytes(item)) {
    const json = JSON.stringify(item)
    // A lone surrogate is escaped, and a name that starts with $ follows a quote. Both are rare.
    if (!json.includes('\\ud') && !json.includes('"$')) return json
  }
  return JSON.stringify(encode(item))
}

function hasBytes(value: Value | undefined): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(hasBytes)
  if (value instanceof Uint8Array) return true
  for (const name in value) if (hasBytes(value[name])) return true
  return false
}

export function itemFromJson(json: string): Row {
  const row: Row = JSON.parse(json)
  return json.includes('"$') ? { ...decodeMap(row), pk: row.pk, sk: row.sk } : row
}

function encode(value: Value): Value {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return { [binary]: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(encode)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [escapeName(name), encode(inner)]))
}

function decode(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(decode)
  const bytes = value[binary]
  return typeof bytes === 'string' ? new Uint8Array(Buffer.from(bytes, 'base64')) : decodeMap(value)
}

function decodeMap(map: Item): Item {
  return Object.fromEntries(Object.entries(map).map(([name, inner]) => [unescapeName(name), decode(inner)]))
}

const escapeName = (name: string) => (name.startsWith('$') ? `$${name}` : name)
const unescapeName = (name: string) => (name.startsWith('$') ? name.slice(1) : name)
