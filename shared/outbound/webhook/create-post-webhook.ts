import type { buildConnector } from 'undici'
import { connectSafely } from './connect-safely.ts'
import { createDeadline } from './create-deadline.ts'
import type { ResolveHost } from './create-host-resolver.ts'
import { describeFailure, type WebhookStage } from './describe-failure.ts'
import { limitReadChunkSize } from './limit-read-chunk-size.ts'
import { readWebhookResponse, type WebhookResponseContent } from './read-webhook-response.ts'
import { type SsrfGuardSettings, ssrfGuard } from './ssrf-guard.ts'

const connectTimeoutSeconds = 5
const totalTimeoutSeconds = 15

export type PostWebhook = (request: WebhookRequest) => Promise<WebhookResponse>
export type WebhookRequest = {
  method?: 'POST' | 'PUT' | 'PATCH'
  url: string
  headers: { [name: string]: string }
  body: string
  signal?: AbortSignal
}

/** How far a request got. From stage `send` on the school may have received it; only `answered` has a response. */
export type WebhookResponse = (
  | ({ stage: 'answered' } & WebhookResponseContent)
  /** The SSRF guard refused the URL, or the request cannot be encoded. Nothing was sent: an internal fault. */
  | { stage: 'refused'; reason: string }
  | { stage: WebhookStage | 'deadline'; reason: string }
) & { ms: number }

type WebhookOptions = { settings: SsrfGuardSettings; resolve?: ResolveHost; deadlineMs?: number; clock?: () => number }

/**
 * Posts to schools. Follows no redirect, decompresses nothing, and ends after `deadlineMs` (15 s) in total. Each request
 * opens its own connection: a reused one may have died while a Lambda was frozen, and then no one could tell whether the
 * school received the lead. Reasons are codes or sentences without personal data. Never throws.
 */
export function createPostWebhook(options: WebhookOptions): PostWebhook {
  const { settings, resolve, deadlineMs = totalTimeoutSeconds * 1000, clock = () => performance.now() } = options
  return async ({ method = 'POST', url, headers, body, signal }) => {
    const startedAt = clock()
    const withDuration = <Outcome>(outcome: Outcome) => ({ ...outcome, ms: Math.round(clock() - startedAt) })
    using deadline = createDeadline(deadlineMs, signal)
    let stage: WebhookStage = 'resolve'
    try {
      const guardedUrl = await Promise.race([ssrfGuard(url, settings, resolve), deadline.expired])
      if ('refused' in guardedUrl) return withDuration({ stage: 'refused', reason: guardedUrl.refused })
      if (guardedUrl.addresses.length === 0) return withDuration({ stage: 'resolve', reason: 'ENOTFOUND' })
      stage = 'connect'
      const markConnected = () => {
        stage = 'send'
      }
      await using client = await createClient(guardedUrl, deadline.signal, markConnected)
      const response = await client.request({
        ...buildRequestOptions(guardedUrl.url, headers),
        method,
        body,
        signal: deadline.signal,
      })
      stage = 'receive'
      return withDuration({ stage: 'answered', ...(await readWebhookResponse(response)) })
    } catch (error) {
      return withDuration(describeFailure({ stage, error, deadline, signal }))
    }
  }
}

/** undici is loaded at the first request, because it costs a Lambda 80 ms and 30 MB. */
async function createClient(
  { url, addresses }: { url: URL; addresses: readonly string[] },
  signal: AbortSignal,
  onConnected: () => void,
) {
  const { buildConnector, Client } = await import('undici')
  const connectToAddress = buildConnector({ allowH2: false, timeout: connectTimeoutSeconds * 1000, signal })
  const connectToCheckedAddress = connectSafely(addresses, connectToAddress, signal)
  const connect: buildConnector.connector = (options, callback) =>
    connectToCheckedAddress(options, (...[error, socket]) => {
      if (error) return callback(error, null)
      onConnected()
      callback(null, limitReadChunkSize(socket))
    })
  const client = new Client(url.origin, { allowH2: false, connect })
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
