import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'
import type { Item, Key, Row } from '../engine/engine.ts'
import { splitBytes } from '../packed.ts'

/**
 * Builds the rows of a value that may not fit into one: each part says how many there are, and of which count they are. A key may
 * have a digest of the whole, so that two writers never mix their parts.
 */
export function buildPartRows(
  value: object,
  until: string,
  toKey: (number: string, digest: string) => Key,
): (Key & Item)[] {
  const bytes = gzipSync(JSON.stringify(value))
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
  const parts = splitBytes(bytes)
  return parts.map((gzip, at) => ({ ...toKey(String(at).padStart(3, '0'), digest), until, parts: parts.length, gzip }))
}

/** Returns the value of part rows, in order, and of which count it is. Undefined if they are of two counts, of which one is being written. */
export function joinPartRows(rows: readonly Row[]): { until: string; value: unknown } | undefined {
  const all = rows.map((row) => partRow.parse(row))
  const [first] = all
  if (!first) return undefined
  const parts = all.slice(0, first.parts)
  if (parts.length < first.parts || parts.some(({ until }) => until !== first.until)) return undefined
  const json = gunzipSync(Buffer.concat(parts.map(({ gzip }) => gzip))).toString()
  return { until: first.until, value: JSON.parse(json) }
}

const partRow = z.object({ until: z.string(), parts: z.int().min(1), gzip: z.instanceof(Uint8Array) })
