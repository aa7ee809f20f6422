const byteOrderMarks = [
  { charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { charset: 'utf-16be', bytes: [0xfe, 0xff] },
  { charset: 'utf-16le', bytes: [0xff, 0xfe] },
]
const longestMarkBytes = 3

/** Returns the charset that a byte order mark at the beginning names; undefined if there is none. */
export function findByteOrderMark(bytes: Uint8Array): string | undefined {
  return byteOrderMarks.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte))?.charset
}

/** Returns whether the name or alias of a charset is one of the WHATWG Encoding Standard. */
export function isCharset(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch {
    return false
  }
}

/**
 * Returns the charset of a whole message: its byte order mark, or else the stated one. UTF-16 of unknown byte order is known
 * by its first zero, because JSON and XML begin with an ASCII character. What is stated to be ASCII or Latin-1 and is valid
 * UTF-8 is UTF-8: many servers state Latin-1 for every text, and text in Latin-1 is hardly ever valid UTF-8 by chance.
 */
export function resolveCharset(bytes: Bytes, statedCharset: string): string {
  const mark = findByteOrderMark(bytes)
  if (mark !== undefined) return mark
  if (/^utf-?16$/i.test(statedCharset) && bytes[0] === 0) return 'utf-16be'
  const isLatin = isCharset(statedCharset) && new TextDecoder(statedCharset).encoding === 'windows-1252'
  return isLatin && isDecodable(bytes, 'utf-8') ? 'utf-8' : statedCharset
}

export type TextFault = {
  /** `archive`: it is a .zip or .xlsx file. `charset`: its bytes are not text in that charset. */
  kind: 'archive' | 'charset'
  /** From 1. */
  line: number
  /** The charset that the text was read in. */
  charset: string
  /** In which charset it is probably written. */
  likelyCharset: string
}

export class UndecodableText extends Error {
  override name = 'UndecodableText'
  readonly fault: TextFault

  constructor(fault: TextFault) {
    super(`Line ${fault.line} is not valid ${fault.charset}.`)
    this.fault = fault
  }
}

/** What the types of browsers let a decoder take. */
type Bytes = Uint8Array<ArrayBuffer>

/** Decodes a whole file as `createTextDecoder` does. @throws UndecodableText */
export function decodeText(bytes: Bytes, charset?: string): string {
  const decoder = createTextDecoder(charset)
  return decoder.decode(bytes) + decoder.end()
}

/**
 * Decodes a file part by part, without its byte order mark. The mark outranks `charset`, as in browsers; without both, the
 * file is UTF-8. Bytes that are not valid are a fault, because U+FFFD in a name can never be repaired.
 * Its functions throw UndecodableText. @param charset one that `isCharset` accepts
 */
export function createTextDecoder(charset = 'utf-8') {
  let firstBytes = new Uint8Array()
  let decoder: Decoder | undefined
  let line = 1
  let offset = 0

  function decodeLines(bytes: Bytes, runningDecoder: Decoder): string {
    const parts: string[] = []
    for (let start = 0; start < bytes.length; ) {
      // A line of its own, so that a fault has a number. No charset has a line feed in a longer character; in UTF-16 the
      // second byte belongs to the next part, which the decoder expects.
      const lineFeed = bytes.indexOf(0x0a, start)
      const end = lineFeed === -1 ? bytes.length : lineFeed + 1
      parts.push(decodeLine(bytes.subarray(start, end), runningDecoder))
      if (lineFeed !== -1) line += 1
      offset += end - start
      start = end
    }
    return parts.join('')
  }

  function decodeLine(bytes: Bytes, runningDecoder: Decoder): string {
    const text = decodeOrThrow(runningDecoder, bytes)
    // Latin letters in UTF-16 are valid UTF-8, with a zero beside each.
    if (text.includes('\0')) throw createFault(runningDecoder, bytes)
    return text
  }

  function decodeOrThrow(runningDecoder: Decoder, bytes?: Bytes): string {
    try {
      return bytes ? runningDecoder.decode(bytes, { stream: true }) : runningDecoder.decode()
    } catch {
      throw createFault(runningDecoder, bytes)
    }
  }

  function createFault({ encoding }: Decoder, bytes = new Uint8Array()): UndecodableText {
    const kind = isArchive(firstBytes) ? 'archive' : 'charset'
    return new UndecodableText({ kind, line, charset: encoding, likelyCharset: guessCharset(bytes, encoding, offset) })
  }

  return {
    decode(bytes: Bytes): string {
      if (decoder) return decodeLines(bytes, decoder)
      firstBytes = concatenate(firstBytes, bytes)
      if (firstBytes.length <= longestMarkBytes) return ''
      decoder = createDecoder(firstBytes, charset)
      return decodeLines(firstBytes, decoder)
    },
    end(): string {
      const isShort = !decoder
      decoder ??= createDecoder(firstBytes, charset)
      return (isShort ? decodeLines(firstBytes, decoder) : '') + decodeOrThrow(decoder)
    },
  }
}

type Decoder = ReturnType<typeof createDecoder>

function createDecoder(firstBytes: Bytes, charset: string) {
  return new TextDecoder(findByteOrderMark(firstBytes) ?? charset, { fatal: true })
}

function concatenate(one: Bytes, other: Bytes): Bytes {
  const all = new Uint8Array(one.length + other.length)
  all.set(one)
  all.set(other, one.length)
  return all
}

function isArchive(firstBytes: Bytes): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, index) => firstBytes[index] === byte)
}

/** @param offset where in the file the bytes begin */
function guessCharset(bytes: Bytes, charset: string, offset: number): string {
  const zero = bytes.indexOf(0)
  if (zero !== -1) return (offset + zero) % 2 === 1 ? 'utf-16le' : 'utf-16be'
  if (charset !== 'utf-8' && isDecodable(bytes, 'utf-8')) return 'utf-8'
  return countSmallLetters(bytes, 'macintosh') > countSmallLetters(bytes, 'windows-1252') ? 'macintosh' : 'windows-1252'
}

function isDecodable(bytes: Bytes, charset: string): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** How many bytes beyond ASCII are small letters, as most in names are. Quotes and dashes of Windows are left out. */
function countSmallLetters(bytes: Bytes, charset: string): number {
  const decoder = new TextDecoder(charset)
  return bytes.filter(
    (byte) => byte >= 0x80 && !(byte >= 0x91 && byte <= 0x97) && /\p{Ll}/u.test(decoder.decode(Uint8Array.of(byte))),
  ).length
}
