import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Engine, Row } from '../engine/engine.ts'
import { listingPartKey, pageKey, type Table } from '../keys.ts'
import { maxBytesInPartRow, pack, splitBytes, unpack } from '../packed.ts'

/**
 * Builds the row of a career's listing. A listing of more than some ten thousand programs does not fit into one: then its
 * row names an edition, whose parts have rows of their own, so that no reader joins the parts of two listings.
 */
export function buildListingRows(slug: string, schools: object): Row[] {
  const packedListing = pack(schools)
  const { gzip } = packedListing
  if (!(gzip instanceof Uint8Array) || gzip.byteLength <= maxBytesInPartRow)
    return [{ ...pageKey(slug, 'LISTING'), ...packedListing }]
  const edition = createHash('sha256').update(gzip).digest('base64url').slice(0, editionLength)
  const parts = splitBytes(gzip)
  return [
    { ...pageKey(slug, 'LISTING'), edition, rows: parts.length },
    ...parts.map((part, number) => ({ ...listingPartKey(slug, edition, number), gzip: part })),
  ]
}

/** Reads a listing, with one lookup unless it has parts. @throws Error if it was replaced during every attempt */
export async function readListing(engine: Pick<Engine<Table>, 'get'>, slug: string): Promise<unknown> {
  for (let attempt = 0; attempt < maxReadAttempts; attempt++) {
    const row = await engine.get({ in: 'catalog', key: pageKey(slug, 'LISTING') })
    const { success, data } = listingInParts.safeParse(row)
    if (!success) return row && unpack(row)
    const { edition, rows } = data
    const parts = await Promise.all(
      Array.from({ length: rows }, (_, number) =>
        engine.get({ in: 'catalog', key: listingPartKey(slug, edition, number) }),
      ),
    )
    const chunks = parts.flatMap((part) => (part ? [partRow.parse(part).gzip] : []))
    // A part is missing if another edition has replaced this one since its row was read.
    if (chunks.length === rows) return unpack({ gzip: new Uint8Array(Buffer.concat(chunks)) })
  }
  throw new Error(`The listing of ${slug} was replaced during each of ${maxReadAttempts} reads.`)
}

const editionLength = 12
const maxReadAttempts = 3
const listingInParts = z.object({ edition: z.string(), rows: z.int().min(1) })
const partRow = z.object({ gzip: z.instanceof(Uint8Array) })
