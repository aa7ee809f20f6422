import * as z from 'zod'
import { cleanEnds } from './fields/clean-text.ts'
import { normalizeInstant } from './fields/instant.ts'
import { toDigitText } from './fields/labels.ts'
import { normalizeState } from './fields/state-names.ts'
import { normalizeZip } from './fields/zip.ts'

/** Ordered from least to most: a rule may ask for "at least". Levels are those used in the trade. */
export const educationLevels = [
  'none',
  'ged',
  'high-school-diploma',
  'some-college',
  'associate',
  'bachelor',
  'master',
  'doctorate',
] as const
export const educationLevel = z.enum(educationLevels).meta({ id: 'EducationLevel' })
export type EducationLevel = z.output<typeof educationLevel>

/** Ordered from soonest to latest. */
export const startWindows = [
  'immediately',
  '1-3-months',
  '4-6-months',
  '7-12-months',
  'over-a-year',
  'not-sure',
] as const
export const startWindow = z.enum(startWindows).meta({ id: 'StartWindow' })

export const programLevels = ['certificate', 'diploma', 'associate', 'bachelor', 'master', 'doctorate'] as const
export const programLevel = z.enum(programLevels).meta({ id: 'ProgramLevel' })
export type ProgramLevel = z.output<typeof programLevel>

export const modality = z.enum(['online', 'campus', 'hybrid']).meta({ id: 'Modality' })
export type Modality = z.output<typeof modality>

/** What a ZIP code may lie in: states, the District of Columbia, territories, associated states, military mail. */
// biome-ignore format: a table
export const states = [
  'AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL',
  'IN', 'IA', 'KS', 'KY', 'LA', 'ME', 'MD', 'MA', 'MI', 'MN', 'MS', 'MO', 'MT', 'NE',
  'NV', 'NH', 'NJ', 'NM', 'NY', 'NC', 'ND', 'OH', 'OK', 'OR', 'PA', 'RI', 'SC', 'SD',
  'TN', 'TX', 'UT', 'VT', 'VA', 'WA', 'WV', 'WI', 'WY', 'AS', 'GU', 'MP', 'PR', 'VI',
  'FM', 'MH', 'PW', 'AA', 'AE', 'AP',
] as const
export const state = z
  .enum(states, { error: 'must be the two-letter code of a state, such as TX' })
  .meta({ id: 'State', example: 'TX' })
export type State = z.output<typeof state>

/** A state as a visitor or a publisher sends it: its code in any spelling, or its name. */
export const stateInput = z.preprocess((code) => (typeof code === 'string' ? normalizeState(code) : code), state)

/** Five digits, or ZIP+4, of which only the five digits are kept. */
export const zip = z.preprocess(
  toDigitText,
  z
    .string()
    .overwrite(normalizeZip)
    .regex(/^\d{5}$/, 'must be a ZIP code of five digits, such as 78701')
    .meta({ id: 'Zip', example: '78701', pattern: '^[0-9]{5}([- ]?[0-9]{4})?$' }),
)

export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lowercase words joined by hyphens')
  .max(100)
  .meta({ id: 'Slug', example: 'health-record-technician' })

/** An id that staff chose. It stands in keys and addresses, so it is kept to letters, digits and `. _ -`. */
export const recordId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits, dots, underscores or hyphens')
  .meta({ id: 'RecordId' })

export const timeZone = z
  .string()
  .refine(isTimeZone, 'must be an IANA time zone, such as America/Chicago')
  .meta({ id: 'TimeZone', example: 'America/Chicago' })

export const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])

/** One line of text without control characters or marks that reorder what is shown around them. */
export const singleLine = (maxLength: number) =>
  z.string().overwrite(cleanEnds).min(1).max(maxLength).check(matches(printable, printableMessage))
export const text = (maxLength: number) =>
  z.string().overwrite(cleanEnds).min(1).max(maxLength).check(matches(printableMultiline, printableMessage))
/** Text that must stay as it is, byte for byte. */
export const verbatimText = (maxLength: number) =>
  z.string().min(1).max(maxLength).check(matches(/\S/, 'must contain text'))

export const url = z.url({ protocol: /^https?$/ }).max(2048)
export const secureUrl = z.url({ protocol: /^https$/ }).max(2048)
/** The address of a page or an app, as a browser tells it. It is shown as text and never followed. */
export const contextUrl = z.url().max(2048)
/** A point in time of any offset, which is brought to UTC. */
export const instant = z
  .string()
  .overwrite(normalizeInstant)
  .check(z.iso.datetime())
  .meta({ id: 'Instant', format: 'date-time', example: '2026-11-23T15:04:05.000Z' })
/** Whole cents of a United States dollar. */
export const cents = z.int().min(0).max(100_000_000)

const printable = /^[^\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\p{Cs}]*$/u
const printableMultiline = /^(?:[^\p{Cc}\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\p{Cs}]|[\n\t])*$/u

/**
 * A check that openapi.json leaves out: a pattern with Unicode properties or look-arounds is read only by some languages.
 * Patterns for `regex` keep to what all of them read.
 */
export function matches(pattern: RegExp, message: string) {
  return ({ value, issues }: z.core.ParsePayload<string>) => {
    if (!pattern.test(value)) issues.push({ code: 'invalid_format', format: 'regex', input: value, message })
  }
}

/** Part of what was read as JSON. It is described without reference to itself, because type generators cannot follow that. */
export const anyJson = z
  .custom<z.core.util.JSONType>((value) => value !== undefined)
  .meta({ description: 'Any JSON value.' })

/** For a list that names each thing once. */
export function uniqueBy<Item>(getName: (item: Item) => string) {
  const isUnique = (items: readonly Item[]) => new Set(items.map(getName)).size === items.length
  return [isUnique, 'must not repeat a value'] as const
}

/** Whether text, of one line or of many, hides nothing. */
export function isPrintable(value: string): boolean {
  return printableWithAnyLineBreak.test(value)
}

// Lines also end as Windows ends them.
const printableWithAnyLineBreak = /^(?:[^\p{Cc}\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C\p{Cs}]|[\n\r\t])*$/u
export const printableMessage = 'must not contain control characters or marks that change the direction of text'

// Asking Intl costs 0.1 ms, and a candidate's time zone is parsed at every match.
const timeZoneCache = new Map<string, boolean>()
const maxJudged = 1000

function isTimeZone(name: string): boolean {
  const cached = timeZoneCache.get(name)
  if (cached !== undefined) return cached
  const isValid = (name.includes('/') || name === 'UTC') && isKnownToIntl(name)
  if (timeZoneCache.size < maxJudged) timeZoneCache.set(name, isValid)
  return isValid
}

function isKnownToIntl(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone })
    return true
  } catch {
    return false
  }
}
