import type { Socket } from 'node:net'
import type { buildConnector, Dispatcher } from 'undici'
import { connectSafely } from './connect-safely.ts'
import { limitReadChunkSize } from './limit-read-chunk-size.ts'
import { maxHeadBytes, type StatusLineWatch, watchStatusLine } from './watch-status-line.ts'

const connectTimeoutSeconds = 5

type ConnectionObserver = {
  onConnected: () => void
  /** The final status, as soon as it is read. */
  onStatus: (status: number) => void
}

/** A connection to a school, for one request at a time. It opens with its first request, and never a second time. */
export type SchoolConnection = {
  origin: string
  request: (options: Dispatcher.RequestOptions, observer: ConnectionObserver) => Promise<Dispatcher.ResponseData>
  /** The checked address that it leads to; undefined until it is open. */
  getAddress: () => string | undefined
  /** Bytes of the current request that were sent, and of its response that were received. */
  countBytes: () => { sent: number; received: number }
  wasReset: () => boolean
  /** Whether it can carry another request: it is open, and all its responses were framed as HTTP says. */
  isReusable: () => boolean
  close: () => Promise<void>
}

/** Loaded at the first request, because it costs a Lambda 80 ms and 30 MB. */
let undici: Promise<typeof import('undici')> | undefined

/** Returns a connection that opens only to addresses that the SSRF guard has checked. `signal` ends the opening. */
export async function openConnection(
  { url, addresses }: { url: URL; addresses: readonly string[] },
  signal: AbortSignal,
): Promise<SchoolConnection> {
  undici ??= import('undici')
  const { buildConnector, Client } = await undici
  const connectToAddress = buildConnector({ allowH2: false, timeout: connectTimeoutSeconds * 1000, signal })
  let observer: ConnectionObserver | undefined
  let opened: { socket: Socket; address: string; watch: StatusLineWatch; wasReset: boolean } | undefined
  let base = { sent: 0, received: 0 }

  const connectAndNoteAddress: buildConnector.connector = (options, callback) =>
    connectToAddress(options, (...[error, socket]) => {
      if (error) return callback(error, null)
      const watch = watchStatusLine(limitReadChunkSize(socket), (status) => observer?.onStatus(status))
      const connection = { socket, address: options.hostname, watch, wasReset: false }
      socket.once('error', (socketError) => {
        connection.wasReset = 'code' in socketError && socketError.code === 'ECONNRESET'
      })
      opened = connection
      observer?.onConnected()
      callback(null, socket)
    })
  const connectToCheckedAddress = connectSafely(addresses, connectAndNoteAddress, signal)
  const client = new Client(url.origin, {
    allowH2: false,
    maxHeaderSize: maxHeadBytes,
    // The client would connect again by itself, to addresses that were checked for an earlier request.
    connect: (options, callback) =>
      opened ? callback(createClosedError(), null) : connectToCheckedAddress(options, callback),
  })

  return {
    origin: url.origin,
    request(options, requestObserver) {
      observer = requestObserver
      base = { sent: opened?.socket.bytesWritten ?? 0, received: opened?.socket.bytesRead ?? 0 }
      opened?.watch.expectResponse()
      return client.request(options)
    },
    getAddress: () => opened?.address,
    countBytes: () => ({
      sent: (opened?.socket.bytesWritten ?? 0) - base.sent,
      received: (opened?.socket.bytesRead ?? 0) - base.received,
    }),
    wasReset: () => opened?.wasReset ?? false,
    isReusable: () => opened !== undefined && !opened.socket.destroyed && !opened.watch.hasRewritten(),
    close: () => client.destroy(),
  }
}

function createClosedError(): Error {
  return Object.assign(new Error('The school closed the connection.'), { code: 'ECONNRESET' })
}
