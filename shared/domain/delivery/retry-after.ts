const maxSeconds = 24 * 3600

/**
 * Seconds that a `Retry-After` asks for (RFC 9110, 10.2.3): a count of seconds or an HTTP date. At most a day; nonsense
 * and what lies in the past are nothing.
 */
export function retryAfterSeconds(header: string | undefined, now: string): number | undefined {
  if (header === undefined) return undefined
  const value = header.trim()
  const seconds = /^\d{1,15}$/.test(value)
    ? Number(value)
    : httpDate.test(value)
      ? secondsUntilDate(value, now)
      : Number.NaN
  return seconds > 0 ? Math.min(seconds, maxSeconds) : undefined
}

// The one form that may be sent; the older two are long gone from the wire.
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

function secondsUntilDate(httpDateText: string, now: string): number {
  return Math.ceil((Date.parse(httpDateText) - Date.parse(now)) / 1000)
}
