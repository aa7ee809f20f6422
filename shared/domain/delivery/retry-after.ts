const maxSeconds = 24 * 3600

/**
 * Parses `Retry-After` (RFC 9110, 10.2.3), a number of seconds or an HTTP date, into seconds: a day at most, undefined
 * if it is malformed or in the past.
 */
export function parseRetryDelaySeconds(header: string | undefined, now: string): number | undefined {
  if (header === undefined) return undefined
  const value = header.trim()
  const seconds = /^\d{1,15}$/.test(value)
    ? Number(value)
    : httpDate.test(value)
      ? secondsUntilDate(value, now)
      : Number.NaN
  return seconds > 0 ? Math.min(seconds, maxSeconds) : undefined
}

// The only form that senders may use; the two obsolete forms are not parsed.
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

function secondsUntilDate(httpDateText: string, now: string): number {
  return Math.ceil((Date.parse(httpDateText) - Date.parse(now)) / 1000)
}
