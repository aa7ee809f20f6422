const maxSeconds = 24 * 3600

/**
 * Parses `Retry-After` (RFC 9110, 10.2.3), a number of seconds or an HTTP date in any of its three forms, into seconds: a
 * day at most, undefined if it is malformed or a date in the past, which rather shows a wrong clock.
 */
export function parseRetryDelaySeconds(header: string | undefined, now: string): number | undefined {
  const value = header?.trim() ?? ''
  // Of a header that is repeated, the first counts.
  const [, digits] = /^(\d+)(?:\s*,.*)?$/.exec(value) ?? []
  if (digits !== undefined) return Math.min(Number(digits), maxSeconds)
  const time = parseHttpDate(value, new Date(now).getUTCFullYear())
  const seconds = Math.ceil(((time ?? Number.NaN) - Date.parse(now)) / 1000)
  return seconds > 0 ? Math.min(seconds, maxSeconds) : undefined
}

// RFC 9110, 5.6.7: a recipient must accept the two obsolete forms too. Programs also write another name of GMT, or its offset.
const httpDateForms = [
  /^[a-z]{3}, (?<day>\d{1,2})[ -](?<month>[a-z]{3})[ -](?<year>\d{4}) (?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2}) (?:GMT|UTC|[+-]0000)$/i,
  /^[a-z]{6,9}, (?<day>\d{2})-(?<month>[a-z]{3})-(?<year>\d{2}) (?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2}) GMT$/i,
  /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) (?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2}) (?<year>\d{4})$/i,
]
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Returns milliseconds since 1970; undefined if it is no such date. */
function parseHttpDate(text: string, currentYear: number): number | undefined {
  const fields = httpDateForms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined)
  const month = months.indexOf(fields?.month?.toLowerCase() ?? '')
  const [day = 0, hour = 24, minute = 60, second = 61] = ['day', 'hour', 'minute', 'second'].map((name) =>
    Number(fields?.[name] ?? Number.NaN),
  )
  const year = completeYear(fields?.year ?? '', currentYear)
  const midnight = new Date(Date.UTC(year, month, day))
  const isDate = month >= 0 && midnight.getUTCMonth() === month && midnight.getUTCDate() === day
  // A leap second is the first second of the next minute.
  if (!isDate || !(hour < 24 && minute < 60 && second <= 60)) return undefined
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000
}

/** A year of two digits that would be more than 50 years ahead lies in the past (RFC 9110, 5.6.7). */
function completeYear(digits: string, currentYear: number): number {
  if (digits.length !== 2) return Number(digits)
  const year = currentYear - (currentYear % 100) + Number(digits)
  return year > currentYear + 50 ? year - 100 : year
}
