import { createDeadline } from './create-deadline.ts'
import type { ResolveHost } from './create-host-resolver.ts'
import { describeFailure, type WebhookStage } from './describe-failure.ts'
import { openConnection, type SchoolConnection } from './open-connection.ts'
import { readWebhookResponse, type WebhookResponseContent } from './read-webhook-response.ts'
import { type SsrfGuardSettings, ssrfGuard } from './ssrf-guard.ts'

const totalTimeoutSeconds = 15
/** For the rest of a response whose status alone decides. */
const excerptTimeoutSeconds = 2

export type PostWebhook = (request: WebhookRequest) => Promise<WebhookResponse>
export type WebhookRequest = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH'
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
  connections?: KeptConnections
}

/** Connections that stay open between requests. */
export type KeptConnections = {
  /** Takes a connection that leads to one of the addresses that were just checked. */
  take: (origin: string, addresses: readonly string[]) => SchoolConnection | undefined
  /** Takes a connection back after a response, and closes it if it is not worth keeping. */
  giveBack: (connection: SchoolConnection) => void
}

/** One after the other: a Lambda may be frozen for so long that a kept connection has died. */
const noKeptConnections: KeptConnections = { take: () => undefined, giveBack: ({ close }) => void close() }

/**
 * Posts to schools. Follows no redirect, reads up to 64 KiB, and ends after `deadlineMs` (15 s) in total. URL and addresses
 * are checked at each request, and a kept connection is used only if it leads to an address of now. If it ends before any
 * byte of a response, the request is sent once more on a new one, with the same `webhook-id`. Reasons are codes or sentences
 * without personal data. Never throws.
 */
export function createPostWebhook(options: WebhookOptions): PostWebhook {
  const { settings, resolve, deadlineMs = totalTimeoutSeconds * 1000, clock = () => performance.now() } = options
  const { excerptTimeoutMs = excerptTimeoutSeconds * 1000, connections = noKeptConnections } = options
  return async (request) => {
    const startedAt = clock()
    const withDuration = <Outcome>(outcome: Outcome) => ({ ...outcome, ms: Math.round(clock() - startedAt) })
    const { url, signal } = request
    using deadline = createDeadline(deadlineMs, signal)
    const fail = (stage: WebhookStage, error: unknown) => describeFailure({ stage, error, deadline, signal })
    try {
      const guardedUrl = await Promise.race([ssrfGuard(url, settings, resolve), deadline.expired])
      if ('refused' in guardedUrl) return withDuration({ stage: 'refused', reason: guardedUrl.refused })
      if (guardedUrl.addresses.length === 0) return withDuration({ stage: 'resolve', reason: 'ENOTFOUND' })
      const keptConnection = connections.take(guardedUrl.url.origin, guardedUrl.addresses)
      const first = keptConnection && (await exchange(keptConnection, guardedUrl.url, 'send'))
      if (first && !first.isConnectionLost) return withDuration(first.outcome)
      const second = await exchange(await openConnection(guardedUrl, deadline.signal), guardedUrl.url, 'connect')
      // The school may have received the first request, so the outcome must not say that nothing was sent.
      return withDuration(first?.wasSent && !second.wasSent ? first.outcome : second.outcome)
    } catch (error) {
      return withDuration(fail('resolve', error))
    }

    async function exchange(connection: SchoolConnection, checkedUrl: URL, firstStage: WebhookStage) {
      let stage = firstStage
      let status: number | undefined
      const { method = 'POST', headers, body, needsBody = true } = request
      const onConnected = () => {
        stage = 'send'
      }
      const onStatus = (finalStatus: number) => {
        status = finalStatus
        if (!needsBody) deadline.shorten(excerptTimeoutMs)
      }
      const requestOptions = {
        ...buildRequestOptions(checkedUrl, headers),
        method,
        body: method === 'GET' ? null : body,
        signal: deadline.signal,
      }
      try {
        const response = await connection.request(requestOptions, { onConnected, onStatus })
        stage = 'receive'
        const content = await readWebhookResponse(response, connection, (error) => fail('receive', error).reason)
        connections.giveBack(connection)
        return { outcome: { stage: 'answered', ...content } as const, wasSent: true, isConnectionLost: false }
      } catch (error) {
        const { sent, received } = connection.countBytes()
        void connection.close()
        const outcome =
          status === undefined ? fail(stage, error) : toHeadlessResponse(status, fail('receive', error).reason)
        const hasEnded = 'reason' in outcome && connectionEndCodes.includes(outcome.reason)
        const isConnectionLost = firstStage === 'send' && received === 0 && hasEnded && !deadline.signal.aborted
        return { outcome, wasSent: sent > 0, isConnectionLost }
      }
    }
  }
}

/** What undici and Node say of a connection that the other side has ended. */
const connectionEndCodes = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'ECONNABORTED']

/** A response of which only the status line could be read. */
function toHeadlessResponse(status: number, unreadable: string) {
  return { stage: 'answered', status, headers: {}, body: '', excerpt: '', unreadable } as const
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
