import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '#shared/contract/problems.ts'
import { decodeBody } from '#shared/http/decode-body.ts'

const text = '{"firstName":"José “Ángel” 李 🎓"}'

describe('the text of a body', () => {
  it.each([
    ['utf-8', Buffer.from(text)],
    ['UTF8', Buffer.from(text)],
    ['"utf-8"', Buffer.from(text)],
    ['utf-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16', Buffer.from(text, 'utf16le')],
    ['utf-16', Buffer.from(text, 'utf16le').swap16()],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
  ])('is decoded by the charset %s', (charset, bytes) => {
    expect(decode(bytes, { 'content-type': `application/json; charset=${charset}` })).toBe(text)
  })

  it.each(['iso-8859-1', 'windows-1252', 'Latin1'])('is decoded by the single-byte charset %s', (charset) => {
    const bytes = Buffer.from([0x22, 0x4a, 0x6f, 0x73, 0xe9, 0x93, 0x22])
    expect(decode(bytes, { 'content-type': `application/json;charset=${charset}` })).toBe('"José“"')
  })

  it.each([
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('needs no charset if it begins with the byte order mark of %s', (_, bytes) => {
    expect(decode(bytes)).toBe(text)
  })

  it('loses the byte order mark of a body that API Gateway made text of', () => {
    expect(decodeBody({}, { headers: {}, body: `\uFEFF${text}`, isBase64Encoded: false })).toBe(text)
  })

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['identity', (bytes: Buffer) => bytes],
  ])('is decompressed from %s', (coding, compress) => {
    expect(decode(compress(Buffer.from(text)), { 'content-encoding': coding })).toBe(text)
  })

  it.each([
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity, gzip', gzipSync(text)],
    ['gzip, identity', gzipSync(text)],
    ['', Buffer.from(text)],
  ])('is decompressed from the codings %j, the last first', (codings, bytes) => {
    expect(decode(bytes, { 'content-encoding': codings })).toBe(text)
  })

  it.each(["'utf-8'", 'utf-8, application/json', 'us-ascii', 'iso-8859-1', 'windows-1252'])(
    'is UTF-8 if it is valid UTF-8 and its charset is %s',
    (charset) => {
      expect(decode(Buffer.from(text), { 'content-type': `application/json; charset=${charset}` })).toBe(text)
    },
  )

  it('is any text that a sender encodes and compresses', () => {
    fc.assert(
      fc.property(
        fc.array(codePoint, { minLength: 1 }).map((points) => String.fromCodePoint(...points)),
        fc.constantFrom('utf-8', 'utf-16le'),
        fc.boolean(),
        (value, charset, isCompressed) => {
          const encoded = Buffer.from(value, charset === 'utf-8' ? 'utf8' : 'utf16le')
          const headers = {
            'content-type': `application/json; charset=${charset}`,
            ...(isCompressed && { 'content-encoding': 'gzip' }),
          }
          // Two characters of UTF-16 may look like the mark of another encoding, which then outranks the charset.
          fc.pre(!value.startsWith('\uBBEF') || charset === 'utf-8')
          expect(decode(isCompressed ? gzipSync(encoded) : encoded, headers)).toBe(value)
        },
      ),
    )
  })
})

describe('a body that is not what its headers say', () => {
  it.each([
    ['Latin-1 without a charset', Buffer.from('{"a":"é"}', 'latin1'), {}, 'not valid UTF-8'],
    ['UTF-8 that is cut off', Buffer.from('"é"').subarray(0, 2), {}, 'not valid UTF-8'],
    ['an overlong form', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), {}, 'not valid UTF-8'],
    ['half a surrogate pair', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), {}, 'not valid UTF-8'],
    ['plain text in place of gzip', Buffer.from('{}'), { 'content-encoding': 'gzip' }, 'not valid gzip'],
    ['gzip that is cut off', gzipSync('{"a":1}').subarray(0, 15), { 'content-encoding': 'gzip' }, 'not valid gzip'],
  ])('is refused as malformed: %s', (_, bytes, headers, detail) => {
    expect(refusalOf(bytes, headers)).toMatchObject({
      code: 'MALFORMED_JSON',
      detail: expect.stringContaining(detail),
    })
  })

  it.each(['utf-7', 'utf-32', 'klingon', 'constructor'])('is refused with the accepted charsets: %s', (charset) => {
    const refusal = refusalOf(Buffer.from('{}'), { 'content-type': `application/json; charset=${charset}` })
    expect(refusal).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE', detail: expect.stringContaining('windows-1252') })
  })

  it.each(['zstd', 'compress', 'gzip, zstd', 'gzip, gzip, gzip, gzip', 'constructor', '__proto__'])(
    'is refused with the accepted codings: %s',
    (coding) => {
      expect(refusalOf(Buffer.from('{}'), { 'content-encoding': coding })).toMatchObject({
        code: 'UNSUPPORTED_MEDIA_TYPE',
        headers: { 'accept-encoding': 'gzip, deflate, br' },
      })
    },
  )

  it('is refused if API Gateway replaced its bytes, and accepted if its sender wrote U+FFFD', () => {
    const spoiled = Buffer.from('{"a":"é"}', 'latin1').toString()
    const headers = { 'content-length': '9' }
    expect(() => decodeBody({}, { headers, body: spoiled, isBase64Encoded: false })).toThrow('not valid UTF-8')
    const written = { headers: { 'content-length': '11' }, body: spoiled, isBase64Encoded: false }
    expect(decodeBody({}, written)).toBe(spoiled)
  })
})

describe('the length of a body', () => {
  const limits = { maxBodyBytes: 300, maxSentBytes: 600 }

  it('counts an escaped character as the character, so that all that a schema allows fits', () => {
    const escaped = (count: number) => `"${'\\u5b66'.repeat(count)}"`
    expect(decode(Buffer.from(escaped(99)), {}, limits)).toHaveLength(6 * 99 + 2)
    expect(refusalOf(Buffer.from(`"${'學'.repeat(100)}"`), {}, limits)).toMatchObject({ code: 'BODY_TOO_LARGE' })
  })

  it.each([
    ['sent', Buffer.from(`"${'\\u5b66'.repeat(100)}"`), {}],
    ['decoded', Buffer.from(`"${'x'.repeat(299)}"`), {}],
    ['decompressed', gzipSync(`"${' '.repeat(5_000_000)}"`), { 'content-encoding': 'gzip' }],
  ])('is limited as %s', (_, bytes, headers) => {
    expect(refusalOf(bytes, headers, limits)).toMatchObject({ code: 'BODY_TOO_LARGE' })
  })

  it('is at most 64 KiB if the route sets no limit', () => {
    expect(decode(Buffer.alloc(64 * 1024, 'x'))).toHaveLength(64 * 1024)
    expect(refusalOf(Buffer.alloc(64 * 1024 + 1, 'x'))).toMatchObject({ code: 'BODY_TOO_LARGE' })
  })
})

// No surrogates, which have no encoding, and no byte order mark.
const codePoint = fc.oneof(fc.integer({ min: 1, max: 0xd7ff }), fc.integer({ min: 0x10000, max: 0x10ffff }))

type Limits = Parameters<typeof decodeBody>[0]

function decode(bytes: Buffer, headers: { [name: string]: string } = {}, limits: Limits = {}): string | undefined {
  return decodeBody(limits, { headers, body: bytes.toString('base64'), isBase64Encoded: true })
}

function refusalOf(...args: Parameters<typeof decode>): Refusal {
  try {
    decode(...args)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('The body was accepted.')
}
