import { fillPath } from '../../shared/contract/fill-path.ts'
import { createIdempotencyKey } from '../widget/hex.ts'
import type { LeadOptions, PublisherClientOptions } from './client-options.ts'
import { NoResponseError, ProblemError } from './problem-error.ts'
import { readProblem, readRetrySeconds } from './read-problem.ts'
import { getRetryWait, type RetryLimits } from './retry-wait.ts'

/** What the client knows of a call. `key`: sends the key of the source. `accepts`: optional headers of the contract. */
export type OperationShape = { method: string; path: string; key: boolean; accepts: readonly string[] }
type Operations = { readonly [name: string]: OperationShape }
type AnyCall = (input?: { readonly [name: string]: unknown }, options?: LeadOptions) => Promise<unknown>
/** What the client takes from the platform besides `fetch`. */
type Surroundings = { wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>; random: () => number }

/** Returns one method per operation. The package adds their types. */
export function createClientOf(
  operations: Operations,
  options: PublisherClientOptions,
  surroundings: Surroundings = { wait, random: Math.random },
): { [name: string]: AnyCall } {
  const { maxRetries = 3, maxWaitSeconds = 30, timeoutSeconds = 30 } = options
  const send = options.fetch ?? fetch
  const limits: RetryLimits = { maxRetries, maxWaitSeconds }

  async function call(operation: OperationShape, input: object, callOptions: LeadOptions): Promise<unknown> {
    const { signal } = callOptions
    const idempotencyKey = operation.accepts.includes('idempotency-key')
      ? (callOptions.idempotencyKey ?? createIdempotencyKey())
      : undefined
    const { url, ...init } = toRequest(operation, input, options, { ...callOptions, idempotencyKey })
    for (let attempt = 0; ; attempt++) {
      const result = await callOnce(url, init, signal)
      if ('body' in result) return result.body
      const waitMs = getRetryWait(result, attempt, limits, surroundings.random())
      if (waitMs === undefined) throw toError(result, idempotencyKey)
      await surroundings.wait(waitMs, signal)
    }
  }

  async function callOnce(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<CallResult> {
    signal?.throwIfAborted()
    const attempt = new AbortController()
    const abort = () => attempt.abort(signal?.reason)
    const timeout = new Error(`No response within ${timeoutSeconds} seconds.`)
    const timer = setTimeout(() => attempt.abort(timeout), timeoutSeconds * 1000)
    signal?.addEventListener('abort', abort)
    try {
      const response = await send(url, { ...init, signal: attempt.signal })
      return await readResult(response)
    } catch (cause) {
      signal?.throwIfAborted()
      return { status: 0, cause: attempt.signal.aborted ? timeout : cause, origin: new URL(url).origin }
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
  }

  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]): [string, AnyCall] => [
      name,
      (input = {}, callOptions = {}) => call(operation, input, callOptions),
    ]),
  )
}

type Failure =
  | { status: 0; cause: unknown; origin: string; retryAfterSeconds?: undefined }
  | { status: number; problem: ReturnType<typeof readProblem>; retryAfterSeconds: number | undefined }
type CallResult = { body: unknown } | Failure

/** Members of the input that the path names go there, others into the query, or, for a POST, into the body. */
function toRequest(
  { method, path, key, accepts }: OperationShape,
  input: object,
  { baseUrl, sourceKey, secretKey }: PublisherClientOptions,
  { idempotencyKey, traceparent }: LeadOptions,
): RequestInit & { url: string } {
  const headers = new Headers()
  if (key && secretKey) headers.set('authorization', `Bearer ${secretKey}`)
  else if (key && sourceKey) headers.set('x-source-key', sourceKey)
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey)
  if (traceparent !== undefined && accepts.includes('traceparent')) headers.set('traceparent', traceparent)
  const origin = baseUrl.replace(/\/+$/, '')
  if (method !== 'GET') {
    headers.set('content-type', 'application/json')
    return { url: origin + path, method, headers, body: JSON.stringify(input), credentials: 'omit' }
  }
  const query = Object.entries(input).flatMap(([name, value]): [name: string, value: string][] =>
    value === undefined || value === null || path.includes(`{${name}}`) ? [] : [[name, String(value)]],
  )
  const search = new URLSearchParams(query).toString()
  return {
    url: `${origin}${fillPath(path, { ...input })}${search && `?${search}`}`,
    method,
    headers,
    credentials: 'omit',
  }
}

async function readResult(response: Response): Promise<CallResult> {
  const text = await response.text()
  const json = /\bjson\b/.test(response.headers.get('content-type') ?? '') ? parseJson(text) : undefined
  if (response.ok && json !== undefined) return { body: json }
  return {
    status: response.status,
    problem: readProblem(response.status, json),
    retryAfterSeconds: readRetrySeconds(response),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function toError(failure: Failure, idempotencyKey: string | undefined): Error {
  if ('problem' in failure)
    return new ProblemError({ ...failure.problem, retryAfterSeconds: failure.retryAfterSeconds, idempotencyKey })
  const { cause, origin } = failure
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new NoResponseError(`No response from ${origin}: ${reason}`, { cause, idempotencyKey })
}

/** Resolves after the time; rejects as soon as the signal aborts. */
function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', abort, { once: true })
  })
}
