import type { Socket } from 'node:net'
import { normalizeHead } from './normalize-head.ts'

// After so many bytes of interim responses the rest is left to the HTTP client, which then gives up.
const maxInterimBytes = 64 * 1024
const maxStatusLineStart = 64
/** The longest head that is read. The HTTP client would make an object of every header before it refuses a longer one. */
export const maxHeadBytes = 32 * 1024

export type StatusLineWatch = {
  /** The next bytes are the response to another request. */
  expectResponse: () => void
  /** Whether headers of any response were rewritten. */
  hasRewritten: () => boolean
}

/**
 * Reports the final status as soon as it is read, so that a response that breaks after its status line still has one,
 * removes interim responses (1xx), because undici fails at a `100 Continue` that it did not ask for (RFC 9110, 15.2), and
 * rewrites headers that undici is too strict for. It closes the connection at a head that is too long.
 */
export function watchStatusLine(socket: Socket, onStatus: (status: number) => void): StatusLineWatch {
  const read = socket.read.bind(socket)
  let isRewritten = false
  const createFilter = (bytesBefore: number) =>
    createInterimFilter(
      (status) => {
        // A response that is older than the request does not answer it.
        if (socket.bytesWritten > bytesBefore) onStatus(status)
      },
      () => socket.destroy(createOverflowError()),
      () => {
        isRewritten = true
      },
    )
  let filter = createFilter(0)
  socket.read = (size?: number) => {
    for (;;) {
      const chunk: Buffer | null = read(size)
      const passed = chunk && filter(chunk)
      if (passed === null || passed.length > 0) return passed
    }
  }
  return {
    expectResponse() {
      filter = createFilter(socket.bytesWritten)
    },
    hasRewritten: () => isRewritten,
  }
}

/** The code is that of the HTTP client, which is not loaded here, because it takes 30 MB and most processes send no webhook. */
function createOverflowError(): Error {
  return Object.assign(new Error('The head of the response is too long.'), { code: 'UND_ERR_HEADERS_OVERFLOW' })
}

/** Returns a function that takes the bytes of a connection in turn and returns those that the HTTP client should read. */
export function createInterimFilter(
  onStatus: (status: number) => void,
  onTooLongHead: () => void,
  onRewrittenHead = () => {},
): (chunk: Buffer) => Buffer {
  let pending: Buffer = Buffer.alloc(0)
  let interimBytes = 0
  let isInsideInterim = false
  let head: ReturnType<typeof collectHead> | undefined
  let isPassing = false
  return (chunk) => {
    if (isPassing) return chunk
    if (head) return passHead(head.add(chunk))
    pending = Buffer.concat([pending, chunk])
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
      head = collectHead()
      return passHead(head.add(pending))
    }
  }

  /** Returns the whole head and what follows it; nothing until the head is complete. */
  function passHead({ bytes, headBytes }: CollectedHead): Buffer {
    if ((headBytes ?? bytes.length) > maxHeadBytes) onTooLongHead()
    if (headBytes === undefined) return nothing
    isPassing = true
    const receivedHead = bytes.subarray(0, headBytes).toString('latin1')
    const normalizedHead = normalizeHead(receivedHead)
    if (!hasSameLines(normalizedHead, receivedHead)) onRewrittenHead()
    return Buffer.concat([Buffer.from(normalizedHead, 'latin1'), bytes.subarray(headBytes)])
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

/** All bytes since the status line. `headBytes`: how many of them are the head, once it is complete. */
type CollectedHead = { bytes: Buffer; headBytes: number | undefined }

/** Collects a head and looks at each byte once, because a school may send it in thousands of pieces without an end. */
function collectHead() {
  let buffer = Buffer.alloc(firstHeadBytes)
  let length = 0
  return {
    add(chunk: Buffer): CollectedHead {
      const searchedFrom = Math.max(0, length - 2)
      if (length + chunk.length > buffer.length) buffer = Buffer.concat([buffer], 2 * (length + chunk.length))
      chunk.copy(buffer, length)
      length += chunk.length
      const bytes = buffer.subarray(0, length)
      return { bytes, headBytes: findHeadEnd(bytes, searchedFrom) }
    },
  }
}

/** Where the head ends, after its empty line. */
function findHeadEnd(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(lineFeed, from); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) {
    if (bytes[at + 1] === lineFeed) return at + 2
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === lineFeed) return at + 3
  }
  return undefined
}

function hasSameLines(head: string, otherHead: string): boolean {
  const toSortedLines = (text: string) => text.toLowerCase().split('\r\n').toSorted().join()
  return toSortedLines(head) === toSortedLines(otherHead)
}

const lineFeed = 0x0a
const firstHeadBytes = 2048
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
