import { cleanToken } from '../fields/clean-text.ts'
import { findFirstValue } from '../fields/labels.ts'
import { parseNumberText } from '../fields/number-text.ts'

type Fields = { [name: string]: unknown }

/**
 * Gives the fields of a match or a lead the types of the contract, if a program sent them as a form holds them: numbers and
 * yes or no as text, and choices in another case or with spaces. Anything else stays as it is, for the schema to judge.
 * Consent is left out, because it must be stated.
 */
export function readFormValues(body: unknown): unknown {
  if (!isFields(body)) return body
  return {
    ...body,
    ...read(body, ['age', 'gpa'], readNumber),
    ...read(body, ['military', 'test'], readBoolean),
    ...read(body, ['startWindow', 'modality'], readChoice),
    ...read(body, ['formToken', 'website', 'turnstileToken'], readText),
    ...(isFields(body.education) && {
      education: { ...body.education, ...read(body.education, ['highestLevel'], readChoice) },
    }),
  }
}

function read(fields: Fields, names: readonly string[], readValue: (value: unknown) => unknown): Fields {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(fields, name)).map((name) => [name, readValue(fields[name])] as const),
  )
}

/** The number that a text is, or the value as it is. */
export function readNumber(value: unknown): unknown {
  const number = typeof value === 'string' ? parseNumberText(value) : undefined
  return number !== undefined && number >= 0 ? number : value
}

/** Yes or no as forms hold it, or the value as it is. */
export function readBoolean(value: unknown): unknown {
  if (value === 1 || value === 0) return value === 1
  const text = typeof value === 'string' ? cleanToken(value).toLowerCase() : ''
  if (['true', 'yes', 'y', 'on', '1'].includes(text)) return true
  return ['false', 'no', 'n', 'off', '0'].includes(text) ? false : value
}

function readChoice(value: unknown): unknown {
  const first = findFirstValue(value)
  if (typeof first !== 'string') return value
  return cleanToken(first)
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
}

/** A hidden field, which no visitor can correct. A box that is not checked says nothing, as an empty field does. */
function readText(value: unknown): string | undefined {
  const first = findFirstValue(value)
  if (first === false) return undefined
  return typeof first === 'string' || typeof first === 'number' || first === true ? String(first) : undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
