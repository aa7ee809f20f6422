import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { connectSafely } from './connect-safely.ts'
import { createDeadline } from './create-deadline.ts'
import type { ResolveHost } from './create-host-resolver.ts'
import { describeFailure, type WebhookStage } from './describe-failure.ts'
import { limitReadChunkSize } from './limit-read-chunk-size.ts'
import { readWebhookResponse, type WebhookResponseContent } from './read-webhook-response.ts'
import { type SsrfGuardSettings, ssrfGuard } from './ssrf-guard.ts'
import { maxHeadBytes, watchStatusLine } from './watch-status-line.ts'

const connectTimeoutSeconds = 5
const totalTimeoutSeconds = 15
/** For the rest of a response whose status alone decides. */
const excerptTimeoutSeconds = 2

export type PostWebhook = (request: WebhookRequest) => Promise<WebhookResponse>
export type WebhookRequest = {
  method?: 'POST' | 'PUT' | 'PATCH'
  url: string
  headers: { [name: string]: string }
  body: string
  /** `false` if only the status counts: then the rest of the response has 2 s, for the attempt log. Default: true. */
  needsBody?: boolean
  signal?: AbortSignal
}

/**
 * How far a request got. From stage `send` on the school may have received it. It is `answered` as soon as the school has
 * sent a status line, even if the rest of the response is broken: then `unreadable` says why.
 */
export type WebhookResponse = (
  | ({ stage: 'answered' } & WebhookResponseContent)
  /** The SSRF guard refused the URL, or the request cannot be encoded. Nothing was sent: an internal fault. */
  | { stage: 'refused'; reason: string }
  | { stage: WebhookStage | 'deadline'; reason: string }
) & { ms: number }

type WebhookOptions = {
  settings: SsrfGuardSettings
  resolve?: ResolveHost
  deadlineMs?: number
  excerptTimeoutMs?: number
  clock?: () => number
}

/**
 * Posts to schools. Follows no redirect, reads up to 64 KiB, and ends after `deadlineMs` (15 s) in total. Each request
 * opens its own connection: a reused one may have died while a Lambda was frozen, and then no one could tell whether the
 * school received the lead. Reasons are codes or sentences without personal data. Never throws.
 */
export function createPostWebhook(options: WebhookOptions): PostWebhook {
  const { settings, resolve, deadlineMs = totalTimeoutSeconds * 1000, clock = () => performance.now() } = options
  const { excerptTimeoutMs = excerptTimeoutSeconds * 1000 } = options
  return async ({ method = 'POST', url, headers, body, needsBody = true, signal }) => {
    const startedAt = clock()
    const withDuration = <Outcome>(outcome: Outcome) => ({ ...outcome, ms: Math.round(clock() - startedAt) })
    using deadline = createDeadline(deadlineMs, signal)
    let stage: WebhookStage = 'resolve'
    let status: number | undefined
    try {
      const guardedUrl = await Promise.race([ssrfGuard(url, settings, resolve), deadline.expired])
      if ('refused' in guardedUrl) return withDuration({ stage: 'refused', reason: guardedUrl.refused })
      if (guardedUrl.addresses.length === 0) return withDuration({ stage: 'resolve', reason: 'ENOTFOUND' })
      stage = 'connect'
      const connection = { wasReset: false }
      const onConnected = (socket: Socket) => {
        stage = 'send'
        socket.once('error', (error) => {
          connection.wasReset = 'code' in error && error.code === 'ECONNRESET'
        })
        return watchStatusLine(limitReadChunkSize(socket), (finalStatus) => {
          status = finalStatus
          if (!needsBody) deadline.shorten(excerptTimeoutMs)
        })
      }
      await using client = await createClient(guardedUrl, deadline.signal, onConnected)
      const response = await client.request({
        ...buildRequestOptions(guardedUrl.url, headers),
        method,
        body,
        signal: deadline.signal,
      })
      stage = 'receive'
      const content = await readWebhookResponse(response, connection, describeIncomplete)
      return withDuration({ stage: 'answered', ...content })
    } catch (error) {
      if (status !== undefined) return withDuration(toHeadlessResponse(status, describeIncomplete(error)))
      return withDuration(describeFailure({ stage, error, deadline, signal }))
    }

    function describeIncomplete(error: unknown): string {
      return describeFailure({ stage: 'receive', error, deadline, signal }).reason
    }
  }
}

/** A response of which only the status line could be read. */
function toHeadlessResponse(status: number, unreadable: string) {
  return { stage: 'answered', status, headers: {}, body: '', excerpt: '', unreadable } as const
}

/** undici is loaded at the first request, because it costs a Lambda 80 ms and 30 MB. */
async function createClient(
  { url, addresses }: { url: URL; addresses: readonly string[] },
  signal: AbortSignal,
  onConnected: (socket: Socket) => Socket,
) {
  const { buildConnector, Client } = await import('undici')
  const connectToAddress = buildConnector({ allowH2: false, timeout: connectTimeoutSeconds * 1000, signal })
  const connectToCheckedAddress = connectSafely(addresses, connectToAddress, signal)
  const connect: buildConnector.connector = (options, callback) =>
    connectToCheckedAddress(options, (...[error, socket]) => {
      if (error) return callback(error, null)
      callback(null, onConnected(socket))
    })
  const client = new Client(url.origin, { allowH2: false, connect, maxHeaderSize: maxHeadBytes })
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.destroy() })
}

function buildRequestOptions({ pathname, search }: URL, headers: { [name: string]: string }) {
  const headerEntries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const ownHeaders = Object.fromEntries(headerEntries.filter(([name]) => name !== 'host'))
  return {
    path: `${pathname}${search}`,
    headers: { 'user-agent': 'Prospectus', ...ownHeaders, 'accept-encoding': 'identity' },
    // One deadline covers the whole request: a limit per chunk would not stop a school that sends one byte per second.
    headersTimeout: 0,
    bodyTimeout: 0,
  } as const
}
