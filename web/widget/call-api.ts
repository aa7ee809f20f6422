import type { Fault } from '../form/field.ts'
import { pauseAfter } from './pause-after.ts'

export type Problem = {
  status: number
  code: string
  detail: string
  errors: readonly Fault[]
  retryAfter?: number | undefined
}
export type Answer<Body> = { body: Body } | { problem: Problem }
export type Call = { path: string; body?: object; headers?: { [name: string]: string } }
type Patience = { api: string; signal: AbortSignal; waiting: () => void }

/** Asks the API, and asks the very same again while the answer may yet come: no network, or a failure of the server. */
export async function callApi<Body>(call: Call, { api, signal, waiting }: Patience): Promise<Answer<Body>> {
  for (let attempt = 0; ; attempt++) {
    const answer = await callOnce<Body>(call, api, signal)
    const pause = 'problem' in answer ? pauseAfter(answer.problem, attempt, Math.random()) : undefined
    if (pause === undefined || signal.aborted) return answer
    waiting()
    await timeOrNetwork(pause, signal)
  }
}

async function callOnce<Body>({ path, body, headers }: Call, api: string, signal: AbortSignal): Promise<Answer<Body>> {
  try {
    const response = await fetch(`${api}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      credentials: 'omit',
      signal,
    })
    const json: unknown = await response.json().catch(() => undefined)
    if (response.ok && isBody<Body>(json)) return { body: json }
    const retryAfter = Number(response.headers.get('retry-after')) || undefined
    return { problem: { ...problemOf(json), status: response.ok ? 502 : response.status, retryAfter } }
  } catch {
    return { problem: { ...noAnswer, status: 0 } }
  }
}

// The API keeps its contract: the widget has no room to hold it to that.
function isBody<Body>(json: unknown): json is Body {
  return json !== undefined
}

function problemOf(json: unknown): Omit<Problem, 'status'> {
  const given: object = typeof json === 'object' && json !== null ? json : {}
  const errors: readonly Fault[] = 'errors' in given && Array.isArray(given.errors) ? given.errors : []
  return {
    code: 'code' in given ? String(given.code) : noAnswer.code,
    detail: 'detail' in given ? String(given.detail) : noAnswer.detail,
    errors,
  }
}

const noAnswer = { code: 'NO_ANSWER', detail: 'The server could not be reached.', errors: [] }

/** Ends when the time is over, when the network is back, or when nobody waits any more. */
function timeOrNetwork(ms: number, signal: AbortSignal): Promise<void> {
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
