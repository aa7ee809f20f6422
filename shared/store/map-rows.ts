import * as z from 'zod'
import type { Item, Value } from './engine/engine.ts'
import { pack, unpack } from './packed.ts'

/** Renames attributes of a map and leaves the others. */
export function renameAttributes(names: { [before: string]: string }): (item: Item) => Item {
  return (item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [names[name] ?? name, value]))
}

/** Migrates the JSON that `pack` made; an item without it is returned as it is. */
export function repack(item: Value | undefined, migrate: (content: Item) => Item): Item {
  if (!isMap(item)) return {}
  const { json, gzip, ...others } = item
  return json === undefined && gzip === undefined ? item : { ...others, ...pack(migrate(content.parse(unpack(item)))) }
}

const content = z.record(z.string(), z.json())

export function withMapped(item: Value | undefined, name: string, migrate: (value: Value) => Value): Item {
  if (!isMap(item)) return {}
  const value = item[name]
  return value === undefined ? item : { ...item, [name]: migrate(value) }
}

export function mapItem(migrate: (item: Item) => Item): (value: Value) => Value {
  return (value) => (isMap(value) ? migrate(value) : value)
}

export function mapItems(values: Value | undefined, migrate: (item: Item) => Item): Value {
  return Array.isArray(values) ? values.map(mapItem(migrate)) : (values ?? [])
}

export function isMap(value: Value | undefined): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}
