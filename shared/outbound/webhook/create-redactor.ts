import type { SchoolEvent } from '#shared/domain/delivery/school-event.ts'

const redactedMark = '[redacted]'
// Whatever is shorter stands in half of all words: to take it out would leave nothing to read.
const minLength = 3

/** What an answer may repeat of a lead: who the visitor is, how to reach them, and what they wrote. */
export function listPersonalValues(event: SchoolEvent): string[] {
  if (event.type !== 'lead.created') return []
  const { contact, answers } = event.data
  const { firstName, lastName, email, phone, zip } = contact
  const answerValues = Object.values(answers).flatMap((answer) =>
    typeof answer === 'boolean' ? [] : [answer].flat().map(String),
  )
  return [`${firstName} ${lastName}`, firstName, lastName, email, ...listPhoneSpellings(phone), zip, ...answerValues]
}

/**
 * What takes these values out of whatever a school answered, however they are escaped there, and whatever their case.
 * Names of fewer than three letters are left, and a number stays where it is part of a longer one.
 */
export function createRedactor(values: readonly string[]): (text: string) => string {
  let pattern: RegExp | undefined
  return (text) => {
    if (text === '') return text
    // It takes longer to write than to use, and most schools answer nothing.
    pattern ??= buildPattern(values)
    return markWordEdges(text).replace(pattern, redactedMark).replaceAll(edgeMark, '')
  }
}

function buildPattern(values: readonly string[]): RegExp {
  const spellings = [...new Set(values.flatMap(listEscapes))].filter(({ length }) => length >= minLength)
  if (spellings.length === 0) return matchesNothing
  // The longest first, or a part of it would be taken and the rest left.
  const longestFirst = spellings.toSorted((first, second) => second.length - first.length)
  return new RegExp(longestFirst.map((value) => RegExp.escape(markWordEdges(value))).join('|'), 'giu')
}

const matchesNothing = /(?!)/gu

/** As E.164, and as people in the United States write it. */
function listPhoneSpellings(phone: string): string[] {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? []
  if (area === undefined) return [phone]
  const national = [`(${area}) ${exchange}-${line}`, `(${area})${exchange}-${line}`]
  const joinedNumbers = ['-', '.', ' ', ''].map((separator) => [area, exchange, line].join(separator))
  return [phone, ...national, ...joinedNumbers.flatMap((one) => [`1${one}`, `1-${one}`, one])]
}

/** As it stands, in JSON, in a URL or a form, and in HTML or XML. */
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

/** As those write JSON who keep to ASCII. */
function toAsciiJson(value: string): string {
  const escaped = JSON.stringify(value).slice(1, -1)
  return escaped.replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// No character, and never one of a text that is interchanged.
const edgeMark = '\uFDD0'
const wordEdges = /(?<=[\p{L}\p{N}])(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])/gu

/**
 * With every beginning and end of a word marked, so that a value fits only where its own words begin and end. Each
 * lead has a pattern of its own, and looking to either side in there would cost milliseconds to compile.
 */
function markWordEdges(text: string): string {
  return text.replaceAll(edgeMark, '').replace(wordEdges, edgeMark)
}
