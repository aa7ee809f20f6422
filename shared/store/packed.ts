import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'
import type { Item } from './engine/engine.ts'

// Below this size, compression costs more time than it saves in read units.
const minCompressedLength = 16 * 1024

/** A composed response as one attribute: JSON, gzipped if it is large. */
export function pack(value: object): Item {
  const json = JSON.stringify(value)
  return json.length < minCompressedLength ? { json } : { gzip: gzipSync(json) }
}

export function unpack(row: object): unknown {
  const { json, gzip } = packedRow.parse(row)
  return JSON.parse(gzip ? gunzipSync(gzip).toString() : (json ?? 'null'))
}

const packedRow = z.object({ json: z.string().optional(), gzip: z.instanceof(Uint8Array).optional() })
