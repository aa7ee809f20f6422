import * as z from 'zod'

/**
 * A point in time of any offset as UTC with milliseconds; any other text as it is. Also reads an offset without its colon,
 * and one whose plus sign a query string turned into a space.
 */
export function normalizeInstant(value: string): string {
  if (canonical.test(value)) return value
  const spelled = value
    .trim()
    .replace(/^(\d{4}-\d{2}-\d{2})[ t]/, '$1T')
    .replace(/z$/, 'Z')
    .replace(
      /(?<=T.*)([ +-])(\d{2})(?::?(\d{2}))?$/,
      (_, sign: string, hours: string, minutes = '00') => `${sign === '-' ? '-' : '+'}${hours}:${minutes}`,
    )
  return withOffset.test(spelled) ? new Date(spelled).toISOString() : value
}

const canonical = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
// It knows how many days a month has.
const withOffset = z.regexes.datetime({ offset: true })
