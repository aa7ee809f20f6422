type RetryOptions = {
  wait: (ms: number) => Promise<void>
  now: () => number
  /** Told before each wait. */
  onWait?: (seconds: number) => void
}

const maxRetries = 5
// The firewall may ask for five minutes; a command does not wait longer at once.
const maxWaitSeconds = 300
const defaultWaitSeconds = 5

/**
 * A fetch that obeys 429: it waits as long as `Retry-After` says, in seconds or as a date, and sends the same request again, up
 * to five times. Nothing was written by a request that got 429. A longer wait than five minutes is left to the caller.
 */
export function retryWhenLimited(send: typeof fetch, { wait, now, onWait }: RetryOptions): typeof fetch {
  return async (address, init) => {
    for (let retries = 0; ; retries++) {
      const response = await send(address, init)
      if (response.status !== 429 || retries === maxRetries) return response
      const seconds = parseWaitSeconds(response.headers.get('retry-after'), now()) ?? defaultWaitSeconds * 2 ** retries
      if (seconds > maxWaitSeconds) return response
      await response.body?.cancel()
      onWait?.(seconds)
      await wait(seconds * 1000)
    }
  }
}

/** The seconds that a `Retry-After` header asks for; undefined if it is absent or says neither seconds nor a date. */
function parseWaitSeconds(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header)) return Number(header)
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000))
}
