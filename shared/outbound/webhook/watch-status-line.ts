import type { Socket } from 'node:net'
import { normalizeHead } from './normalize-head.ts'

// After so many bytes of interim responses the rest is left to the HTTP client, which then gives up.
const maxInterimBytes = 64 * 1024
const maxStatusLineStart = 64
// Headers beyond it are left to the HTTP client, which refuses them.
const maxHeadBytes = 64 * 1024

/**
 * Reports the final status as soon as it is read, so that a response that breaks after its status line still has one,
 * removes interim responses (1xx), because undici fails at a `100 Continue` that it did not ask for (RFC 9110, 15.2), and
 * rewrites headers that undici is too strict for.
 */
export function watchStatusLine<SocketType extends Socket>(
  socket: SocketType,
  onStatus: (status: number) => void,
): SocketType {
  const read = socket.read.bind(socket)
  const filter = createInterimFilter((status) => {
    // A response that is older than the request does not answer it.
    if (socket.bytesWritten > 0) onStatus(status)
  })
  socket.read = (size?: number) => {
    for (;;) {
      const chunk: Buffer | null = read(size)
      const passed = chunk && filter(chunk)
      if (passed === null || passed.length > 0) return passed
    }
  }
  return socket
}

/** Returns a function that takes the bytes of a connection in turn and returns those that the HTTP client should read. */
export function createInterimFilter(onStatus: (status: number) => void): (chunk: Buffer) => Buffer {
  let pending: Buffer = Buffer.alloc(0)
  let interimBytes = 0
  let isInsideInterim = false
  let isInsideHead = false
  let isPassing = false
  return (chunk) => {
    if (isPassing) return chunk
    pending = Buffer.concat([pending, chunk])
    if (isInsideHead) return passHead()
    for (;;) {
      if (isInsideInterim && !skipInterim()) return nothing
      pending = skipEmptyLines(pending)
      const start = parseStatusLineStart(pending)
      if (start === 'incomplete') return nothing
      if (start !== 'malformed' && start >= 100 && start < 200 && interimBytes < maxInterimBytes) {
        isInsideInterim = true
        continue
      }
      if (start === 'malformed' || start < 200) {
        isPassing = true
        return pending
      }
      onStatus(start)
      isInsideHead = true
      return passHead()
    }
  }

  /** Returns the whole head and what follows it; nothing until the head is complete. */
  function passHead(): Buffer {
    const end = emptyLine.exec(pending.toString('latin1'))
    if (!end && pending.length < maxHeadBytes) return nothing
    isPassing = true
    if (!end) return pending
    const headBytes = end.index + end[0].length
    const head = normalizeHead(pending.subarray(0, headBytes).toString('latin1'))
    return Buffer.concat([Buffer.from(head, 'latin1'), pending.subarray(headBytes)])
  }

  /** Drops an interim response up to its empty line; false if that line has not arrived yet. */
  function skipInterim(): boolean {
    const end = emptyLine.exec(pending.toString('latin1'))
    // The last three bytes may begin the empty line.
    const droppedBytes = end ? end.index + end[0].length : Math.max(0, pending.length - 3)
    interimBytes += droppedBytes
    pending = pending.subarray(droppedBytes)
    isInsideInterim = end === null
    return end !== null
  }
}

const nothing = Buffer.alloc(0)
const emptyLine = /\n\r?\n/

/** Empty lines before a status line say nothing (RFC 9112, 2.2). */
function skipEmptyLines(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0x0d && byte !== 0x0a)
  return start === -1 ? nothing : bytes.subarray(start)
}

/** The status at the start of these bytes: three digits and a delimiter. The reason and all that follows may be broken. */
function parseStatusLineStart(bytes: Buffer): number | 'incomplete' | 'malformed' {
  const text = bytes.subarray(0, maxStatusLineStart).toString('latin1')
  const [, status] = /^HTTP\/\d\.\d +(\d{3})(?=[ \r\n])/.exec(text) ?? []
  if (status !== undefined) return Number(status)
  return text.length < maxStatusLineStart && /^(H|HT|HTT|HTTP|HTTP\/(\d(\.(\d( +\d{0,3})?)?)?)?)?$/.test(text)
    ? 'incomplete'
    : 'malformed'
}
