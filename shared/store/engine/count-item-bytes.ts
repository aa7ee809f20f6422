import { EngineMisuse, type Item } from './engine.ts'
import { limits } from './limits.ts'

/** Returns an item's size as DynamoDB counts it. @throws EngineMisuse for values that no item can have. */
export function countItemBytes(item: Item) {
  let bytes = 0
  for (const name of Object.keys(item)) bytes += countNameBytes(name) + countValueBytes(item[name], name, 0)
  return bytes
}

function countValueBytes(value: unknown, name: string, depth: number): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number') return countNumberBytes(value, name)
  if (typeof value === 'boolean' || value === null) return 1
  if (value instanceof Uint8Array) return value.byteLength
  if (depth + 1 >= limits.depth) throw new EngineMisuse(`${name} is nested deeper than ${limits.depth} levels`)
  if (Array.isArray(value)) return countListBytes(value, name, depth)
  if (isMap(value)) return countMapBytes(value, name, depth)
  throw new EngineMisuse(`${name} holds ${describeKind(value)}, which no item can hold`)
}

const reservedNames = ['__proto__', 'constructor']
const containerBytes = 3
const entryBytes = 1

function countListBytes(values: readonly unknown[], name: string, depth: number) {
  let bytes = containerBytes
  for (const value of values) bytes += entryBytes + countValueBytes(value, name, depth + 1)
  return bytes
}

function countMapBytes(map: { [name: string]: unknown }, name: string, depth: number) {
  let bytes = containerBytes
  for (const inner of Object.keys(map)) {
    bytes += entryBytes + countNameBytes(inner) + countValueBytes(map[inner], `${name}.${inner}`, depth + 1)
  }
  return bytes
}

/** An upper bound: it counts trailing zeros, which DynamoDB drops. */
function countNumberBytes(value: number, name: string) {
  if (!Number.isFinite(value)) throw new EngineMisuse(`${name} is not a finite number`)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new EngineMisuse(`${name} is an unsafe integer`)
  if (value !== 0 && Math.abs(value) < limits.smallestNumber) {
    throw new EngineMisuse(`${name} is nearer to 0 than ${limits.smallestNumber}`)
  }
  return Math.ceil(String(value).length / 2) + 1
}

export function countNameBytes(name: string) {
  const knownBytes = knownNames.get(name)
  if (knownBytes !== undefined) return knownBytes
  const bytes = checkName(name)
  if (knownNames.size < maxKnownNames) knownNames.set(name, bytes)
  return bytes
}

/** The same few hundred names come again with every row. */
const knownNames = new Map<string, number>()
const maxKnownNames = 1000

function checkName(name: string) {
  if (name === '' || reservedNames.includes(name) || !name.isWellFormed()) {
    throw new EngineMisuse(`${JSON.stringify(name)} cannot name an attribute`)
  }
  const bytes = Buffer.byteLength(name)
  if (bytes > limits.attributeNameBytes) {
    throw new EngineMisuse(`an attribute's name is over ${limits.attributeNameBytes} bytes`)
  }
  return bytes
}

function isMap(value: unknown): value is { [name: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function describeKind(value: unknown) {
  return typeof value === 'object' ? `a ${value?.constructor?.name ?? 'strange object'}` : `${typeof value}`
}
