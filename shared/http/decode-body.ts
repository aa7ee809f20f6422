import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { Refusal } from '../contract/problems.ts'
import { getMaxSentBytes, maxBodyBytes, type Route } from '../contract/route.ts'
import { resolveCharset } from '../domain/decode-text.ts'

type BodyEvent = Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'>

/**
 * Returns the text of a body: decompressed, decoded by its charset and without a byte order mark; undefined if there is
 * none. @throws Refusal 400 if the bytes are not what the headers say, 413 if they are too many, 415 if the headers name
 * a coding or charset that is not supported
 */
export function decodeBody(route: Pick<Route, 'maxBodyBytes' | 'maxSentBytes'>, event: BodyEvent): string | undefined {
  if (event.body === undefined || event.body === '') return undefined
  const maxSentBytes = getMaxSentBytes(route)
  if (Buffer.byteLength(event.body, event.isBase64Encoded ? 'base64' : 'utf8') > maxSentBytes)
    throw tooLarge(maxSentBytes)
  const text = event.isBase64Encoded
    ? decodeText(decompress(Buffer.from(event.body, 'base64'), event, maxSentBytes), event)
    : checkText(event.body, event)
  const limit = route.maxBodyBytes ?? maxBodyBytes
  if (countTextBytes(text, limit) > limit) throw tooLarge(limit)
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

const decompressors: { [coding: string]: (bytes: Buffer, limit: { maxOutputLength: number }) => Buffer } = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  br: brotliDecompressSync,
  // Some clients leave out the zlib header, whose low four bits are 8.
  deflate: (bytes, limit) => ((bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, limit) : inflateRawSync(bytes, limit)),
}
const acceptedCodings = 'gzip, deflate, br'
const maxCodings = 3

function decompress(body: Buffer, event: BodyEvent, maxOutputLength: number): Buffer {
  const codings = listCodings(event)
  if (codings.length > maxCodings || codings.some((coding) => !Object.hasOwn(decompressors, coding)))
    throw unsupportedCoding(acceptedCodings)
  let bytes = body
  // They are listed in the order in which they were applied (RFC 9110, 8.4).
  for (const coding of codings.toReversed()) {
    try {
      bytes = decompressors[coding]?.(bytes, { maxOutputLength }) ?? bytes
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
        throw tooLarge(maxOutputLength)
      throw new Refusal('MALFORMED_JSON', `The body is not valid ${coding}, although Content-Encoding says ${coding}.`)
    }
  }
  return bytes
}

function listCodings({ headers }: BodyEvent): string[] {
  const names = (headers['content-encoding'] ?? '').split(',').map((name) => name.trim().toLowerCase())
  return names.filter((name) => name !== '' && name !== 'identity')
}

function unsupportedCoding(accepted: string): Refusal {
  const detail = `This Content-Encoding is not supported here. Send the body without one, or with: ${accepted}.`
  return new Refusal('UNSUPPORTED_MEDIA_TYPE', detail, { headers: { 'accept-encoding': accepted } })
}

/** A byte order mark outranks the stated charset, as in browsers. Without both, the text is UTF-8. */
function decodeText(bytes: Buffer, event: BodyEvent): string {
  const charset = resolveCharset(Uint8Array.from(bytes), readCharset(event))
  try {
    return createDecoder(charset).decode(bytes)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw notDecodable(charset)
  }
}

function readCharset({ headers }: BodyEvent): string {
  const [, quoted, plain] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^;,\s]*))/i.exec(headers['content-type'] ?? '') ?? []
  // Some programs put it into single quotes, which HTTP does not know.
  const charset = (quoted ?? plain ?? '').trim().replace(/^'(.*)'$/, '$1')
  return charset.toLowerCase() || 'utf-8'
}

function createDecoder(charset: string) {
  try {
    return new TextDecoder(charset, { fatal: true })
  } catch {
    const detail =
      'The charset in Content-Type is not supported. Send utf-8, utf-16, iso-8859-1, windows-1252 or another charset of ' +
      'the WHATWG Encoding Standard.'
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', detail, { headers: { accept: 'application/json; charset=utf-8' } })
  }
}

function notDecodable(charset: string): Refusal {
  const detail = `The body is not valid ${charset.toUpperCase()}. Send UTF-8, or state the charset in Content-Type, such as "application/json; charset=iso-8859-1".`
  return new Refusal('MALFORMED_JSON', detail)
}

/**
 * API Gateway decodes bodies that it passes on as text as UTF-8, and replaces bytes that are not. That is seen by the
 * length: U+FFFD has three bytes, and a replaced byte had one.
 */
function checkText(text: string, event: BodyEvent): string {
  if (listCodings(event).length > 0) throw unsupportedCoding('identity')
  const charset = readCharset(event)
  createDecoder(charset)
  const sentBytes = event.headers['content-length']
  const isOtherLength = sentBytes !== undefined && Number(sentBytes) !== Buffer.byteLength(text)
  if (text.includes('\uFFFD') && (isOtherLength || !/^utf-?8$/.test(charset)))
    throw new Refusal('MALFORMED_JSON', 'The body has bytes that are not valid UTF-8. Send it as UTF-8.')
  return text
}

/** The bytes of a JSON text in UTF-8. `\u4f60` counts as the character it stands for, because a schema counts characters. */
function countTextBytes(text: string, limit: number): number {
  const bytes = Buffer.byteLength(text)
  if (bytes <= limit) return bytes
  return Buffer.byteLength(
    text.replace(/\\(?:u([0-9a-f]{4})|.)/gi, (written, hex: string | undefined) =>
      hex === undefined ? written : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  )
}

function tooLarge(limit: number): Refusal {
  return new Refusal('BODY_TOO_LARGE', `The body has more than ${limit} bytes, which is the limit of this operation.`)
}
