import { crc32, gunzipSync, inflateRawSync } from 'node:zlib'

type Limit = { maxOutputLength: number }

/**
 * Decompresses gzip, and ignores what follows the compressed data, as browsers do: scripts print a line break or a warning
 * after it. @throws Error if the data is not valid, RangeError if it is longer than the limit
 */
export function gunzip(bytes: Buffer, limit: Limit): Buffer {
  try {
    return gunzipSync(bytes, limit)
  } catch (error) {
    if (error instanceof RangeError) throw error
    const content = gunzipFirstMember(bytes, limit)
    if (!content) throw error
    return content
  }
}

/** RFC 1952, 2.3. Undefined if the first member is not complete and valid. */
function gunzipFirstMember(bytes: Buffer, limit: Limit): Buffer | undefined {
  const start = findData(bytes)
  if (start === undefined) return undefined
  // With `info` there is an engine, which says where the data ended.
  const { buffer: content, engine } = readInflated(inflateRawSync(bytes.subarray(start), { ...limit, info: true }))
  const trailer = bytes.subarray(start + engine.bytesWritten)
  const isValid =
    trailer.length >= 8 &&
    trailer.readUInt32LE(0) === crc32(content) &&
    trailer.readUInt32LE(4) === content.length % 2 ** 32
  return isValid ? content : undefined
}

// The types of Node.js leave out what `info` returns.
function readInflated(result: unknown): { buffer: Buffer; engine: { bytesWritten: number } } {
  const isInfo = (_: unknown): _ is ReturnType<typeof readInflated> => true
  if (isInfo(result)) return result
  throw new Error('A type guard that always holds has failed.')
}

/** Where the data begins after a header of ten bytes and the optional fields that its flags name. */
function findData(bytes: Buffer): number | undefined {
  if (bytes.length < 18 || bytes.readUInt32BE(0) >>> 8 !== 0x1f8b08) return undefined
  const flags = bytes.readUInt8(3)
  let start = 10
  if (flags & 0x04) start += 2 + bytes.readUInt16LE(start)
  for (const flag of [0x08, 0x10]) {
    if (!(flags & flag)) continue
    const end = bytes.indexOf(0, start)
    if (end === -1) return undefined
    start = end + 1
  }
  return start + (flags & 0x02 ? 2 : 0)
}
