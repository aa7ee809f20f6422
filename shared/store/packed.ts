import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import * as z from 'zod'
import type { Item } from './engine/engine.ts'
import { eventDictionary } from './event-dictionary.ts'

// A consistent read costs one unit for each 4 KiB.
const minCompressedPageLength = 4 * 1024
// A write costs by the kilobyte, in a transaction twice, so a part of a row is worth its compression much earlier.
const minCompressedPartLength = 512

/** A composed response as one attribute: JSON, gzipped if it is large. */
export function pack(value: object): Item {
  return packLonger(value, minCompressedPageLength)
}

/** A part of a row that is written with every lead, as one attribute: JSON, gzipped unless it is tiny. */
export function packPart(value: object): Item {
  return packLonger(value, minCompressedPartLength)
}

/**
 * The event of a delivery with its binding, as one attribute: JSON, deflated with a dictionary of what all events have in
 * common. It takes half as many bytes as gzip, so that nearly every event costs a single unit.
 */
export function packEvent(value: object): Item {
  return { deflate: deflateSync(JSON.stringify(value), { dictionary: eventDictionary }) }
}

function packLonger(value: object, minCompressedLength: number): Item {
  const json = JSON.stringify(value)
  return json.length < minCompressedLength ? { json } : { gzip: gzipSync(json) }
}

export function unpack(row: object): unknown {
  const { json, gzip, deflate } = packedRow.parse(row)
  if (deflate) return JSON.parse(inflateSync(deflate, { dictionary: eventDictionary }).toString())
  return JSON.parse(gzip ? gunzipSync(gzip).toString() : (json ?? 'null'))
}

const bytes = z.instanceof(Uint8Array)
const packedRow = z.object({ json: z.string().optional(), gzip: bytes.optional(), deflate: bytes.optional() })

/** Splits what does not fit into one row, so that each part does and is still far below the limit of an item. */
export function splitBytes(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.byteLength / maxBytesInPartRow)
  return Array.from({ length: count }, (_, number) =>
    bytes.subarray(number * maxBytesInPartRow, (number + 1) * maxBytesInPartRow),
  )
}

export const maxBytesInPartRow = 300 * 1024

/** The schema of an attribute that `pack`, `packPart` or `packEvent` wrote, or that an earlier edition stored as it is. */
export function packed<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (isPacked(value) ? unpack(value) : value), schema)
}

/** Returns an attribute as it was before it was packed. */
export function isPacked(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return 'gzip' in value || 'deflate' in value || typeof Object(value).json === 'string'
}
