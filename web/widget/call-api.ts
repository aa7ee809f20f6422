import type { Fault } from '../form/form-field.ts'
import { getRetryDelay } from './get-retry-delay.ts'

export type WidgetProblem = {
  status: number
  code: string
  detail: string
  errors: readonly Fault[]
  retryAfter?: number | undefined
}
export type WidgetResponse<Body> = { body: Body } | { problem: WidgetProblem }
export type WidgetRequest = { path: string; body?: object; headers?: { [name: string]: string } }
type CallOptions = { api: string; signal: AbortSignal; onRetry: () => void }

/** Asks the API, and asks the very same again while the answer may yet come: no network, or a failure of the server. */
export async function callApi<Body>(
  request: WidgetRequest,
  { api, signal, onRetry }: CallOptions,
): Promise<WidgetResponse<Body>> {
  for (let attempt = 0; ; attempt++) {
    const result = await callOnce<Body>(request, api, signal)
    const delayMs = 'problem' in result ? getRetryDelay(result.problem, attempt, Math.random()) : undefined
    if (delayMs === undefined || signal.aborted) return result
    onRetry()
    await waitForTimeOrNetwork(delayMs, signal)
  }
}

async function callOnce<Body>(
  { path, body, headers }: WidgetRequest,
  api: string,
  signal: AbortSignal,
): Promise<WidgetResponse<Body>> {
  try {
    const response = await fetch(`${api}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      credentials: 'omit',
      signal,
    })
    const json: unknown = await response.json().catch(() => undefined)
    if (response.ok && isResponseBody<Body>(json)) return { body: json }
    const retryAfter = Number(response.headers.get('retry-after')) || undefined
    return { problem: { ...toProblem(json), status: response.ok ? 502 : response.status, retryAfter } }
  } catch {
    return { problem: { ...noResponseProblem, status: 0 } }
  }
}

// The API keeps its contract: the widget has no room to hold it to that.
function isResponseBody<Body>(json: unknown): json is Body {
  return json !== undefined
}

function toProblem(json: unknown): Omit<WidgetProblem, 'status'> {
  const fields: object = typeof json === 'object' && json !== null ? json : {}
  const errors: readonly Fault[] = 'errors' in fields && Array.isArray(fields.errors) ? fields.errors : []
  return {
    code: 'code' in fields ? String(fields.code) : noResponseProblem.code,
    detail: 'detail' in fields ? String(fields.detail) : noResponseProblem.detail,
    errors,
  }
}

const noResponseProblem = { code: 'NO_ANSWER', detail: 'The server could not be reached.', errors: [] }

/** Ends when the time is over, when the network is back, or when nobody waits any more. */
function waitForTimeOrNetwork(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    addEventListener('online', end)
    signal.addEventListener('abort', end, { once: true })
  })
}
