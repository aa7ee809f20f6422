import type { ApiFieldError } from '../form/form-field.ts'
import type { RequestBody } from '../form/read-fields.ts'
import { getRetryDelay } from './get-retry-delay.ts'

export type WidgetProblem = {
  status: number
  code: string
  errors: readonly ApiFieldError[]
  retryAfter?: number | undefined
}
export type WidgetResponse<Body> = { body: Body } | { problem: WidgetProblem }
export type WidgetRequest = { path: string; body?: RequestBody; headers?: { [name: string]: string } }
type CallOptions = { api: string; signal: AbortSignal; onRetry: () => void }

/** Calls the API, and repeats the same request while the network or the server fails. The last failure is returned as a problem. */
export async function callApi<Body>(
  request: WidgetRequest,
  { api, signal, onRetry }: CallOptions,
): Promise<WidgetResponse<Body>> {
  for (let attempt = 0; ; attempt++) {
    const result = await callOnce<Body>(request, api, signal)
    // Without a network, waiting costs no attempt: the request goes on when the network is back.
    while ('problem' in result && result.problem.status === 0 && !navigator.onLine && !signal.aborted) {
      onRetry()
      await waitForTimeOrNetwork(undefined, signal)
      attempt = -1
    }
    if (attempt < 0) continue
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
      ...(body && { body: toJson(body) }),
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

/** JSON without `JSON.stringify` of lists and objects: Prototype.js gives lists a `toJSON` that returns text. */
export function toJson(value: RequestBody[string]): string {
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${toJson(member)}`)
  return `{${members.join(',')}}`
}

// The widget trusts the contract: a validator would double its size.
function isResponseBody<Body>(json: unknown): json is Body {
  return json !== undefined
}

function toProblem(json: unknown): Omit<WidgetProblem, 'status'> {
  if (typeof json !== 'object' || json === null || !('code' in json)) return noResponseProblem
  const errors: readonly ApiFieldError[] = 'errors' in json && Array.isArray(json.errors) ? json.errors : []
  return { code: String(json.code), errors }
}

/** The code of a failure that is not a problem of our API: no network, no such host, or another server. */
export const noResponseCode = 'NO_ANSWER'
const noResponseProblem = { code: noResponseCode, errors: [] }

/** Resolves after the time, if there is one, as soon as the network is back, or when the component is removed. */
function waitForTimeOrNetwork(ms: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      resolve()
    }
    const timer = ms === undefined ? undefined : setTimeout(end, ms)
    addEventListener('online', end)
    signal.addEventListener('abort', end, { once: true })
  })
}
