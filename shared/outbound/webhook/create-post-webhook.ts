import type { buildConnector } from 'undici'
import { connectSafely } from './connect-safely.ts'
import { createDeadline } from './create-deadline.ts'
import { describeFailure, type WebhookStage } from './describe-failure.ts'
import { limitReadChunkSize } from './limit-read-chunk-size.ts'
import { readWebhookResponse, type WebhookResponseContent } from './read-webhook-response.ts'
import { type ResolveHost, type SsrfGuardSettings, ssrfGuard } from './ssrf-guard.ts'

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

/** How far a request came. From `send` on the school may have had it; only `answered` tells what became of it. */
export type WebhookResponse = (
  | ({ stage: 'answered' } & WebhookResponseContent)
  /** The guard's no, or a request that cannot be put on the wire: nothing was sent, and no school is to blame. */
  | { stage: 'refused'; reason: string }
  | { stage: WebhookStage | 'deadline'; reason: string }
) & { ms: number }

type WebhookOptions = { settings: SsrfGuardSettings; resolve?: ResolveHost; deadlineMs?: number; clock?: () => number }

/**
 * Posts to schools. Follows no redirect, inflates nothing, and gives up `deadlineMs` (15 s) after the start, wherever
 * it is by then. Each request has a connection of its own: a kept one may have died while a Lambda was frozen, and
 * would leave us guessing whether the school had the lead. Reasons are codes or sentences without personal data.
 */
export function createPostWebhook(setup: WebhookOptions): PostWebhook {
  const { settings, resolve, deadlineMs = totalTimeoutSeconds * 1000, clock = () => performance.now() } = setup
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

/** undici is loaded when it is first needed: it costs a Lambda 80 ms and 30 MB. */
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
    // One deadline is over all of it: a limit per chunk is none to whoever sends a byte a second.
    headersTimeout: 0,
    bodyTimeout: 0,
  } as const
}
