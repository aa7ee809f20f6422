import type { SchoolEvent } from '#shared/domain/delivery/school-event.ts'

const mark = '[redacted]'
// Whatever is shorter stands in half of all words: to take it out would leave nothing to read.
const shortest = 3

/** What an answer may repeat of a lead: who the visitor is, how to reach them, and what they wrote. */
export function valuesOf(event: SchoolEvent): string[] {
  if (event.type !== 'lead.created') return []
  const { contact, answers } = event.data
  const { firstName, lastName, email, phone, zip } = contact
  const written = Object.values(answers).flatMap((answer) =>
    typeof answer === 'boolean' ? [] : [answer].flat().map(String),
  )
  return [`${firstName} ${lastName}`, firstName, lastName, email, ...spellingsOf(phone), zip, ...written]
}

/**
 * What takes these values out of whatever a school answered, however they are escaped there, and whatever their case.
 * Names of fewer than three letters are left, and a number stays where it is part of a longer one.
 */
export function redactor(values: readonly string[]): (text: string) => string {
  let pattern: RegExp | undefined
  return (text) => {
    if (text === '') return text
    // It takes longer to write than to use, and most schools answer nothing.
    pattern ??= patternOf(values)
    return edged(text).replace(pattern, mark).replaceAll(edge, '')
  }
}

function patternOf(values: readonly string[]): RegExp {
  const spelled = [...new Set(values.flatMap(escapesOf))].filter(({ length }) => length >= shortest)
  if (spelled.length === 0) return fitsNothing
  // The longest first, or a part of it would be taken and the rest left.
  const longestFirst = spelled.toSorted((one, other) => other.length - one.length)
  return new RegExp(longestFirst.map((value) => RegExp.escape(edged(value))).join('|'), 'giu')
}

const fitsNothing = /(?!)/gu

/** As E.164, and as people in the United States write it. */
function spellingsOf(phone: string): string[] {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? []
  if (area === undefined) return [phone]
  const national = [`(${area}) ${exchange}-${line}`, `(${area})${exchange}-${line}`]
  const joined = ['-', '.', ' ', ''].map((between) => [area, exchange, line].join(between))
  return [phone, ...national, ...joined.flatMap((one) => [`1${one}`, `1-${one}`, one])]
}

/** As it stands, in JSON, in a URL or a form, and in HTML or XML. */
function escapesOf(value: string): string[] {
  const inUrl = encodeURIComponent(value.toWellFormed())
  const inForm = String(new URLSearchParams([['', value.toWellFormed()]])).slice(1)
  const inHtml = value.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    inJson(value),
    inUrl,
    inForm,
    inForm.replaceAll('+', '%20'),
    inHtml,
    inHtml.replaceAll('&#39;', '&apos;'),
    inHtml.replaceAll('&#39;', '&#x27;'),
  ]
}

const entities: { [letter: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** As those write JSON who keep to ASCII. */
function inJson(value: string): string {
  const escaped = JSON.stringify(value).slice(1, -1)
  return escaped.replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// No character, and never one of a text that is interchanged.
const edge = '\uFDD0'
const edges = /(?<=[\p{L}\p{N}])(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])/gu

/**
 * With every beginning and end of a word marked, so that a value fits only where its own words begin and end. Each
 * lead has a pattern of its own, and looking to either side in there would cost milliseconds to compile.
 */
function edged(text: string): string {
  return text.replaceAll(edge, '').replace(edges, edge)
}
