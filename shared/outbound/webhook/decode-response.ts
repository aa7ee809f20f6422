import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { findByteOrderMark } from '../../domain/decode-text.ts'

export type DecodedResponse = { bytes: Buffer; text: string } | { unreadable: string }
type ResponseEncoding = { contentEncoding?: string | undefined; contentType?: string | undefined }

export const tooLongReason = 'The response is too long to be read.'
const maxCodings = 3

/**
 * Decodes a complete body: its content codings, up to `maxBytes` bytes, and then its charset. `unreadable` is a sentence
 * that says why it cannot be read.
 */
export function decodeResponse(
  body: Buffer,
  { contentEncoding, contentType }: ResponseEncoding,
  maxBytes: number,
): DecodedResponse {
  const decompressed = decompress(body, contentEncoding, maxBytes)
  if ('unreadable' in decompressed) return decompressed
  const { bytes } = decompressed
  const charset = findCharset(bytes, contentType)
  const decoder = createDecoder(charset, { fatal: true })
  if (!decoder) return { unreadable: 'The response has a charset that is not supported.' }
  try {
    return { bytes, text: decoder.decode(bytes) }
  } catch {
    return { unreadable: `The response is not valid ${decoder.encoding}.` }
  }
}

/** Decodes the beginning of a body as well as it can be, for people to read. */
export function decodeExcerpt(bytes: Buffer, contentType: string | undefined): string {
  const decoder = createDecoder(findCharset(bytes, contentType), { fatal: false }) ?? new TextDecoder()
  // Leaves out a character that the size limit cuts in two.
  return decoder.decode(bytes, { stream: true })
}

/** Returns whether a body must be decompressed before it can be read. */
export function isCompressed(contentEncoding: string | undefined): boolean {
  return listCodings(contentEncoding).length > 0
}

/** Schools may compress although the request does not allow it (RFC 9110, 12.5.3). */
function decompress(
  body: Buffer,
  contentEncoding: string | undefined,
  maxBytes: number,
): { bytes: Buffer } | { unreadable: string } {
  const codings = listCodings(contentEncoding)
  if (body.length === 0) return { bytes: body }
  if (codings.length > maxCodings || codings.some((coding) => !Object.hasOwn(decoders, coding)))
    return { unreadable: 'The response has a compression that is not supported.' }
  let bytes = body
  // They are listed in the order in which they were applied.
  for (const coding of codings.toReversed()) {
    try {
      bytes = decoders[coding]?.(bytes, { maxOutputLength: maxBytes }) ?? bytes
    } catch (error) {
      const isTooLong = error instanceof RangeError
      return { unreadable: isTooLong ? tooLongReason : 'The compression of the response is broken.' }
    }
  }
  return { bytes }
}

type Decompressor = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer

const decoders: { [coding: string]: Decompressor } = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  // Many servers send deflate without the zlib format that the name means (RFC 9110, 8.4.1.2).
  deflate: (bytes, options) => (hasZlibHeader(bytes) ? inflateSync(bytes, options) : inflateRawSync(bytes, options)),
  br: brotliDecompressSync,
}

function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length >= 2 && (bytes.readUInt8(0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0
}

function listCodings(contentEncoding: string | undefined): string[] {
  const names = (contentEncoding ?? '').split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => name !== '' && name !== 'identity')
}

/** A byte order mark outranks the charset of the content type, and that one outranks an XML declaration (RFC 7303, 3). */
function findCharset(bytes: Buffer, contentType: string | undefined): string {
  const start = bytes.subarray(0, 128).toString('latin1')
  return (
    findByteOrderMark(bytes) ??
    /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType ?? '')?.[1] ??
    /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ??
    'utf-8'
  )
}

function createDecoder(charset: string, options: { fatal: boolean }) {
  try {
    return new TextDecoder(charset, options)
  } catch {
    return undefined
  }
}
