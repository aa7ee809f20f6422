type RetryOptions = {
  wait: (ms: number) => Promise<void>
  now: () => number
  /** Called before each wait, with the status that was received. */
  onWait?: (seconds: number, status: number) => void
}

const maxRetries = 5
// The firewall may ask for five minutes; a command does not wait longer at once.
const maxWaitSeconds = 300
const defaultWaitSeconds = 5

/**
 * A fetch that sends the same request again, up to five times, after the seconds or the date of `Retry-After`: after 429,
 * because nothing was written, and after 503 if repeating the request has no second effect. A 429 without the header is
 * repeated too. A longer wait than five minutes is left to the caller.
 */
export function repeatWhenRefused(send: typeof fetch, { wait, now, onWait }: RetryOptions): typeof fetch {
  return async (address, init) => {
    for (let retries = 0; ; retries++) {
      const response = await send(address, init)
      const { status, headers } = response
      if (!isRetryable(status, init) || retries === maxRetries) return response
      const defaultSeconds = status === 429 ? defaultWaitSeconds * 2 ** retries : undefined
      const seconds = parseWaitSeconds(headers.get('retry-after'), now()) ?? defaultSeconds
      if (seconds === undefined || seconds > maxWaitSeconds) return response
      await response.body?.cancel()
      onWait?.(seconds, status)
      await wait(seconds * 1000)
    }
  }
}

const repeatableMethods = ['GET', 'HEAD', 'PUT', 'DELETE']

function isRetryable(status: number, { method = 'GET', headers }: RequestInit = {}): boolean {
  if (status === 429) return true
  return status === 503 && (repeatableMethods.includes(method) || new Headers(headers).has('idempotency-key'))
}

/** The seconds that a `Retry-After` header asks for; undefined if it is absent or says neither seconds nor a date. */
function parseWaitSeconds(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header)) return Number(header)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000))
}
