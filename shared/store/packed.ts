import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import * as z from 'zod'
import { decisionDictionary } from './decision-dictionary.ts'
import type { Engine, Item } from './engine/engine.ts'
import { eventDictionary } from './event-dictionary.ts'

// A consistent read costs one unit for each 4 KiB.
const minCompressedPageLength = 4 * 1024
/**
 * How the rows of a lead are written. `compact`: for an engine that bills a write by the kilobyte, in a transaction twice.
 * `plain`: where a write costs time, of which compression takes more than a longer row. What is very long is compressed
 * in any case, so that it fits into an item.
 */
export type RowStyle = 'compact' | 'plain'
export const getRowStyle = ({ billsBytes }: Pick<Engine, 'billsBytes'>): RowStyle => (billsBytes ? 'compact' : 'plain')

const minCompressedPartLength = { compact: 512, plain: 32 * 1024 }

/** A composed response as one attribute: JSON, gzipped if it is large. */
export function pack(value: object): Item {
  return packLonger(value, minCompressedPageLength)
}

/** A part of a row that is written with every lead, as one attribute: JSON, gzipped unless it is short for its style. */
export function packPart(value: object, style: RowStyle = 'compact'): Item {
  return packLonger(value, minCompressedPartLength[style])
}

/**
 * A part that is the same for many leads, such as the candidates of a career and state: JSON, gzipped unless it is tiny. It
 * is compressed once for all of them.
 */
export function packShared(value: object): Item {
  const packedValue = packedValues.get(value)
  if (packedValue) return packedValue
  const json = JSON.stringify(value)
  const packedPart = packedTexts.get(json) ?? packLonger(value, minCompressedPartLength.compact)
  if (Object.isFrozen(value)) packedValues.set(value, packedPart)
  else if (json.length <= maxSharedTextLength) {
    if (packedTexts.size >= maxSharedTexts) packedTexts.clear()
    packedTexts.set(json, packedPart)
  }
  return packedPart
}

const packedValues = new WeakMap<object, Item>()
const packedTexts = new Map<string, Item>()
const maxSharedTexts = 200
const maxSharedTextLength = 16 * 1024

/**
 * The event of a delivery with its binding, as one attribute: JSON, deflated with a dictionary of what all events have in
 * common. It takes half as many bytes as gzip, so that nearly every event costs a single unit.
 */
export function packEvent(value: object): Item {
  return { deflate: deflateSync(JSON.stringify(value), { dictionary: eventDictionary }) }
}

/**
 * Verdicts or inputs of a decision, as one attribute: JSON, deflated with a dictionary of what most decisions have in common.
 * It takes half as many bytes as gzip. Thousands of candidates are gzipped, because a dictionary saves nothing there.
 */
export function packDecisionPart(value: object, style: RowStyle): Item {
  const json = JSON.stringify(value)
  if (style === 'plain' || json.length > maxDictionaryTextLength)
    return packLonger(value, minCompressedPartLength[style])
  return { decided: deflateSync(json, { dictionary: decisionDictionary, level: 9, memLevel: 9 }) }
}

const maxDictionaryTextLength = 64 * 1024

function packLonger(value: object, minCompressedLength: number): Item {
  const json = JSON.stringify(value)
  return json.length < minCompressedLength ? { json } : { gzip: gzipSync(json) }
}

export function unpack(row: object): unknown {
  const { json, gzip, deflate, decided, shared } = packedRow.parse(row)
  if (shared) {
    const sharedParts = Object.entries(shared).map(([name, part]) => [name, unpack(part)] as const)
    return { ...Object(unpack({ json, gzip })), ...Object.fromEntries(sharedParts) }
  }
  if (deflate) return JSON.parse(inflateSync(deflate, { dictionary: eventDictionary }).toString())
  if (decided) return JSON.parse(inflateSync(decided, { dictionary: decisionDictionary }).toString())
  return JSON.parse(gzip ? gunzipSync(gzip).toString() : (json ?? 'null'))
}

const bytes = z.instanceof(Uint8Array)
const packedRow = z.object({
  json: z.string().optional(),
  gzip: bytes.optional(),
  /** Deflated with the dictionary of events, or with that of decisions. */
  deflate: bytes.optional(),
  decided: bytes.optional(),
  /** Members that were packed apart, by name. */
  shared: z.record(z.string(), z.looseObject({})).optional(),
})

/** Splits what does not fit into one row, so that each part does and is still far below the limit of an item. */
export function splitBytes(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.byteLength / maxBytesInPartRow)
  return Array.from({ length: count }, (_, number) =>
    bytes.subarray(number * maxBytesInPartRow, (number + 1) * maxBytesInPartRow),
  )
}

export const maxBytesInPartRow = 300 * 1024

/** The schema of an attribute that `pack`, `packPart`, `packEvent` or `packDecisionPart` wrote, or that an earlier edition stored as it is. */
export function packed<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (isPacked(value) ? unpack(value) : value), schema)
}

/** Returns an attribute as it was before it was packed. */
export function isPacked(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return 'gzip' in value || 'deflate' in value || 'decided' in value || typeof Object(value).json === 'string'
}
