import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createTextDecoder,
  decodeText,
  isCharset,
  resolveCharset,
  UndecodableText,
} from '#shared/domain/decode-text.ts'

const csv = 'email,name\r\njose@school.example,José\r\nli@school.example,李\r\n'
const bom = '\uFEFF'
const encodeUtf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from(csv), undefined],
    ['UTF-8 with a byte order mark', Buffer.from(bom + csv), undefined],
    ['UTF-16 as Excel saves Unicode text', Buffer.from(bom + csv, 'utf16le'), undefined],
    ['UTF-16, big-endian', encodeUtf16be(bom + csv), undefined],
    ['UTF-16 without a mark', Buffer.from(csv, 'utf16le'), 'utf-16le'],
    ['UTF-8 with a mark, whatever the charset is said to be', Buffer.from(bom + csv), 'windows-1252'],
  ])('reads %s', (_, bytes, charset) => {
    expect(decodeText(bytes, charset)).toBe(csv)
  })

  it.each([
    ['windows-1252', [0x4a, 0x6f, 0x73, 0xe9, 0x80], 'José€'],
    ['latin1', [0x4a, 0x6f, 0x73, 0xe9], 'José'],
    ['macintosh', [0x4a, 0x6f, 0x73, 0x8e], 'José'],
    ['Shift_JIS', [0x93, 0x8c, 0x8b, 0x9e], '東京'],
  ])('reads the charset %s that it is told', (charset, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes), charset)).toBe(text)
  })

  it.each([
    ['Windows-1252', Buffer.from('a\nb\nJosé', 'latin1'), undefined, { line: 3, likelyCharset: 'windows-1252' }],
    ['a curly quote of Windows', Buffer.from('O\x92Brien\n', 'latin1'), undefined, { likelyCharset: 'windows-1252' }],
    ['Macintosh', Buffer.from('a\nJos\x8e\n', 'latin1'), undefined, { line: 2, likelyCharset: 'macintosh' }],
    ['UTF-16 without a mark', Buffer.from('name\nAda', 'utf16le'), undefined, { line: 1, likelyCharset: 'utf-16le' }],
    ['UTF-16, big-endian', encodeUtf16be('name\nAda'), undefined, { line: 1, likelyCharset: 'utf-16be' }],
    ['UTF-8 that ends within a character', Buffer.from('a\né').subarray(0, 3), undefined, { line: 2 }],
    ['UTF-16 of odd length', Buffer.from(`${bom}a\nb`, 'utf16le').subarray(0, 7), undefined, { charset: 'utf-16le' }],
    ['UTF-8 said to be Shift_JIS', Buffer.from('a\n李\n'), 'shift_jis', { line: 2, likelyCharset: 'utf-8' }],
    ['a workbook', Buffer.from('PK\x03\x04\x14\0\x06\0', 'latin1'), undefined, { kind: 'archive' }],
  ])('refuses %s, with the line and the likely charset', (_, bytes, charset, fault) => {
    expect(faultOf(() => decodeText(bytes, charset))).toMatchObject(fault)
  })

  it('reads the same text and finds the same fault, however the bytes are cut', () => {
    const lines = fc.array(fc.constantFrom('a', 'José', '李', '', '\r', '𝒳', '\n', bom), { maxLength: 12 })
    const bytes = fc.oneof(
      lines.map((parts) => Buffer.from(parts.join(''))),
      lines.map((parts) => Buffer.from(bom + parts.join(''), 'utf16le')),
      lines.map((parts) => Buffer.from(parts.join(''), 'latin1')),
      fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array)),
    )
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 5 }), (file, size) => {
        const cut = Array.from({ length: Math.ceil(file.length / size) }, (_, index) =>
          file.subarray(index * size, (index + 1) * size),
        )
        const decoder = createTextDecoder()
        const inParts = attempt(() => cut.map((part) => decoder.decode(part)).join('') + decoder.end())
        expect(inParts).toEqual(attempt(() => decodeText(file)))
      }),
    )
  })
})

it('knows names and aliases of charsets', () => {
  expect(['utf-8', 'UTF-16', 'ISO-8859-1', 'cp1252', 'macintosh'].filter((name) => !isCharset(name))).toEqual([])
  expect(['ebcdic', 'cp437', ''].filter(isCharset)).toEqual([])
})

function attempt(read: () => string): unknown {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UndecodableText)) throw error
    // Which charset is likely depends on how much of the line is there.
    return { line: error.fault.line, charset: error.fault.charset }
  }
}

function faultOf(read: () => string) {
  try {
    read()
  } catch (error) {
    if (error instanceof UndecodableText) return error.fault
    throw error
  }
  return undefined
}

it.each([
  [Buffer.from('{"a":"é"}'), 'iso-8859-1', 'utf-8'],
  [Buffer.from('{"a":"é"}', 'latin1'), 'iso-8859-1', 'iso-8859-1'],
  [Buffer.from('{"a":"é"}'), 'shift_jis', 'shift_jis'],
  [Buffer.from('{}', 'utf16le'), 'utf-16', 'utf-16'],
  [encodeUtf16be('{}'), 'UTF16', 'utf-16be'],
  [encodeUtf16be(`${bom}{}`), 'iso-8859-1', 'utf-16be'],
  [Buffer.from('{}'), 'klingon', 'klingon'],
])('resolves the charset of %s, stated as %s, to %s', (bytes, stated, charset) => {
  expect(resolveCharset(Uint8Array.from(bytes), stated)).toBe(charset)
})
