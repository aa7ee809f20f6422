import { brotliDecompressSync, inflateRawSync, inflateSync } from 'node:zlib'
import { resolveCharset } from '../../domain/decode-text.ts'
import { gunzip } from './gunzip.ts'

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
  gzip: gunzip,
  'x-gzip': gunzip,
  // Many servers send deflate without the zlib format that the name means (RFC 9110, 8.4.1.2).
  deflate: (bytes, options) => (hasZlibHeader(bytes) ? inflateSync(bytes, options) : inflateRawSync(bytes, options)),
  br: brotliDecompressSync,
}

function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length >= 2 && (bytes.readUInt8(0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0
}

function listCodings(contentEncoding: string | undefined): string[] {
  const names = (contentEncoding ?? '').split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => !notCodings.has(name))
}

/** What servers write there for a body that is not compressed. */
const notCodings = new Set(['', 'identity', 'none', 'utf-8', 'utf8', '7bit', '8bit', 'binary', 'chunked'])

/**
 * A byte order mark outranks the charset of the content type, and that one outranks an XML declaration (RFC 7303, 3). Text
 * without any of these is UTF-16 if there is a zero beside its first character, which is ASCII in JSON and XML.
 */
function findCharset(bytes: Buffer, contentType: string | undefined): string {
  const start = bytes.subarray(0, 128).toString('latin1')
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1]
  const stated =
    /;\s*charset\s*=\s*["']?([^\s"',;]+)/i.exec(contentType ?? '')?.[1] ??
    // .NET declares UTF-16 in text that it then sends as UTF-8. If one byte is one character, it is not UTF-16.
    (declared && !/^utf-?16/i.test(declared) ? declared : guessUtf(bytes))
  return resolveCharset(Uint8Array.from(bytes), stated)
}

function guessUtf([first, second]: Buffer): string {
  if (first === 0 && second !== 0) return 'utf-16be'
  return second === 0 && first !== 0 ? 'utf-16le' : 'utf-8'
}

function createDecoder(charset: string, options: { fatal: boolean }) {
  try {
    return new TextDecoder(charset, options)
  } catch {
    return undefined
  }
}
