/*
 * What people and programs paste along with text, and cannot see: controls, direction marks, zero-width characters, tags,
 * fillers and halves of characters. Every door cleans before it judges, so that no error is about something invisible.
 */

/** One value without spaces inside, such as an email address or a key: nothing invisible is left in it. */
export function cleanToken(value: string): string {
  return isPlain(value) ? value.trim() : value.replace(invisible, '').trim().normalize('NFC')
}

/** One line for people, in NFC. Joiners and variation selectors stay inside words, because scripts and emoji need them. */
export function cleanLine(value: string): string {
  if (isPlain(value)) return value.trim()
  return trimInvisible(value.replace(lineBreaks, ' ').replace(meaningless, '').normalize('NFC'))
}

/** Lines for people, in NFC: like `cleanLine`, with line breaks and tabs. */
export function cleanLines(value: string): string {
  return isPlain(value) ? value.trim() : trimInvisible(value.replace(meaninglessInLines, '').normalize('NFC'))
}

/** In NFC, and without anything invisible at its ends; inside, the text stays as it is. */
export function cleanEnds(value: string): string {
  return isPlain(value) ? value.trim() : value.normalize('NFC').replace(invisibleEnds, '')
}

/** Text of a file whose lines and tabs have meaning: only what no spreadsheet shows is removed. */
export function cleanFileText(value: string): string {
  return isPlain(value) ? value : value.replace(meaninglessInLines, '')
}

/** At most `maxLength` UTF-16 units, cut where one character that a person sees ends and never inside a code point. */
export function cutText(value: string, maxLength: number): string {
  if (value.length <= maxLength) return value
  const boundary = graphemes.segment(value).containing(maxLength)?.index ?? 0
  // One character may be longer than the limit.
  return boundary > 0 ? value.slice(0, boundary) : value.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '')
}

/** Whether a reader sees at least one letter. Fillers of Hangul and blanks of hieroglyphs are invisible letters. */
export function hasVisibleLetter(value: string): boolean {
  return /\p{L}/u.test(value.replace(invisible, ''))
}

// Most values are plain ASCII, which needs no further look.
function isPlain(value: string): boolean {
  return /^[\x20-\x7E]*$/.test(value)
}

const graphemes = new Intl.Segmenter('en-US', { granularity: 'grapheme' })

const lineBreaks = /[\t\n\v\f\r\p{Zl}\p{Zp}]+/gu
const blanks = '\\p{Cs}\\u2800\\u{13441}\\u{13442}'
const invisible = new RegExp(
  `[[\\p{Cc}--[\\t\\n\\r]]\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Variation_Selector}${blanks}]`,
  'gv',
)
const joiners = '\\u200C\\u200D\\p{Variation_Selector}'
const meaningless = new RegExp(`[[\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}${blanks}]--[${joiners}]]`, 'gv')
const meaninglessInLines = new RegExp(
  `[[\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}${blanks}]--[${joiners}\\t\\n\\r]]`,
  'gv',
)

const joinerEnds = new RegExp(`^[\\s${joiners}]+|[\\s\\u200C\\u200D\\uFE00-\\uFE0F]+$`, 'gv')
const invisibleEnds = new RegExp(
  `^[\\s\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Variation_Selector}${blanks}]+|[[\\s\\p{Cf}\\p{Default_Ignorable_Code_Point}${blanks}]--[\\u{E0100}-\\u{E01EF}\\u180B-\\u180D\\u180F]]+$`,
  'gv',
)

function trimInvisible(value: string): string {
  return value.replace(joinerEnds, '')
}
