import * as z from 'zod'
import { cleanToken } from './clean-text.ts'

/**
 * A point in time of any offset as UTC with milliseconds; any other text as it is. Reads RFC 3339 with a leap second, what
 * HTML and ISO 8601 allow beyond it (no seconds, a comma, no separators), what Java, Ruby and Go print (a time zone in
 * brackets, a space and the name of the zone), and an offset whose plus sign a query string turned into a space.
 */
export function normalizeInstant(value: string): string {
  if (canonical.test(value)) return value
  const spelled = cleanToken(value)
    .replace(/\[[\w/+-]*\]$/, '')
    .replace(/(?<=[+-]\d{2}:?\d{2}) (?:UTC|GMT)$/i, '')
    .replace(/ ?(?:z|UTC|GMT)$/i, 'Z')
    .replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})/i, '$1-$2-$3T$4:$5:$6')
    .replace(/^(\d{4}-\d{2}-\d{2})[ t]/, '$1T')
    .replace(/(?<=:\d{2}),(?=\d)/, '.')
    .replace(
      /(?<=T.*)( ?[+\u2212-]| )(\d{2})(?::?(\d{2}))?$/,
      (_, sign: string, hours: string, minutes = '00') => `${/[\u2212-]/.test(sign) ? '-' : '+'}${hours}:${minutes}`,
    )
    .replace(/(T\d{2}:\d{2})(?=[Z+-])/, '$1:00')
  return toUtc(spelled) ?? toUtc(spelled.replace(leapSecond, '$1:59'), 1) ?? value
}

const canonical = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
// It knows how many days a month has.
const withOffset = z.regexes.datetime({ offset: true })
const leapSecond = /(T\d{2}:\d{2}):60(?:\.\d+)?/

/** `leapSeconds` are added, and then the day must begin: clocks without leap seconds show midnight in place of one. */
function toUtc(text: string, leapSeconds = 0): string | undefined {
  if (!withOffset.test(text)) return undefined
  const utc = new Date(Date.parse(text) + leapSeconds * 1000).toISOString()
  return leapSeconds === 0 || utc.includes('T00:00:00') ? utc : undefined
}
