import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeExcerpt, decodeResponse } from '#shared/outbound/webhook/decode-response.ts'
import '#test/builders/seeded.ts'

const maxBytes = 1000
const decode = (body: Buffer | string, contentEncoding?: string, contentType?: string) => {
  const decoded = decodeResponse(Buffer.from(body), { contentEncoding, contentType }, maxBytes)
  return 'text' in decoded ? decoded.text : decoded
}

describe('the compression of a response', () => {
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['identity, gzip', gzipSync],
    ['', (bytes: Buffer) => bytes],
  ] as const)('%j is undone, whatever the text', (name, compress) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        fc.pre(!text.startsWith('\uFEFF') && Buffer.byteLength(text) <= maxBytes)
        expect(decode(compress(Buffer.from(text)), name)).toBe(text)
      }),
    )
  })

  it.each([
    ['a line break', '\n'],
    ['a warning', '<b>Warning</b>'],
    ['another member that is broken', '\u001f'],
  ])('is undone if %s follows gzip', (_, rest) => {
    const member = gzipSync('success')
    expect(decode(Buffer.concat([member, Buffer.from(rest)]), 'gzip')).toBe('success')
    const header = [0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, 0x61, 0, 0x62, 0, 9, 9]
    const withFields = Buffer.concat([Buffer.from(header), member.subarray(10), Buffer.from(rest)])
    expect(decode(withFields, 'gzip')).toBe('success')
  })

  it.each(['none', 'UTF-8', '8bit', 'binary', 'utf8, gzip'])('is what the body has, if servers name it %s', (name) => {
    expect(decode(name.endsWith('gzip') ? gzipSync('success') : 'success', name)).toBe('success')
  })

  it('is not undone from gzip with something behind it beyond the limit, or with a wrong checksum', () => {
    const long = Buffer.concat([gzipSync(Buffer.alloc(10_000_000)), Buffer.from('x')])
    expect(decode(long, 'gzip')).toHaveProperty('unreadable')
    const wrong = Buffer.concat([gzipSync('success').subarray(0, -8), Buffer.alloc(8), Buffer.from('x')])
    expect(decode(wrong, 'gzip')).toEqual({ unreadable: 'The compression of the response is broken.' })
  })

  it('is undone in reverse order if there are several', () => {
    expect(decode(brotliCompressSync(gzipSync('success')), 'gzip, br')).toBe('success')
  })

  it.each([
    ['zeros', gzipSync(Buffer.alloc(maxBytes + 1)), 'gzip'],
    ['compressed zeros', gzipSync(gzipSync(Buffer.alloc(10_000_000))), 'gzip, gzip'],
    ['brotli', brotliCompressSync(Buffer.alloc(10_000_000)), 'br'],
  ])('is not undone beyond the limit: %s', (_, body, name) => {
    expect(decode(body, name)).toEqual({ unreadable: 'The response is too long to be read.' })
  })

  it.each([
    ['text', Buffer.from('success'), 'gzip'],
    ['a cut response', gzipSync('success').subarray(0, -9), 'gzip'],
    ['a wrong checksum', Buffer.concat([gzipSync('success').subarray(0, -8), Buffer.alloc(8)]), 'gzip'],
    ['text', Buffer.from('success'), 'deflate'],
    ['text', Buffer.from('success'), 'br'],
  ])('is broken if it is %s: %j', (_, body, name) => {
    expect(decode(body, name)).toEqual({ unreadable: 'The compression of the response is broken.' })
  })

  it.each(['compress', 'zip', 'aes128gcm', 'gzip, gzip, gzip, gzip', 'constructor'])('is not supported: %s', (name) => {
    expect(decode('success', name)).toEqual({ unreadable: 'The response has a compression that is not supported.' })
  })

  it('says nothing about an empty body', () => {
    expect(decode('', 'gzip')).toBe('')
  })
})

describe('the charset of a response', () => {
  const json = 'application/json'
  it.each([
    ['no charset, in UTF-8', Buffer.from('Zoë'), undefined],
    ['ISO-8859-1', Buffer.from('Zoë', 'latin1'), `${json};charset=ISO-8859-1`],
    ['a quoted charset', Buffer.from('Zoë', 'latin1'), `${json}; a=b; CharSet="windows-1252"`],
    ['UTF-16', Buffer.from('Zoë', 'utf16le'), `${json}; charset=utf-16`],
    ['a byte order mark of UTF-8, whatever the type says', Buffer.from('\uFEFFZoë'), `${json}; charset=iso-8859-1`],
    ['a byte order mark of UTF-16', Buffer.from('\uFEFFZoë', 'utf16le'), json],
    ['a byte order mark of UTF-16 in big-endian order', Buffer.from('\uFEFFZoë', 'utf16le').swap16(), json],
  ])('is honored: %s', (_, body, contentType) => {
    expect(decode(body, undefined, contentType)).toBe('Zoë')
  })

  it('is that of the XML declaration if there is no other', () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><a>Zoë</a>'
    expect(decode(Buffer.from(xml, 'latin1'), undefined, 'text/xml')).toBe(xml)
    expect(decode(xml, undefined, 'text/xml; charset=utf-8')).toBe(xml)
  })

  it.each([
    ['unknown', Buffer.from('Zoe'), 'utf-7', 'The response has a charset that is not supported.'],
    ['not that of the bytes', Buffer.from('Zoë', 'latin1'), 'utf-8', 'The response is not valid utf-8.'],
    ['missing and not UTF-8', Buffer.from('Zoë', 'latin1'), '', 'The response is not valid utf-8.'],
  ])('makes a response unreadable if it is %s', (_, body, charset, unreadable) => {
    expect(decode(body, undefined, `${json}; charset=${charset}`)).toEqual({ unreadable })
  })

  it('is honored in the excerpt too, which shows bytes that are not valid as replacement characters', () => {
    expect(decodeExcerpt(Buffer.from('Zoë', 'latin1'), 'text/plain; charset=latin1')).toBe('Zoë')
    expect(decodeExcerpt(Buffer.from('Zoë!', 'latin1'), 'text/plain; charset=utf-7')).toBe('Zo\uFFFD!')
  })
})

describe('the charset of a response', () => {
  const json = '{"a":"é"}'
  const declared = '<?xml version="1.0" encoding="utf-16"?><r>é</r>'
  it.each([
    ['UTF-8 that is stated to be Latin-1', Buffer.from(json), 'application/json; charset=ISO-8859-1', json],
    ['Latin-1 that is stated', Buffer.from(json, 'latin1'), 'application/json; charset=ISO-8859-1', json],
    ['UTF-16 without a statement or a mark', Buffer.from(json, 'utf16le'), 'application/json', json],
    ['UTF-16, big-endian, without a mark', Buffer.from(json, 'utf16le').swap16(), 'text/json; charset=utf-16', json],
    ['UTF-8 in which .NET declares UTF-16', Buffer.from(declared), 'text/xml', declared],
    ['UTF-16 that it declares', Buffer.from(declared, 'utf16le'), 'text/xml', declared],
  ])('is %s', (_, body, contentType, text) => {
    expect(decode(body, undefined, contentType)).toBe(text)
  })
})
