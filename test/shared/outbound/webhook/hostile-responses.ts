import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import type { Meaning, ResponseRules } from '#shared/domain/delivery/response-rules.ts'

/**
 * Hostile responses, made from the grammar of HTTP/1.1 (RFC 9112, 2.1): interim responses, status line, header section,
 * framing, content coding and body, each with faults. What a school meant by one follows from the choices.
 */
export type HostileResponse = {
  title: string
  bytes: Buffer
  /** Whether the server repeats `bytes` of its body without end, or what it does after the last byte. */
  end: 'close' | 'reset' | 'stall' | 'endless'
  rules?: ResponseRules
  expected: { status: number | undefined; means: Meaning | undefined }
}

const outcomeRules: ResponseRules = {
  accepted: [{ path: '/outcome', equals: 'success' }],
  rejected: [{ path: '/outcome', equals: 'failure' }],
}
const rejectedOnlyRules: ResponseRules = { rejected: [{ path: '/outcome', equals: 'failure' }] }
const statusRules: ResponseRules = { accepted: [{ status: { from: 200, to: 299 } }] }
const ruleKinds = { none: undefined, outcome: outcomeRules, rejectedOnly: rejectedOnlyRules, status: statusRules }

const json = 'content-type: application/json'
const success = '{"outcome":"success","note":"Zoë"}'
const failure = '{"outcome":"failure","note":"Zoë"}'
type BodyKind = { headers: string[]; content: Buffer; says: 'success' | 'failure' | 'nothing' | 'unreadable' }
const describeBody = (headers: string[], content: Buffer | string, says: BodyKind['says']): BodyKind => ({
  headers,
  content: Buffer.from(content),
  says,
})
const encodeUtf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')

const bodyKinds: { [name: string]: BodyKind } = {
  success: describeBody([json], success, 'success'),
  failure: describeBody([json], failure, 'failure'),
  empty: describeBody([], '', 'nothing'),
  'a byte order mark': describeBody([json], `\uFEFF${failure}`, 'failure'),
  'UTF-16': describeBody([json], encodeUtf16(failure), 'failure'),
  'UTF-16 big-endian': describeBody([json], encodeUtf16(success).swap16(), 'success'),
  'Latin-1': describeBody([`${json}; charset="ISO-8859-1"`], Buffer.from(failure, 'latin1'), 'failure'),
  'Latin-1 that says UTF-8': describeBody([`${json}; charset=utf-8`], Buffer.from(success, 'latin1'), 'unreadable'),
  'an unknown charset': describeBody([`${json}; charset=utf-7`], failure, 'unreadable'),
  gzip: describeBody([json, 'content-encoding: gzip'], gzipSync(failure), 'failure'),
  'gzip of gzip': describeBody([json, 'Content-Encoding: gzip, GZIP'], gzipSync(gzipSync(success)), 'success'),
  deflate: describeBody([json, 'content-encoding: deflate'], deflateSync(failure), 'failure'),
  'raw deflate': describeBody([json, 'content-encoding: deflate'], deflateRawSync(success), 'success'),
  brotli: describeBody([json, 'content-encoding: br'], brotliCompressSync(failure), 'failure'),
  'cut gzip': describeBody([json, 'content-encoding: gzip'], gzipSync(success).subarray(0, -9), 'unreadable'),
  'no gzip': describeBody([json, 'content-encoding: gzip'], success, 'unreadable'),
  'a gzip bomb': describeBody([json, 'content-encoding: gzip'], gzipSync(Buffer.alloc(4_000_000, ' ')), 'unreadable'),
  compress: describeBody([json, 'content-encoding: compress'], success, 'unreadable'),
  'half of JSON': describeBody([json], '{"outcome":"succ', 'unreadable'),
  'a page of HTML': describeBody(['content-type: text/html'], '<!doctype html><title>success', 'unreadable'),
  'well-formed HTML': describeBody(['content-type: text/html'], '<html><p>failure</p></html>', 'unreadable'),
  text: describeBody(['content-type: text/plain'], 'success', 'unreadable'),
  'an image': describeBody(['content-type: image/png'], Buffer.from('89504e470d0a1a0a', 'hex'), 'unreadable'),
  'more than 64 KiB': describeBody([json], `${' '.repeat(70_000)}${success}`, 'unreadable'),
}

const interimKinds = {
  none: '',
  'an unexpected 100': 'HTTP/1.1 100 Continue\r\n\r\n',
  'early hints': 'HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n',
  'three interim responses': 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(3),
  'an unexpected 101': 'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n',
  'an empty line': '\r\n',
}
const statusLineKinds: { [name: string]: (status: number) => string } = {
  'HTTP/1.1': (status) => `HTTP/1.1 ${status} Whatever\r\n`,
  'HTTP/1.0': (status) => `HTTP/1.0 ${status} OK\r\n`,
  'no reason': (status) => `HTTP/1.1 ${status} \r\n`,
  'no reason and no space': (status) => `HTTP/1.1 ${status}\r\n`,
  'a long reason': (status) => `HTTP/1.1 ${status} ${'x'.repeat(3000)}\r\n`,
}
const headerKinds: { [name: string]: { text: string; isBroken: boolean } } = {
  none: { text: '', isBroken: false },
  '18 KB of cookies': { text: 'set-cookie: a=b\r\n'.repeat(1100), isBroken: false },
  '80 KB of one header': { text: `x-large: ${'x'.repeat(80_000)}\r\n`, isBroken: true },
  'a header without a name': { text: ': value\r\n', isBroken: true },
  'a header with a space in its name': { text: 'x key: value\r\n', isBroken: true },
  'two lengths': { text: 'content-length: 3\r\ncontent-length: 4\r\n', isBroken: true },
  'a folded header': { text: 'x-folded: a\r\n b\r\n\tc\r\n', isBroken: false },
  'a space before a colon': { text: 'x-spaced : a\r\n', isBroken: false },
  'a line feed alone': { text: 'x-line: a\n', isBroken: false },
}
const framingKinds: { [name: string]: (content: Buffer) => { header: string; body: Buffer } } = {
  'a length': (body) => ({ header: `content-length: ${body.length}\r\n`, body }),
  chunks: (content) => {
    const half = Math.ceil(content.length / 2)
    const chunks = [content.subarray(0, half), content.subarray(half)].filter(({ length }) => length > 0)
    const body = Buffer.concat([...chunks.map(encodeChunk), Buffer.from('0\r\n\r\n')])
    return { header: 'transfer-encoding: chunked\r\n', body }
  },
  'the end of the connection': (body) => ({ header: 'connection: close\r\n', body }),
}
const encodeChunk = (chunk: Buffer) =>
  Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')])

type Choices = {
  status: number
  interim: keyof typeof interimKinds
  statusLine: string
  header: string
  framing: string
  body: string
  rules: keyof typeof ruleKinds
  fault: (typeof faults)[number]
  end: 'close' | 'reset'
}
const faults = [
  'none',
  'garbage after the response',
  'cut in the status line',
  'cut in the headers',
  'cut in the body',
  'stall in the headers',
  'stall in the body',
  'body without end',
  'broken chunk size',
] as const
const choose = (record: object) => fc.constantFrom(...Object.keys(record))

const choices: fc.Arbitrary<Choices> = fc.record({
  status: fc.oneof(
    { arbitrary: fc.constantFrom(200, 201, 202, 299), weight: 4 },
    { arbitrary: fc.constantFrom(204, 302, 400, 410, 422, 429, 500, 503), weight: 1 },
  ),
  interim: fc.oneof(
    { arbitrary: fc.constant('none' as const), weight: 3 },
    { arbitrary: fc.constantFrom(...keysOf(interimKinds)), weight: 2 },
  ),
  statusLine: choose(statusLineKinds),
  header: fc.oneof({ arbitrary: fc.constant('none'), weight: 2 }, { arbitrary: choose(headerKinds), weight: 1 }),
  framing: choose(framingKinds),
  body: choose(bodyKinds),
  rules: fc.constantFrom(...keysOf(ruleKinds)),
  fault: fc.oneof(
    { arbitrary: fc.constant('none' as const), weight: 4 },
    { arbitrary: fc.constantFrom(...faults), weight: 3 },
  ),
  end: fc.constantFrom('close', 'reset'),
})

/** The same responses for the same seed. */
export function createHostileResponses(count: number, seed: number): HostileResponse[] {
  return fc.sample(choices, { numRuns: count, seed }).map(toHostileResponse)
}

function toHostileResponse(selected: Choices): HostileResponse {
  const { status, interim, statusLine, header, framing, body, rules, fault } = selected
  const { headers, content } = bodyKinds[body] ?? describeBody([], '', 'nothing')
  const framed = framingKinds[framing]?.(content) ?? { header: '', body: content }
  const preamble = Buffer.from(interimKinds[interim])
  const line = statusLineKinds[statusLine]?.(status) ?? ''
  const section = `${headerKinds[header]?.text}${headers.map((one) => `${one}\r\n`).join('')}${framed.header}`
  const head = Buffer.concat([preamble, Buffer.from(`${line}${section}\r\n`)])
  const whole = Buffer.concat([head, framed.body])
  const cutHead = head.subarray(0, preamble.length + line.length + Math.floor(section.length / 2))
  const cutBody = whole.subarray(0, head.length + Math.floor(framed.body.length / 2))
  const chunkedHead = Buffer.concat([
    preamble,
    Buffer.from(`${line}${headerKinds[header]?.text}transfer-encoding: chunked\r\n\r\n`),
  ])
  const sent: { [Fault in Choices['fault']]: Buffer } = {
    none: whole,
    'garbage after the response': Buffer.concat([whole, Buffer.from('\u0000\u0001 garbage HTTP/1.1 500 No\r\n\r\n')]),
    'cut in the status line': Buffer.concat([preamble, Buffer.from(line.slice(0, 11))]),
    'cut in the headers': cutHead,
    'cut in the body': cutBody,
    'stall in the headers': cutHead,
    'stall in the body': cutBody,
    'body without end': chunkedHead,
    'broken chunk size': Buffer.concat([chunkedHead, Buffer.from('zz\r\nbroken\r\n0\r\n\r\n')]),
  }
  const ruleSet = ruleKinds[rules]
  return {
    title: Object.entries(selected)
      .map(([name, choice]) => `${name}: ${choice}`)
      .join(', '),
    bytes: sent[fault],
    end: fault.startsWith('stall') ? 'stall' : fault === 'body without end' ? 'endless' : selected.end,
    ...(ruleSet && { rules: ruleSet }),
    expected: {
      status: fault === 'cut in the status line' ? undefined : status,
      means: fault === 'cut in the status line' ? undefined : predictMeaning(selected, framed.body.length),
    },
  }
}

function predictMeaning(selected: Choices, bodyLength: number): Meaning {
  const { status, rules } = selected
  if (status < 200 || status > 299) return 'unclear'
  if (rules === 'none' || rules === 'status') return 'accepted'
  const says = predictContent(selected, bodyLength)
  if (says === 'unreadable') return 'unclear'
  if (says === 'failure') return 'rejected'
  return says === 'success' || rules === 'rejectedOnly' ? 'accepted' : 'unclear'
}

/** What a reader that follows the grammar can learn from the body. */
function predictContent(selected: Choices, bodyLength: number): BodyKind['says'] {
  const { status, header, framing, body, fault, end } = selected
  if (headerKinds[header]?.isBroken || fault.includes('in the headers')) return 'unreadable'
  // A 204 ends with its header section (RFC 9112, 6.3).
  if (status === 204) return 'nothing'
  if (fault === 'body without end' || fault === 'broken chunk size') return 'unreadable'
  const hasNoEnd = framing === 'the end of the connection' && (end === 'reset' || fault.startsWith('stall'))
  if (hasNoEnd || (fault.endsWith('in the body') && bodyLength > 0)) return 'unreadable'
  if (framing === 'the end of the connection' && fault === 'garbage after the response') return 'unreadable'
  return bodyKinds[body]?.says ?? 'unreadable'
}

function keysOf<Name extends string>(record: { [name in Name]: unknown }): Name[] {
  return Object.keys(record) as Name[]
}
