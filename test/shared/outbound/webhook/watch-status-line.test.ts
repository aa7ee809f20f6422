import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createInterimFilter } from '#shared/outbound/webhook/watch-status-line.ts'
import '#test/builders/seeded.ts'

/** Feeds the bytes in chunks, and returns what the HTTP client reads and the statuses that were reported. */
function filterChunks(text: string, chunkSizes: readonly number[] = [text.length]) {
  const statuses: number[] = []
  let tooLongHeads = 0
  const filter = createInterimFilter(
    (status) => statuses.push(status),
    () => {
      tooLongHeads += 1
    },
  )
  const bytes = Buffer.from(text, 'latin1')
  const passed: Buffer[] = []
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const size = chunkSizes[turn % chunkSizes.length] ?? 1
    passed.push(filter(bytes.subarray(start, start + size)))
    start += size
  }
  const isTooLong = tooLongHeads > 0
  return { statuses, passed: Buffer.concat(passed).toString('latin1'), ...(isTooLong && { isTooLong }) }
}

const final = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

describe('createInterimFilter', () => {
  it.each([
    ['no interim response', ''],
    ['an unexpected 100', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['early hints', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\nlink: </b>\r\n\r\n'],
    ['an unexpected 101', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n'],
    ['interim responses that end their lines by a line feed', 'HTTP/1.1 102 Processing\n\nHTTP/1.1 100\n\n'],
    ['empty lines', '\r\n\r\n'],
  ])('passes the final response on and reports its status once, after %s, however the bytes are split', (_, before) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (chunkSizes) => {
        expect(filterChunks(`${before}${final}`, chunkSizes)).toEqual({ statuses: [200], passed: final })
      }),
    )
  })

  it.each([
    ['HTTP/1.1 204\r\n', 204],
    ['HTTP/1.0 200 OK', 200],
    ['HTTP/1.1 200 ', 200],
    ['HTTP/1.1 503 \u00e9\u00ff', 503],
    ['HTTP/1.1  201 Created', 201],
    ['HTTP/1.1 999 Odd\n', 999],
  ])('reports the status of %j before the line is complete', (text, status) => {
    expect(filterChunks(text).statuses).toEqual([status])
  })

  it('reports a head of more than 32 KiB instead of passing it on, and passes one of 31', () => {
    const withHeaders = (count: number) => `HTTP/1.1 200 OK\r\n${'x: 1234567890\r\n'.repeat(count)}`
    expect(filterChunks(withHeaders(3000), [1000])).toEqual({ statuses: [200], passed: '', isTooLong: true })
    const text = `${withHeaders(2000)}\r\nok`
    expect(filterChunks(text, [1000])).toEqual({ statuses: [200], passed: text })
  })

  it.each(['HTTP/1.1 200', 'HTTP/1.1 20', 'HTTP', '', '\r\n'])('waits for the rest of %j', (text) => {
    expect(filterChunks(text)).toEqual({ statuses: [], passed: '' })
  })

  it.each([
    'SSH-2.0-OpenSSH_9.2\r\n',
    'HTTP/1.1 2000 OK\r\n',
    'HTTP/1.1 OK\r\n',
    'http/1.1 200 OK\r\n',
    'HTTP/1.1 099 Odd\r\n',
    '<html>HTTP/1.1 200 OK',
  ])('passes %j on and reports no status', (text) => {
    expect(filterChunks(text)).toEqual({ statuses: [], passed: text })
  })

  it('gives up after 64 KiB of interim responses', () => {
    const flood = 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(3000)
    expect(filterChunks(`${flood}${final}`, [4096]).statuses).toEqual([])
  })
})
