import type { SchoolEvent } from '#shared/domain/delivery/school-event.ts'

const redactedMark = '[redacted]'
// Shorter values occur in too many words to redact.
const minLength = 3

/**
 * Lists the personal data of a lead that a response may repeat: contact details, answers, and what tells this visit from
 * others. UTM labels name an advertisement.
 */
export function listPersonalValues(event: SchoolEvent): string[] {
  if (event.type !== 'lead.created') return []
  const { contact, answers, gpa, consent, page, subIds } = event.data
  const { firstName, lastName, email, phone, zip } = contact
  const answerValues = Object.values(answers).flatMap((answer) =>
    typeof answer === 'boolean' ? [] : [answer].flat().map(String),
  )
  const originValues = [page?.url, page?.referrer, ...Object.values(subIds ?? {})]
  const deviceValues = [consent.ip, consent.userAgent]
  const optionalValues = [gpa, ...originValues, ...deviceValues].filter((value) => value !== undefined).map(String)
  const contactValues = [`${firstName} ${lastName}`, firstName, lastName, email, ...listPhoneSpellings(phone), zip]
  return [...contactValues, ...answerValues, ...optionalValues]
}

/**
 * Returns a function that redacts these values from a response, in any case, any Unicode form and any common escaping,
 * and returns the rest in NFC. Values of fewer than three characters stay, and so does a value that is only part of a
 * longer word or number.
 */
export function createRedactor(values: readonly string[]): (text: string) => string {
  let pattern: RegExp | undefined
  return (text) => {
    // Building the pattern costs more than using it, and most schools answer nothing or `ok`.
    if (text.length < minLength) return text
    pattern ??= buildPattern(values)
    return markWordEdges(text.normalize('NFC')).replace(pattern, redactedMark).replaceAll(edgeMark, '')
  }
}

function buildPattern(values: readonly string[]): RegExp {
  // A school may escape a name in the form that we sent, or in the form that it stores.
  const unicodeForms = new Set(values.flatMap((value) => [value.normalize('NFC'), value.normalize('NFD'), value]))
  const escapes = [...unicodeForms].flatMap(listEscapes).map((spelling) => spelling.normalize('NFC'))
  const spellings = [...new Set(escapes)].filter(({ length }) => length >= minLength)
  if (spellings.length === 0) return matchesNothing
  // Longest first, so that no value is redacted only in part.
  const longestFirst = spellings.toSorted((first, second) => second.length - first.length)
  return new RegExp(longestFirst.map((value) => RegExp.escape(markWordEdges(value))).join('|'), 'giu')
}

const matchesNothing = /(?!)/gu

/** E.164 and the spellings that are common in the United States. */
function listPhoneSpellings(phone: string): string[] {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? []
  if (area === undefined) return [phone]
  const national = [`(${area}) ${exchange}-${line}`, `(${area})${exchange}-${line}`]
  const joinedNumbers = ['-', '.', ' ', ''].map((separator) => [area, exchange, line].join(separator))
  return [phone, ...national, ...joinedNumbers.flatMap((one) => [`1${one}`, `1-${one}`, one])]
}

/** Plain, and escaped for JSON, a URL, a form, HTML and XML. */
function listEscapes(value: string): string[] {
  const urlEncoded = encodeURIComponent(value.toWellFormed())
  const formEncoded = String(new URLSearchParams([['', value.toWellFormed()]])).slice(1)
  const htmlEncoded = value.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    toAsciiJson(value),
    urlEncoded,
    formEncoded,
    formEncoded.replaceAll('+', '%20'),
    htmlEncoded,
    htmlEncoded.replaceAll('&#39;', '&apos;'),
    htmlEncoded.replaceAll('&#39;', '&#x27;'),
  ]
}

const entities: { [letter: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes as JSON encoders do that write ASCII only. */
function toAsciiJson(value: string): string {
  const escaped = JSON.stringify(value).slice(1, -1)
  return escaped.replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// A Unicode noncharacter, which never occurs in exchanged text.
const edgeMark = '\uFDD0'
const wordEdges = /(?<=[\p{L}\p{N}])(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])/gu

/**
 * Marks every word boundary, so that a value matches only whole words. Look-around assertions in the pattern itself
 * would cost milliseconds to compile, and each lead has its own pattern.
 */
function markWordEdges(text: string): string {
  return text.replaceAll(edgeMark, '').replace(wordEdges, edgeMark)
}
